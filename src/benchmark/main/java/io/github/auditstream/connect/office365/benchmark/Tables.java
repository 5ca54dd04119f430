package io.github.auditstream.connect.office365.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Results for people. */
final class Tables {
  /** The columns of {@link #line(EndToEndCell)}. */
  static final String HEAD =
      "delivery       tasks latency   events/s   MB/s  worker broker    API   peak heap        RSS"
          + "  requests/event  with start";

  private static final double MEBIBYTE = 1 << 20;

  private Tables() {}

  static String line(EndToEndCell cell) {
    return String.format(
        Locale.ROOT,
        "%-14s %5d %4d ms %,10.0f %6.1f  %6.1f %6.1f %6.1f  %6.0f MiB %6.0f MiB  %14.4f  %8.1f s",
        cell.exactlyOnce() ? "exactly once" : "at least once",
        cell.tasks(),
        cell.latency().toMillis(),
        cell.eventsPerSecond(),
        cell.megabytesPerSecond(),
        cell.workerMicrosPerEvent(),
        cell.brokerMicrosPerEvent(),
        cell.simulatorMicrosPerEvent(),
        cell.heap().peakBytes() / MEBIBYTE,
        cell.residentBytes().orElse(0) / MEBIBYTE,
        cell.requestsPerEvent(),
        cell.wholeTook().toMillis() / 1e3);
  }

  static String line(String what, Samples seconds) {
    return String.format(
        Locale.ROOT,
        "%-70s median %6.3f s, p99 %6.3f s, longest %6.3f s (%,d blobs)",
        what,
        seconds.median(),
        seconds.p99(),
        seconds.largest(),
        seconds.count());
  }

  static List<String> lines(BoundedMemory.Result result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "a blob of %,.0f MB of JSON: at most %.1f MiB live",
            result.largestBlobBytes() / 1e6,
            result.liveBytesLargestBlob() / MEBIBYTE));
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d blobs listed at once: at most %.1f MiB live",
            result.listedBlobs(),
            result.liveBytesListed() / MEBIBYTE));
    new TreeMap<>(result.liveBytesByDays())
        .forEach(
            (days, bytes) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%d days of backlog: at most %.1f MiB live",
                        days,
                        bytes / MEBIBYTE)));
    return lines;
  }
}
