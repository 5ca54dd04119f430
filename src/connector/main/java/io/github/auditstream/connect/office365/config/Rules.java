package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** The rules that settings share. */
final class Rules {
  private static final Pattern GUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]+");
  private static final Pattern HOST_AND_PORT = Pattern.compile("[^:]*:[^:]*|\\[.*]:.*");
  private static final Pattern RECORD_TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,99}");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private Rules() {}

  private static <T> T parse(String text, Function<String, T> parser, String reason, String fix)
      throws InvalidValueException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidValueException(reason, fix);
    }
  }

  /** Any text. */
  static Rule<String> text() {
    return new Rule<>(STRING, "", text -> text);
  }

  /** Any text, hidden. */
  static Rule<Secret> secret() {
    return new Rule<>(PASSWORD, "", Secret::new);
  }

  /** A file's location; whether it can be read is another question. */
  static Rule<Path> path() {
    return new Rule<>(
        STRING,
        "a file's path on every worker",
        text ->
            parse(text, Path::of, "is not a path of this system", "write a file's absolute path"));
  }

  /**
   * A GUID. Its text is not repeated in the error, since other things get pasted into such keys.
   *
   * @param fix where to find it
   */
  static Rule<UUID> guid(String fix) {
    return new Rule<>(
        STRING,
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
  static Rule<Long> wholeNumber(ConfigDef.Type type, String what, long least, long most) {
    String range = what + " from " + least + (most == Long.MAX_VALUE ? " up" : " to " + most);
    return new Rule<>(
        type,
        range,
        text -> {
          long number = parse(text, Long::parseLong, "is not a whole number", "write " + range);
          if (number < least || number > most) {
            throw new InvalidValueException("is " + number, "write " + range);
          }
          return number;
        });
  }

  static Rule<Long> milliseconds(long least, long most) {
    return wholeNumber(LONG, "a whole number of milliseconds", least, most);
  }

  /** A day, taken as its beginning in UTC. */
  static Rule<Instant> date() {
    return new Rule<>(
        STRING,
        "a date, such as 2027-05-31",
        text ->
            parse(
                text,
                day -> LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant(),
                "is not a date",
                "write year, month and day, such as 2027-05-31"));
  }

  /** A day, taken as its beginning in UTC, or an instant. */
  static Rule<Instant> instant() {
    return new Rule<>(
        STRING,
        "a date or an instant in UTC",
        text ->
            parse(
                text,
                Rules::instantOf,
                "is neither a date nor an instant",
                "write a date such as 2026-05-04, or an instant such as 2026-05-04T08:00:00Z"));
  }

  private static Instant instantOf(String text) {
    return text.length() <= LocalDate.EPOCH.toString().length()
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(text);
  }

  /** Names of record types. */
  static Rule<List<String>> recordTypes() {
    return new Rule<>(
        LIST,
        "names of record types",
        text -> {
          List<String> names = items(text);
          for (String name : names) {
            if (!RECORD_TYPE.matcher(name).matches()) {
              throw new InvalidValueException(
                  "lists '" + name + "', which cannot be a record type",
                  "write names as Microsoft Graph has them, such as exchangeAdmin");
            }
          }
          return names.stream().distinct().toList();
        });
  }

  static Rule<ApiVersion> apiVersion() {
    return oneOf(List.of(ApiVersion.values()), ApiVersion::word);
  }

  /** A duration from nothing to some days. */
  static Rule<Duration> duration(int mostDays, String example) {
    String range = "an ISO-8601 duration from PT0S to P" + mostDays + "D";
    String fix = "write " + range + ", such as " + example;
    return new Rule<>(
        STRING,
        range,
        text -> {
          Duration duration = parse(text, Duration::parse, "is not an ISO-8601 duration", fix);
          if (duration.isNegative() || duration.compareTo(Duration.ofDays(mostDays)) > 0) {
            throw new InvalidValueException("is out of range", fix);
          }
          return duration;
        });
  }

  /** One of some words, whatever their case. */
  static Rule<String> oneOf(List<String> words) {
    return oneOf(words, word -> word);
  }

  /** A constant, written as {@link #word} says and whatever its case. */
  static <E extends Enum<E>> Rule<E> oneOf(E[] constants) {
    return oneOf(List.of(constants), Rules::word);
  }

  private static <T> Rule<T> oneOf(List<T> values, Function<T, String> word) {
    String all = "one of " + String.join(", ", values.stream().map(word).toList());
    return new Rule<>(
        STRING,
        all,
        text ->
            values.stream()
                .filter(value -> word.apply(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                    () -> new InvalidValueException("is not an allowed value", "write " + all)));
  }

  /** A constant as the configuration writes it: {@code GCC_HIGH} as {@code gcc-high}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> words(Enum<?>[] constants) {
    return Stream.of(constants).map(Rules::word).toList();
  }

  static Rule<Boolean> yesOrNo() {
    Rule<String> word = oneOf(List.of("true", "false"));
    return new Rule<>(BOOLEAN, "true or false", text -> Boolean.valueOf(word.read(text)));
  }

  static Rule<List<ContentType>> contentTypes() {
    String all =
        String.join(", ", Stream.of(ContentType.values()).map(ContentType::apiName).toList());
    return new Rule<>(
        LIST,
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
    return new Rule<>(
        LIST,
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
    return new Rule<>(
        LIST,
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
    return new Rule<>(
        STRING,
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

  /** A topic's name, or what topics' names start with, that every Kafka broker takes. */
  static Rule<String> topicName(int longest) {
    String valid = "up to " + longest + " letters, digits, dots, underscores and hyphens";
    return new Rule<>(
        STRING,
        valid,
        text -> {
          if (!TOPIC.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw new InvalidValueException("is not legal in a topic's name", "write " + valid);
          }
          if (text.length() > longest) {
            throw new InvalidValueException(
                "is " + text.length() + " characters long", "write " + valid);
          }
          return text;
        });
  }

  /** A host's name or address, without scheme and port. */
  static Rule<String> host() {
    return new Rule<>(
        STRING,
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
