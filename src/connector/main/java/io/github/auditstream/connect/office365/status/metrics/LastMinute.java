package io.github.auditstream.connect.office365.status.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** Counts what happened in the last minute, by the second. Safe for many threads, without locks. */
final class LastMinute {
  private static final int SECONDS = 60;
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long COUNT_MASK = 0xFFFF_FFFFL;

  private final LongSupplier nanos;
  private final long startNanos;

  /** Each slot: the second that it counts, in the upper half, and the count. */
  private final AtomicLongArray slots = new AtomicLongArray(SECONDS);

  /**
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   */
  LastMinute(LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  void add() {
    long second = second();
    slots.accumulateAndGet(
        (int) (second % SECONDS),
        second,
        (slot, now) -> slot >>> Integer.SIZE == now ? slot + 1 : (now << Integer.SIZE) + 1);
  }

  long count() {
    long second = second();
    long count = 0;
    for (int i = 0; i < SECONDS; i++) {
      long slot = slots.get(i);
      if (slot >>> Integer.SIZE > second - SECONDS) {
        count += slot & COUNT_MASK;
      }
    }
    return count;
  }

  /** Counted from a minute after zero, so that a slot never used is always too old. */
  private long second() {
    return SECONDS + (nanos.getAsLong() - startNanos) / SECOND_NANOS;
  }
}
