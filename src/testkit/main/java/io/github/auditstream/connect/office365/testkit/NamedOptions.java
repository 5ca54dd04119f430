package io.github.auditstream.connect.office365.testkit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options of one prefix, such as the system properties {@code quickstart.…}. */
public final class NamedOptions {
  private final String prefix;
  private final Function<String, @Nullable String> values;

  /**
   * @param prefix for messages, with its dot
   * @param values by their names without the prefix; absent or blank is the default
   */
  public NamedOptions(String prefix, Function<String, @Nullable String> values) {
    this.prefix = prefix;
    this.values = values;
  }

  public static NamedOptions systemProperties(String prefix) {
    return new NamedOptions(prefix, name -> System.getProperty(prefix + name));
  }

  public String text(String name, String otherwise) {
    String value = values.apply(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  public Duration duration(String name, String otherwise) {
    String text = text(name, otherwise);
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(name, text, "a duration such as " + otherwise, e);
    }
  }

  public boolean isSet(String name) {
    return Boolean.parseBoolean(text(name, "false"));
  }

  /** What to throw where the value is none that is taken. */
  public OptionException wrong(String name, String text, String wanted, @Nullable Exception cause) {
    return new OptionException("-D%s%s=%s is not %s".formatted(prefix, name, text, wanted), cause);
  }
}
