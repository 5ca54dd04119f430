package io.github.auditstream.connect.office365.tools;

import java.time.Instant;

/**
 * A dead letter of an entry of a listing that describes no blob, or a part of such a dead letter:
 * all parts of one are equal.
 *
 * @param contentId empty text where the entry has none
 * @param time of the dead letter
 * @param index in the entry's page
 */
record ReadEntry(FeedName feed, String contentId, Instant time, long index) {
  static ReadEntry of(Fields letter) {
    return new ReadEntry(
        FeedName.of(letter), letter.text("ContentId"), letter.time("Time"), letter.number("Index"));
  }
}
