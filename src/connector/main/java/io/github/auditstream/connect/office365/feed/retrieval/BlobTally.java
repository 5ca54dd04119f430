package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.records.EventIds;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts a blob's elements while it is read. For one thread. */
final class BlobTally {
  /** The refusal of an element with its reason, without the element's text. */
  private static final int REFUSAL_BYTES = 512;

  private long elements;
  private long refused;
  private @Nullable Instant firstEvent;
  private @Nullable Instant lastEvent;

  void add(BlobElement element) {
    elements++;
    if (element instanceof BlobElement.Event event) {
      event.event().creationTime().ifPresent(this::add);
    } else {
      refused++;
    }
  }

  private void add(Instant time) {
    if (firstEvent == null || time.isBefore(firstEvent)) {
      firstEvent = time;
    }
    if (lastEvent == null || time.isAfter(lastEvent)) {
      lastEvent = time;
    }
  }

  long elements() {
    return elements;
  }

  /**
   * @param sha256 empty where the blob was not read to its end
   */
  BlobEnd.Read read(long bytes, Optional<String> sha256) {
    return new BlobEnd.Read(
        bytes,
        sha256,
        elements,
        refused,
        Optional.ofNullable(firstEvent),
        Optional.ofNullable(lastEvent));
  }

  /** The event's Id as the offset remembers it. */
  static Optional<String> eventId(BlobElement element) {
    return element instanceof BlobElement.Event event
        ? event.event().id().map(EventIds::text)
        : Optional.empty();
  }

  /** What an element takes of the heap, in bytes. */
  static long heldBytes(BlobElement element) {
    return element instanceof BlobElement.Event event
        ? event.event().heapBytes()
        : REFUSAL_BYTES + ((BlobElement.Refused) element).json().length;
  }
}
