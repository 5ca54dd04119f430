package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.status.DeadLetter;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter, or a part of one, read back without its bytes.
 *
 * @param wholeRest whether the blob is missing from the index on, and not one element
 * @param replay the replay that came to this; empty for a first reading
 */
record ReadLetter(
    FeedName feed,
    String contentId,
    boolean wholeRest,
    long index,
    Instant time,
    Optional<ReplayRequest> replay) {

  /** Whether it is of an entry of a listing: of no blob that has a receipt or could be replayed. */
  static boolean isOfEntry(Fields fields) {
    return fields.text("Scope").equals(DeadLetter.Scope.ENTRY.name());
  }

  static ReadLetter of(Fields fields) {
    return new ReadLetter(
        FeedName.of(fields),
        fields.text("ContentId"),
        fields.text("Scope").equals(DeadLetter.Scope.BLOB.name()),
        fields.number("Index"),
        fields.time("Time"),
        ReadReceipt.replay(fields));
  }

  /** What it stands for. */
  Elements elements() {
    if (!wholeRest) {
      return Elements.at(index);
    }
    return replay
        .map(wanted -> wanted.elements().notBefore(index))
        .orElseGet(() -> Elements.from(index));
  }

  /** A replay that was asked for later has settled it. */
  Instant issuedAt() {
    return replay.map(ReplayRequest::requested).orElse(time);
  }
}
