package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.http.TimeHeaders;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A share of the units that Graph gives an application and tenant in ten seconds. It says in how
 * long the next request may go; it never sleeps. Safe for many threads, without locks.
 *
 * <p>Units are counted over fourteen seconds: ten, two by which a request may be later than its
 * slot, and two that may go at once after a pause. Throttling halves the rate, success brings it
 * back step by step.
 *
 * @see <a href="https://learn.microsoft.com/graph/throttling-limits">Throttling limits</a>
 */
public final class UnitBudget {
  private static final long WINDOW_NANOS = Duration.ofSeconds(14).toNanos();
  private static final long BURST_NANOS = Duration.ofSeconds(2).toNanos();

  /** The pause after a throttled answer that names none, doubled at each further one. */
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private static final int MOST_DOUBLINGS = 4;
  private static final double SLOWEST = 32;
  private static final double RECOVERED_BY_A_SUCCESS = 0.95;

  /**
   * From here on Graph itself says how near the limit is ({@code x-ms-throttle-limit-percentage}).
   */
  private static final double NEAR_THE_LIMIT = 0.8;

  private final long unitNanos;
  private final LongSupplier nanos;
  private final long startNanos;
  private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0, 0, 1));

  /**
   * All times are nanoseconds since the start.
   *
   * @param freeAt when the next unit is free; may lie in the past
   * @param blockedUntil until when throttled answers belong to the pause that is going on
   * @param pauses pauses since the last success
   * @param slowdown by how much a unit takes longer
   */
  private record State(long freeAt, long blockedUntil, int pauses, double slowdown) {
    long slot(long now) {
      return Math.max(Math.max(freeAt, now - BURST_NANOS), blockedUntil);
    }
  }

  /**
   * @param unitsInTenSeconds the share, at least 1; by the size of the tenant Graph gives 3,500 to
   *     8,000
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   */
  public UnitBudget(int unitsInTenSeconds, LongSupplier nanos) {
    if (unitsInTenSeconds < 1) {
      throw new IllegalArgumentException("unitsInTenSeconds must be at least 1");
    }
    this.unitNanos = WINDOW_NANOS / unitsInTenSeconds + 1;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  /** As {@link #reserve(int)}, for a request of one unit. */
  public Duration reserve() {
    return reserve(1);
  }

  /**
   * Takes units and says how long the caller must wait before it sends; zero for at once. They
   * cannot be given back.
   */
  public Duration reserve(int units) {
    long now = now();
    State before =
        state.getAndUpdate(
            current ->
                new State(
                    current.slot(now) + (long) (units * unitNanos * current.slowdown()),
                    current.blockedUntil(),
                    current.pauses(),
                    current.slowdown()));
    return Duration.ofNanos(Math.max(0, before.slot(now) - now));
  }

  /**
   * Graph said that there were too many requests. Nothing is given until the pause is over, and the
   * rate is halved. What many requests under way hear at once is one pause.
   *
   * @param serverAsks how long the server asks to wait, if it does; heeded up to an hour
   */
  public void throttled(Optional<Duration> serverAsks) {
    long now = now();
    Optional<Duration> asked = serverAsks.map(TimeHeaders::capped);
    state.updateAndGet(
        current -> {
          long pause =
              asked
                  .map(Duration::toNanos)
                  .orElse(FIRST_PAUSE_NANOS << Math.min(current.pauses(), MOST_DOUBLINGS));
          if (now < current.blockedUntil()) {
            long until =
                asked.isPresent()
                    ? Math.max(current.blockedUntil(), now + pause)
                    : current.blockedUntil();
            return new State(current.freeAt(), until, current.pauses(), current.slowdown());
          }
          return new State(
              current.freeAt(),
              now + pause,
              current.pauses() + 1,
              Math.min(SLOWEST, current.slowdown() * 2));
        });
  }

  /** Whether a pause is going on: a slot that was given before it is worth nothing now. */
  public boolean isPaused() {
    return now() < Objects.requireNonNull(state.get()).blockedUntil();
  }

  /**
   * A request was answered.
   *
   * @param partOfLimit how much of the limit is used, where Graph says so: 1 is all of it
   */
  void succeeded(Optional<Double> partOfLimit) {
    long now = now();
    boolean near = partOfLimit.filter(part -> part >= NEAR_THE_LIMIT).isPresent();
    state.updateAndGet(
        current -> {
          if (now < current.blockedUntil()) {
            return current;
          }
          double slowdown =
              near
                  ? Math.max(2, current.slowdown())
                  : Math.max(1, current.slowdown() * RECOVERED_BY_A_SUCCESS);
          return new State(current.freeAt(), current.blockedUntil(), 0, slowdown);
        });
  }

  /** By how much requests are slowed down now; 1 where nothing is throttled. */
  public double slowdown() {
    return Objects.requireNonNull(state.get()).slowdown();
  }

  private long now() {
    return nanos.getAsLong() - startNanos;
  }
}
