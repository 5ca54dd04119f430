package io.github.auditstream.connect.office365.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What an answer's headers say about time (RFC 9110, 5.6.7 and 10.2.3). */
public final class TimeHeaders {
  /**
   * A wait that an answer asks for is followed this far: the longest that Microsoft's texts mention
   * is an hour, and content expires while one waits.
   */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private TimeHeaders() {}

  /** A header that is a date; empty if it is missing or malformed. */
  public static Optional<Instant> date(HttpHeaders headers, String name) {
    return headers.firstValue(name).flatMap(TimeHeaders::instant);
  }

  /**
   * The wait that {@code Retry-After} asks for, in seconds or as a date: more than nothing, and an
   * hour at most. A date counts from the answer's own.
   *
   * @param clock has the time where the answer has no date
   */
  public static Optional<Duration> retryAfter(HttpHeaders headers, Clock clock) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(
            text ->
                text.matches("\\d{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                    : instant(text)
                        .map(
                            at ->
                                Duration.between(
                                    date(headers, "Date").orElseGet(clock::instant), at)))
        .filter(wait -> !wait.isNegative() && !wait.isZero())
        .map(TimeHeaders::capped);
  }

  /** The wait, or the longest that is followed. */
  public static Duration capped(Duration wait) {
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
