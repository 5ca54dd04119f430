package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.NamedOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
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
 * @param historyDays so many days of history beside the live feed; none for the live feed alone
 * @param keep leave the folder with data and logs behind
 */
public record QuickStartOptions(
    Path connector,
    OptionalLong events,
    double eventsPerSecond,
    Duration patience,
    OptionalInt historyDays,
    boolean keep) {
  private static final String PREFIX = "quickstart.";

  /** The live feed has the last seven. */
  private static final int FEWEST_DAYS = 8;

  /** Each takes a query, of which a tenant has 150 a day. */
  private static final int MOST_DAYS = 150;

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
        historyDays(options),
        options.isSet("keep"));
  }

  private static OptionalInt historyDays(NamedOptions options) {
    String text = options.text("history", "");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    String wanted =
        "a number of days from %d to %d, for example 30".formatted(FEWEST_DAYS, MOST_DAYS);
    try {
      int days = Integer.parseInt(text);
      if (days >= FEWEST_DAYS && days <= MOST_DAYS) {
        return OptionalInt.of(days);
      }
    } catch (NumberFormatException e) {
      throw options.wrong("history", text, wanted, e);
    }
    throw options.wrong("history", text, wanted, null);
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
