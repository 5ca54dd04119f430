package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that settings share. */
final class Rules {
  private static final Pattern GUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern HOST_AND_PORT = Pattern.compile("[^:]*:[^:]*|\\[.*]:.*");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private Rules() {}

  private interface Reader<T> {
    T read(String text) throws InvalidValueException;
  }

  private static <T> Rule<T> rule(String validValues, Reader<T> reader) {
    return new Rule<>() {
      @Override
      public T read(String text) throws InvalidValueException {
        return reader.read(text);
      }

      @Override
      public String validValues() {
        return validValues;
      }
    };
  }

  /** Any text. */
  static Rule<String> text() {
    return rule("", text -> text);
  }

  /** Any text, hidden. */
  static Rule<Secret> secret() {
    return rule("", Secret::new);
  }

  /** A file's location; whether it can be read is another question. */
  static Rule<Path> path() {
    return rule(
        "a file's path on every worker",
        text -> {
          try {
            return Path.of(text);
          } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                "is not a path of this system", "write a file's absolute path");
          }
        });
  }

  /**
   * A GUID. Its text is not repeated in the error, since other things get pasted into such keys.
   *
   * @param fix where to find it
   */
  static Rule<UUID> guid(String fix) {
    return rule(
        "a GUID",
        text -> {
          if (!GUID.matcher(text).matches()) {
            throw new InvalidValueException("is not a GUID", fix);
          }
          return UUID.fromString(text);
        });
  }

  /**
   * A number in a range.
   *
   * @param what what to write, for example {@code a whole number of bytes}
   */
  static Rule<Long> wholeNumber(String what, long least, long most) {
    String range = "from " + least + (most == Long.MAX_VALUE ? " up" : " to " + most);
    return rule(
        what + " " + range,
        text -> {
          String fix = "write " + what + " " + range;
          long number;
          try {
            number = Long.parseLong(text);
          } catch (NumberFormatException e) {
            throw new InvalidValueException("is not a whole number", fix);
          }
          if (number < least || number > most) {
            throw new InvalidValueException("is " + number, fix);
          }
          return number;
        });
  }

  /** A day, taken as its beginning in UTC. */
  static Rule<Instant> date() {
    return rule(
        "a date, such as 2027-05-31",
        text -> {
          try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
          } catch (DateTimeParseException e) {
            throw new InvalidValueException(
                "is not a date", "write year, month and day, such as 2027-05-31");
          }
        });
  }

  static Rule<Duration> duration(Duration least, Duration most, String example) {
    String range = "from " + least + " to " + inDays(most);
    return rule(
        "an ISO-8601 duration " + range,
        text -> {
          String fix = "write an ISO-8601 duration " + range + ", such as " + example;
          Duration duration;
          try {
            duration = Duration.parse(text);
          } catch (DateTimeParseException e) {
            throw new InvalidValueException("is not an ISO-8601 duration", fix);
          }
          if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new InvalidValueException("is out of range", fix);
          }
          return duration;
        });
  }

  private static String inDays(Duration duration) {
    return duration.toDays() > 0 ? "P" + duration.toDays() + "D" : duration.toString();
  }

  /** One of some words, whatever their case. */
  static Rule<String> oneOf(List<String> words) {
    String all = String.join(", ", words);
    return rule(
        "one of " + all,
        text ->
            words.stream()
                .filter(word -> word.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new InvalidValueException(
                            "is not an allowed value", "write one of " + all)));
  }

  static Rule<Boolean> yesOrNo() {
    Rule<String> word = oneOf(List.of("true", "false"));
    return rule("true or false", text -> Boolean.valueOf(word.read(text)));
  }

  static Rule<List<ContentType>> contentTypes() {
    String all =
        Stream.of(ContentType.values()).map(ContentType::apiName).collect(Collectors.joining(", "));
    return rule(
        "a list of " + all,
        text -> {
          List<ContentType> types = new ArrayList<>();
          for (String name : items(text)) {
            ContentType type =
                ContentType.find(name)
                    .orElseThrow(
                        () ->
                            new InvalidValueException(
                                "lists '" + name + "', which is not a content type",
                                "write some of " + all));
            if (types.contains(type)) {
              throw new InvalidValueException(
                  "lists " + name + " twice", "write each content type once");
            }
            types.add(type);
          }
          return List.copyOf(types);
        });
  }

  static Rule<List<String>> aliases() {
    return rule(
        "names of letters, digits, hyphens and underscores",
        text -> {
          Set<String> seen = new HashSet<>();
          List<String> aliases = items(text);
          for (String alias : aliases) {
            if (!ALIAS.matcher(alias).matches()) {
              throw new InvalidValueException(
                  "lists '" + alias + "', which cannot be an alias",
                  "write names of up to 64 letters, digits, hyphens and underscores, separated by"
                      + " commas");
            }
            if (!seen.add(alias)) {
              throw new InvalidValueException(
                  "lists '" + alias + "' twice", "write each alias once");
            }
          }
          return aliases;
        });
  }

  /**
   * A list of names that this JVM knows.
   *
   * @param names what kind of names
   * @param known whether the JVM knows one
   */
  static Rule<List<String>> knownNames(String names, Predicate<String> known) {
    return rule(
        "a list of " + names + " that the JVM knows",
        text -> {
          List<String> items = items(text);
          for (String item : items) {
            if (!known.test(item)) {
              throw new InvalidValueException(
                  "lists '" + item + "', which this JVM does not know",
                  "write " + names + " that it knows, or remove the key");
            }
          }
          return items;
        });
  }

  /** A name that this JVM knows. */
  static Rule<String> knownName(String name, Predicate<String> known) {
    return rule(
        name + " that the JVM knows",
        text -> {
          if (!known.test(text)) {
            throw new InvalidValueException(
                "is not known to this JVM", "write " + name + " that it knows, or remove the key");
          }
          return text;
        });
  }

  private static List<String> items(String text) throws InvalidValueException {
    List<String> items = List.of(COMMA.split(text, -1));
    if (items.contains("")) {
      throw new InvalidValueException("has an empty item", "separate the items by single commas");
    }
    return items;
  }

  /** A host's name or address, without scheme and port. */
  static Rule<String> host() {
    return rule(
        "a host name or address",
        text -> {
          // An IPv6 address has more colons than one.
          boolean withPort = HOST_AND_PORT.matcher(text).matches();
          if (withPort
              || text.contains("/")
              || text.contains("@")
              || text.chars().anyMatch(c -> c <= ' ')) {
            throw new InvalidValueException(
                "is not a host name", "write the host alone, without http:// and without port");
          }
          return text.toLowerCase(Locale.ROOT);
        });
  }
}
