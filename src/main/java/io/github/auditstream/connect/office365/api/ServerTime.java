package io.github.auditstream.connect.office365.api;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What the answers' headers say about time. Safe for many threads. */
final class ServerTime {

  /**
   * A wait that an answer asks for is followed this far: the longest that Microsoft's texts mention
   * is an hour, and content expires while one waits.
   */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** A worker's clock can be off by hours, but an answer that tells of more is not believed. */
  private static final Duration LARGEST_SKEW = Duration.ofDays(1);

  private final Clock clock;
  private volatile Duration skew = Duration.ZERO;

  ServerTime(Clock clock) {
    this.clock = clock;
  }

  /** Takes note of the {@code Date} of an answer that is the API's own, not some proxy's. */
  void saw(HttpHeaders headers) {
    date(headers, "Date")
        .map(date -> Duration.between(clock.instant(), date))
        .filter(seen -> seen.abs().compareTo(LARGEST_SKEW) <= 0)
        .ifPresent(seen -> skew = seen);
  }

  /** Server time minus local time, to a second or so; zero before the first answer. */
  Duration skew() {
    return skew;
  }

  /** The wait that {@code Retry-After} asks for, in seconds or as a date on the server's clock. */
  Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(
            text ->
                text.matches("\\d{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                    : date(headers, "Retry-After").map(at -> Duration.between(now(headers), at)))
        .filter(wait -> !wait.isNegative() && !wait.isZero())
        .map(ServerTime::heeded);
  }

  /** The wait, or the longest one. */
  static Duration heeded(Duration wait) {
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private Instant now(HttpHeaders headers) {
    return date(headers, "Date").orElseGet(clock::instant);
  }

  private static Optional<Instant> date(HttpHeaders headers, String name) {
    return headers
        .firstValue(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
              } catch (DateTimeException e) {
                return Optional.empty();
              }
            });
  }
}
