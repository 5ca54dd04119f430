package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.config.ConfigCheck;
import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.HistoryKeys;
import io.github.auditstream.connect.office365.config.HistorySettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the range of a history with the present: one that has not begun yet would be done at
 * once, without a word.
 */
public record RangeCheck(Clock clock) implements ConfigCheck<HistorySettings> {
  private static final Logger LOG = LoggerFactory.getLogger(RangeCheck.class);

  /** What Microsoft keeps without a policy that says otherwise. */
  private static final Duration KEPT = Duration.ofDays(180);

  @Override
  public void check(Map<String, String> props, HistorySettings settings, ConfigErrors errors) {
    Instant now = clock.instant();
    settings
        .range()
        .from()
        .ifPresent(
            from -> {
              if (from.isAfter(now)) {
                errors.add(
                    HistoryKeys.FROM.key(), "lies in the future", "write a day that has been");
              } else if (from.isBefore(now.minus(KEPT))) {
                LOG.info(
                    "{} is more than {} days ago. Days that Microsoft does not keep any more come"
                        + " out empty, and each takes a query",
                    HistoryKeys.FROM.key(),
                    KEPT.toDays());
              }
            });
  }
}
