package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.NamedOptions;
import java.nio.file.Path;
import java.time.Duration;
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
    return from(new NamedOptions(PREFIX, properties));
  }

  static QuickStartOptions fromSystemProperties() {
    return from(NamedOptions.systemProperties(PREFIX));
  }

  private static QuickStartOptions from(NamedOptions options) {
    String events = options.text("events", "");
    return new QuickStartOptions(
        Path.of(options.text("connector", Repository.file("config/quickstart.json").toString())),
        events.isEmpty() ? OptionalLong.empty() : OptionalLong.of(positive(options, events)),
        positiveDecimal(options, options.text("rate", "50")),
        options.duration("patience", "PT2M"),
        options.isSet("keep"));
  }

  private static long positive(NamedOptions options, String text) {
    String wanted = "a whole number above 0, for example 5000";
    try {
      long value = Long.parseLong(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw options.wrong("events", text, wanted, e);
    }
    throw options.wrong("events", text, wanted, null);
  }

  private static double positiveDecimal(NamedOptions options, String text) {
    String wanted = "events per second above 0, for example 50";
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw options.wrong("rate", text, wanted, e);
    }
    throw options.wrong("rate", text, wanted, null);
  }
}
