package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.status.DeadLetter.Scope;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A dead letter, or a part of one, read back without its bytes: all parts of one are equal.
 *
 * @param contentId of an entry of a listing it may be empty text
 * @param scope what is missing: one element, the blob from the index on, or an entry of a listing,
 *     of no blob that has a receipt or could be replayed
 * @param index in the blob or, of an entry, in the listing's page
 * @param replay the replay that came to this; empty for a first reading
 */
record ReadLetter(
    FeedName feed,
    String contentId,
    Scope scope,
    long index,
    Instant time,
    Optional<ReplayRequest> replay) {

  static ReadLetter of(Fields fields) {
    return new ReadLetter(
        FeedName.of(fields),
        fields.text("ContentId"),
        scope(fields),
        fields.number("Index"),
        fields.time("Time"),
        ReadReceipt.replay(fields));
  }

  private static Scope scope(Fields fields) {
    String name = fields.text("Scope");
    return Stream.of(Scope.values())
        .filter(scope -> scope.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ToolException(fields.where() + " has an unknown Scope"));
  }

  /** Whether it comes from a query or an export file: of no blob, and not to be replayed. */
  boolean isOfHistory() {
    return HistoryAccount.Origin.find(feed.contentType()).isPresent();
  }

  boolean isOfEntry() {
    return scope == Scope.ENTRY;
  }

  /** The elements that it is about. */
  Elements elements() {
    if (scope != Scope.BLOB) {
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
