package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.Receipt;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A receipt, read back.
 *
 * @param lost whether the rest of what was wanted could not be had
 * @param replay empty for a first reading
 */
record ReadReceipt(
    FeedName feed,
    String contentId,
    Instant contentCreated,
    Instant fetchedAt,
    boolean lost,
    long found,
    long produced,
    long deadLettered,
    Optional<ReplayRequest> replay) {

  static ReadReceipt of(Fields fields) {
    return new ReadReceipt(
        FeedName.of(fields),
        fields.text("ContentId"),
        fields.time("ContentCreated"),
        fields.time("FetchedAt"),
        fields.text("Outcome").equals(Receipt.Outcome.LOST.name()),
        fields.number("EventsFound"),
        fields.number("RecordsProduced"),
        fields.number("DeadLettered"),
        replay(fields));
  }

  /** The replay that a receipt or dead letter belongs to. */
  static Optional<ReplayRequest> replay(Fields fields) {
    if (fields.find(ReplayRequest.REQUESTED).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ReplayRequest(
              fields.time(ReplayRequest.REQUESTED),
              Elements.parse(fields.text(ReplayRequest.ELEMENTS))));
    } catch (IllegalArgumentException e) {
      throw new ToolException(fields.where() + " is of a replay of no elements", e);
    }
  }

  /** Whether it adds up in itself. A lost blob is a dead letter and no event. */
  boolean addsUp() {
    return found + (lost ? 1 : 0) == produced + deadLettered;
  }

  /** The elements whose whereabouts it leaves open. */
  Elements missing() {
    if (!lost) {
      return Elements.none();
    }
    return replay
        .map(wanted -> wanted.elements().withoutLowest(found))
        .orElse(Elements.from(found));
  }
}
