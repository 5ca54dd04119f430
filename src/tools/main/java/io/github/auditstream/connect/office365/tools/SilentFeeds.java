package io.github.auditstream.connect.office365.tools;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Says which feeds have gone silent. Everything that a dead feed has not read looks like what a
 * feed that runs is still to read; only the age of its last status record shows the difference.
 */
final class SilentFeeds {
  /** Three times as long as from one status record to the next. */
  private static final Duration SILENT_AFTER = Duration.ofMinutes(15);

  private SilentFeeds() {}

  /**
   * Adds a doubt to a report for each feed whose last status record is more than 15 minutes old.
   *
   * @param feeds that the connector is configured to read; others may have ended long ago
   * @param now when the topics were looked at
   */
  static void report(Accounts accounts, Set<FeedName> feeds, Instant now, Report report) {
    accounts.feeds().entrySet().stream()
        .filter(feed -> feeds.contains(feed.getKey()))
        .forEach(
            feed ->
                feed.getValue()
                    .latest()
                    .map(FeedAccount.FeedSays::time)
                    .filter(time -> time.isBefore(now.minus(SILENT_AFTER)))
                    .ifPresent(
                        time ->
                            report.doubt(
                                ("%s: its last status record is of %s, and one is due every"
                                        + " five minutes; does the connector run?")
                                    .formatted(feed.getKey(), time))));
  }
}
