package io.github.auditstream.connect.office365.feed.listing;

import java.time.Duration;

/**
 * How long the next window of a listing is: so short that what it yields can wait in memory, and as
 * long as the API allows where there is little. Not safe for many threads.
 */
final class WindowLength {
  /** Of what nothing is known yet. */
  private static final Duration FIRST = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** A quiet hour says little of the next ones. */
  private static final int LARGEST_STEP = 4;

  private final int wantedBlobs;
  private Duration length = FIRST;

  /**
   * @param wantedBlobs how many blobs a window is to bring, at least one
   */
  WindowLength(int wantedBlobs) {
    this.wantedBlobs = wantedBlobs;
  }

  Duration next() {
    return length;
  }

  /**
   * A window has been listed to its end.
   *
   * @param blobs how many it brought that had not been known
   */
  void yielded(ListingWindow window, int blobs) {
    Duration span = span(window);
    if (span.compareTo(length) >= 0) {
      length = fitting(span, blobs);
    } else if (blobs > 0) {
      // One that was cut off by the end of its listing says that less would do, never that more
      // does.
      Duration enough = bounded(enough(span, blobs));
      length = enough.compareTo(length) < 0 ? enough : length;
    }
  }

  /**
   * A window brought so much that its listing was not finished.
   *
   * @param blobs how many it had brought by then that had not been known
   */
  void tooLong(ListingWindow window, int blobs) {
    Duration part = span(window).dividedBy(LARGEST_STEP);
    Duration fitting = fitting(span(window), blobs);
    length = bounded(fitting.compareTo(part) < 0 ? fitting : part);
  }

  /** Whether a window should be given up for a shorter one after it has brought so much. */
  boolean isTooLong(ListingWindow window, int blobs) {
    return blobs > wantedBlobs && span(window).compareTo(SHORTEST) > 0;
  }

  private static Duration span(ListingWindow window) {
    return Duration.between(window.start(), window.end());
  }

  private Duration fitting(Duration span, int blobs) {
    Duration largest = span.multipliedBy(LARGEST_STEP);
    Duration enough = blobs == 0 ? largest : enough(span, blobs);
    return bounded(enough.compareTo(largest) < 0 ? enough : largest);
  }

  private Duration enough(Duration span, int blobs) {
    return Duration.ofSeconds(span.toSeconds() * wantedBlobs / blobs);
  }

  private static Duration bounded(Duration wanted) {
    if (wanted.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wanted.compareTo(ListingWindow.LONGEST) > 0
        ? ListingWindow.LONGEST
        : Duration.ofSeconds(wanted.toSeconds());
  }
}
