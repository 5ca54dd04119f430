package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.http.TimeHeaders;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One holder's share of a tenant's request quota. It says in how long the next request may go; it
 * never sleeps.
 *
 * <p>Slots are spaced evenly, with a small burst after a pause. A request sent up to two seconds
 * after its slot keeps every 60 seconds within the limit, since slots are counted over 62. The
 * server's throttling halves the rate; success brings it back by a tenth of the limit a minute.
 *
 * <p>Safe for many threads, without locks: the state is an immutable value that is stepped by pure
 * functions.
 */
public final class Quota {
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  /** A minute, and the time by which a request may be later than its slot. */
  private static final long WINDOW_NANOS = Duration.ofSeconds(62).toNanos();

  /**
   * The part of the limit that may go at once after a pause. What goes at once is missing from the
   * even flow, and a backlog is to have at least 95 % of the limit.
   */
  private static final int BURST_PART = 200;

  private static final int LARGEST_BURST = 20;

  /** How far throttling slows down at most: to this part of the limit, or to one a minute. */
  private static final int SLOWEST_PART = 32;

  /** The part of the limit that a minute of success gives back. */
  private static final double RECOVERED_A_MINUTE = 0.1;

  /**
   * The pause after a throttled answer that does not name one, doubled at each further one. The API
   * documents no {@code Retry-After}; its quota is counted by the minute.
   */
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  private final int requestsPerMinute;
  private final long narrowestNanos;
  private final long widestNanos;
  private final long burstNanos;
  private final LongSupplier nanos;
  private final long startNanos;
  private final AtomicReference<State> state;

  /**
   * @param freeAtNanos when the next slot is, in nanoseconds since the start; may lie in the past
   * @param spacingNanos the distance between slots now
   * @param blockedUntilNanos until when throttled answers belong to the pause that is going on
   * @param pauses pauses since the last success
   */
  private record State(long freeAtNanos, long spacingNanos, long blockedUntilNanos, int pauses) {

    State reserve(long now, long burstNanos) {
      long slot = slotNanos(now, burstNanos);
      return new State(slot + spacingNanos, spacingNanos, blockedUntilNanos, pauses);
    }

    long slotNanos(long now, long burstNanos) {
      return Math.max(freeAtNanos, now - burstNanos);
    }

    State longer(long untilNanos) {
      return untilNanos <= blockedUntilNanos
          ? this
          : new State(Math.max(freeAtNanos, untilNanos), spacingNanos, untilNanos, pauses);
    }

    State paused(long untilNanos, long newSpacingNanos) {
      return new State(Math.max(freeAtNanos, untilNanos), newSpacingNanos, untilNanos, pauses + 1);
    }

    State recovered(long newSpacingNanos) {
      return new State(freeAtNanos, newSpacingNanos, blockedUntilNanos, 0);
    }
  }

  /**
   * @param requestsPerMinute the share, at least 1
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}; its zero has no
   *     meaning
   */
  public Quota(int requestsPerMinute, LongSupplier nanos) {
    if (requestsPerMinute < 1) {
      throw new IllegalArgumentException("requestsPerMinute must be at least 1");
    }
    this.requestsPerMinute = requestsPerMinute;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    int burst = Math.max(1, Math.min(LARGEST_BURST, requestsPerMinute / BURST_PART));
    // A burst and the slots that follow it in one window are together the limit.
    this.narrowestNanos = WINDOW_NANOS / (requestsPerMinute - burst + 1) + 1;
    this.widestNanos =
        Math.max(narrowestNanos, Math.min(narrowestNanos * SLOWEST_PART, MINUTE_NANOS));
    // Always by the narrowest spacing, or else a burst allowed while slots are wide could be
    // followed by another when they narrow again.
    this.burstNanos = (burst - 1) * narrowestNanos;
    this.state = new AtomicReference<>(new State(0, narrowestNanos, 0, 0));
  }

  /**
   * Takes the next slot and says how long the caller must wait before it sends; zero for at once. A
   * slot cannot be given back.
   */
  public Duration reserve() {
    long now = now();
    State before = state.getAndUpdate(current -> current.reserve(now, burstNanos));
    return Duration.ofNanos(Math.max(0, before.slotNanos(now, burstNanos) - now));
  }

  /**
   * The server said that there were too many requests. No slot is given until the pause is over,
   * and the rate is halved. What many requests under way hear at once is one pause.
   *
   * @param serverAsks how long the server asks to wait, if it does; heeded up to an hour
   */
  public void throttled(Optional<Duration> serverAsks) {
    long now = now();
    Optional<Duration> asked = serverAsks.map(TimeHeaders::capped);
    state.updateAndGet(
        current -> {
          if (now < current.blockedUntilNanos()) {
            return asked.map(wait -> current.longer(now + wait.toNanos())).orElse(current);
          }
          long pause = asked.map(Duration::toNanos).orElseGet(() -> pauseNanos(current.pauses()));
          return current.paused(now + pause, Math.min(widestNanos, current.spacingNanos() * 2));
        });
  }

  /** Whether a pause is going on: a slot that was given before it is worth nothing now. */
  public boolean isPaused() {
    return now() < Objects.requireNonNull(state.get()).blockedUntilNanos();
  }

  /** A request was answered: the rate grows back, unless a pause is going on. */
  public void succeeded() {
    long now = now();
    state.updateAndGet(
        current -> {
          boolean asBefore = current.spacingNanos() == narrowestNanos && current.pauses() == 0;
          return asBefore || now < current.blockedUntilNanos()
              ? current
              : current.recovered(narrowed(current.spacingNanos()));
        });
  }

  /** The rate now; the configured one where nothing is throttled. */
  public double requestsPerMinuteNow() {
    return (double) requestsPerMinute
        * narrowestNanos
        / Objects.requireNonNull(state.get()).spacingNanos();
  }

  /** By the time that one request takes, so that a minute gives the same however many there are. */
  private long narrowed(long spacingNanos) {
    double part = (double) narrowestNanos / spacingNanos;
    double regained = RECOVERED_A_MINUTE * Math.min(spacingNanos, MINUTE_NANOS) / MINUTE_NANOS;
    return Math.max(narrowestNanos, (long) (narrowestNanos / (part + regained)));
  }

  private static long pauseNanos(int pauses) {
    return Math.min(MINUTE_NANOS, FIRST_PAUSE_NANOS << Math.min(pauses, 4));
  }

  private long now() {
    return nanos.getAsLong() - startNanos;
  }
}
