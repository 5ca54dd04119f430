package io.github.auditstream.connect.office365.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * When queries of one tenant were created within the last 24 hours, so that some of the tenant's
 * quota is left for people. Not safe for many threads.
 *
 * @see <a href="https://learn.microsoft.com/graph/throttling-limits">Throttling limits</a>
 */
final class Creations {
  private static final Duration DAY = Duration.ofHours(24);

  private final int most;
  private final Deque<Instant> times = new ArrayDeque<>();

  /**
   * @param most how many there may be in 24 hours, at least 1
   * @param times those that are known, in any order
   */
  Creations(int most, Collection<Instant> times) {
    this.most = most;
    times.stream().sorted().forEach(this.times::add);
  }

  /** How long until another may be created; zero for at once. */
  Duration untilNext(Instant now) {
    forget(now);
    if (times.size() < most) {
      return Duration.ZERO;
    }
    // More than the budget are known where it was lowered.
    List<Instant> all = new ArrayList<>(times);
    return Duration.between(now, all.get(all.size() - most).plus(DAY));
  }

  void add(Instant time) {
    times.addLast(time);
  }

  int count(Instant now) {
    forget(now);
    return times.size();
  }

  /** How long the budget makes so many more creations take, in seconds. */
  long secondsFor(int more, Instant now) {
    int free = Math.max(0, most - count(now));
    return more <= free ? 0 : (more - free) * DAY.toSeconds() / most;
  }

  private void forget(Instant now) {
    while (!times.isEmpty() && !times.getFirst().plus(DAY).isAfter(now)) {
      times.removeFirst();
    }
  }

  /** Fit for a source offset. */
  String text() {
    return times.stream().map(Instant::toString).collect(Collectors.joining(","));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws java.time.DateTimeException if it is anything else
   */
  static List<Instant> parse(String text) {
    List<Instant> times = new ArrayList<>();
    for (String time : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      times.add(Instant.parse(time));
    }
    return times;
  }
}
