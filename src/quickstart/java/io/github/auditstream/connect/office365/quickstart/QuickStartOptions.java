package io.github.auditstream.connect.office365.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a quick start was asked for.
 *
 * @param connector the connector's configuration file
 * @param events stop after that many; none means until it is interrupted
 * @param eventsPerSecond how many events the simulated tenants have each second, all together
 * @param patience how long nothing may arrive before that is a failure, where {@code events} is set
 * @param keep leave the folder with data and logs behind
 */
public record QuickStartOptions(
    Path connector, OptionalLong events, double eventsPerSecond, Duration patience, boolean keep) {
  private static final String PREFIX = "quickstart.";

  /** Reads them by their names without {@code quickstart.}; absent or blank is the default. */
  static QuickStartOptions from(Function<String, @Nullable String> properties) {
    String events = text(properties, "events", "");
    return new QuickStartOptions(
        Path.of(text(properties, "connector", "config/quickstart.json")),
        events.isEmpty() ? OptionalLong.empty() : OptionalLong.of(positive("events", events)),
        positiveDecimal("rate", text(properties, "rate", "50")),
        duration("patience", text(properties, "patience", "PT2M")),
        Boolean.parseBoolean(text(properties, "keep", "false")));
  }

  static QuickStartOptions fromSystemProperties() {
    return from(name -> System.getProperty(PREFIX + name));
  }

  private static String text(
      Function<String, @Nullable String> properties, String name, String otherwise) {
    String value = properties.apply(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private static long positive(String name, String text) {
    try {
      long value = Long.parseLong(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a whole number above 0, for example 5000", e);
    }
    throw wrong(name, text, "a whole number above 0, for example 5000", null);
  }

  private static double positiveDecimal(String name, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, text, "events per second above 0, for example 50", e);
    }
    throw wrong(name, text, "events per second above 0, for example 50", null);
  }

  private static Duration duration(String name, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(name, text, "a duration such as PT2M", e);
    }
  }

  private static QuickStartException wrong(
      String name, String text, String wanted, @Nullable Exception cause) {
    return new QuickStartException(
        "-D%s%s=%s is not %s".formatted(PREFIX, name, text, wanted), cause);
  }
}
