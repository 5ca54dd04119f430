package io.github.auditstream.connect.office365.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The server's time, by its answers. Safe for many threads. */
public final class ServerTime {
  /**
   * A worker's clock can be off by hours, one that came back with a snapshot or a dead battery by
   * months. The API's own cannot, or it would refuse every token; an answer that shows more is a
   * mangled one.
   */
  private static final Duration LARGEST_SKEW = Duration.ofDays(366);

  /** A clock that is set, or leaps, moves by more between two answers than a sound one drifts. */
  private static final Duration LARGEST_DRIFT = Duration.ofSeconds(5);

  private final Clock clock;
  private final LongSupplier nanos;
  private volatile @Nullable Seen last;

  /**
   * What the last answer said.
   *
   * @param skew server time minus local time
   * @param clock the local time
   * @param nanos the local ticks
   */
  private record Seen(Duration skew, Instant clock, long nanos) {}

  /**
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}; detects a leap of
   *     the other
   */
  public ServerTime(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Takes note of the {@code Date} of an answer that is the API's own, not some proxy's. */
  public void saw(HttpHeaders headers) {
    Instant now = clock.instant();
    TimeHeaders.date(headers, "Date")
        .map(date -> Duration.between(now, date))
        .filter(seen -> seen.abs().compareTo(LARGEST_SKEW) <= 0)
        .ifPresent(seen -> last = new Seen(seen, now, nanos.getAsLong()));
  }

  /**
   * Server time minus local time, to a few seconds; zero before the first answer. What the local
   * clock has leapt since the last one is not the server's.
   */
  public Duration skew() {
    Seen seen = last;
    if (seen == null) {
      return Duration.ZERO;
    }
    Duration gone = Duration.ofNanos(nanos.getAsLong() - seen.nanos());
    Duration leapt = Duration.between(seen.clock(), clock.instant()).minus(gone);
    return leapt.abs().compareTo(LARGEST_DRIFT) > 0 ? seen.skew().minus(leapt) : seen.skew();
  }

  /** The wait that {@code Retry-After} asks for, an hour at most. */
  public Optional<Duration> retryAfter(HttpHeaders headers) {
    return TimeHeaders.retryAfter(headers, clock);
  }
}
