package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.testkit.NamedOptions;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a chaos run was asked for.
 *
 * @param seed decides which steps are taken in which order, and how long each lasts
 * @param length how long steps are taken; start, the last step's end and the proof come on top
 * @param keep leave the folder with data and logs behind
 */
public record ChaosOptions(long seed, Duration length, boolean keep) {
  private static final String PREFIX = "chaos.";
  private static final int SEEDS = 1_000_000;

  /** Reads them by their names without {@code chaos.}; without a seed one is drawn. */
  static ChaosOptions from(Function<String, @Nullable String> properties, Duration length) {
    return from(new NamedOptions(PREFIX, properties), length);
  }

  /**
   * Reads {@code chaos.seed}, {@code chaos.length} and {@code chaos.keep}; without a seed one is
   * drawn.
   *
   * @param length where none is said
   */
  public static ChaosOptions fromSystemProperties(Duration length) {
    return from(NamedOptions.systemProperties(PREFIX), length);
  }

  private static ChaosOptions from(NamedOptions options, Duration length) {
    Duration wanted = options.duration("length", length.toString());
    if (wanted.isNegative() || wanted.isZero()) {
      throw options.wrong("length", wanted.toString(), "longer than nothing", null);
    }
    return new ChaosOptions(seed(options), wanted, options.isSet("keep"));
  }

  private static long seed(NamedOptions options) {
    String text = options.text("seed", "");
    if (text.isEmpty()) {
      return ThreadLocalRandom.current().nextInt(SEEDS);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw options.wrong("seed", text, "a whole number, for example 42", e);
    }
  }

  /** The command that takes the same steps again. */
  String command() {
    return "mvn -Pchaos -Dchaos.seed=%d -Dchaos.length=%s".formatted(seed, length);
  }
}
