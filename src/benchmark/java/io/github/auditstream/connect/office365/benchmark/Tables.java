package io.github.auditstream.connect.office365.benchmark;

import java.util.Locale;

/** Results for people. */
final class Tables {
  private static final double MEBIBYTE = 1 << 20;

  private Tables() {}

  static String line(EndToEndCell cell) {
    return String.format(
        Locale.ROOT,
        "%-5s tasks %d %6d ms  %,9.0f events/s %6.1f MB/s  worker %5.1f broker %5.1f API %5.1f us  "
            + "heap %4.0f live %4.0f rss %5.0f MiB  %.4f requests/event  whole %.1f s",
        cell.exactlyOnce() ? "once" : "least",
        cell.tasks(),
        cell.latency().toMillis(),
        cell.eventsPerSecond(),
        cell.megabytesPerSecond(),
        cell.workerMicrosPerEvent(),
        cell.brokerMicrosPerEvent(),
        cell.simulatorMicrosPerEvent(),
        cell.heap().peakBytes() / MEBIBYTE,
        cell.heap().liveBytes() / MEBIBYTE,
        cell.residentBytes().orElse(0) / MEBIBYTE,
        cell.requestsPerEvent(),
        cell.wholeTook().toMillis() / 1e3);
  }
}
