package io.github.auditstream.connect.office365.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** A tenant's requests of the last minute. Thread-safe. */
final class RequestQuota {
  /**
   * A minute less one second: what a client spaced evenly can arrive a little closer together, and
   * must not be blamed for it.
   */
  static final Duration WINDOW = Duration.ofSeconds(59);

  private final ArrayDeque<Instant> arrivals = new ArrayDeque<>();
  private int perMinute;

  RequestQuota(int perMinute) {
    this.perMinute = perMinute;
  }

  synchronized void perMinute(int quota) {
    perMinute = quota;
  }

  synchronized int perMinute() {
    return perMinute;
  }

  /** Counts a request, refused ones too; answers how many the window now holds. */
  synchronized int arrived(Instant now) {
    Instant edge = now.minus(WINDOW);
    while (!arrivals.isEmpty() && arrivals.peekFirst().isBefore(edge)) {
      arrivals.removeFirst();
    }
    arrivals.addLast(now);
    return arrivals.size();
  }

  synchronized void forget() {
    arrivals.clear();
  }
}
