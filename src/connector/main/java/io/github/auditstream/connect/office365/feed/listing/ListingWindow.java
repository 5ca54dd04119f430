package io.github.auditstream.connect.office365.feed.listing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A span of content creation times to list, in whole seconds, since the API documents its bounds to
 * the second: {@code start <= contentCreated < end}.
 *
 * <p>The limits are those of the reference page: at most 24 hours between the bounds and a start of
 * at most seven days ago. A longer window can be answered with part of its content, so it is never
 * asked.
 *
 * @param start the first creation time in it
 * @param end the first creation time after it
 */
public record ListingWindow(Instant start, Instant end) {
  /** The server sends its time in whole seconds, and its answer took a while. */
  public static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

  static final Duration LONGEST = Duration.ofHours(24);
  static final Duration RETENTION = Duration.ofDays(7);

  /** A request takes time to arrive: content so close to its end cannot be listed reliably. */
  static final Duration MARGIN = Duration.ofMinutes(5);

  /** What of the margin is for the way alone. */
  private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

  /**
   * The earliest creation time of a first start: a little later, so that its first listing is in
   * time.
   */
  public static Instant earliestBeginning(Instant now) {
    return earliestStart(now).plus(MARGIN);
  }

  /** The earliest start that the API takes from a request sent now. */
  static Instant earliestStart(Instant now) {
    return now.minus(RETENTION).plus(MARGIN).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether the API still takes it from a request sent now. */
  boolean canBeAsked(Instant now) {
    return !start.isBefore(now.minus(RETENTION).plus(ON_THE_WAY));
  }

  /**
   * The last window of a span of which the oldest part is listed last.
   *
   * @param length how long it is at most, no longer than {@link #LONGEST}
   * @param now the server's time when the request is made
   * @return empty if nothing is left to list
   */
  static Optional<ListingWindow> endOf(Instant from, Instant until, Duration length, Instant now) {
    Instant wholeSecond = until.truncatedTo(ChronoUnit.SECONDS);
    Instant end = wholeSecond.equals(until) ? until : wholeSecond.plusSeconds(1);
    Instant start = end.minus(length);
    return between(start.isBefore(from) ? from : start, end, length, now)
        .filter(window -> from.isBefore(until));
  }

  /**
   * The next window of a listing that goes from one time up to another.
   *
   * @param length how long it is at most, no longer than {@link #LONGEST}
   * @param now the server's time when the request is made
   * @return empty if nothing is left to list
   */
  static Optional<ListingWindow> between(
      Instant from, Instant until, Duration length, Instant now) {
    Instant wanted = from.truncatedTo(ChronoUnit.SECONDS);
    Instant earliest = earliestStart(now);
    Instant start = wanted.isBefore(earliest) ? earliest : wanted;
    Instant longest = start.plus(length);
    Instant end = until.truncatedTo(ChronoUnit.SECONDS);
    Instant bounded = end.isAfter(longest) ? longest : end;
    return bounded.isAfter(start)
        ? Optional.of(new ListingWindow(start, bounded))
        : Optional.empty();
  }
}
