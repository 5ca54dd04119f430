package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ContentBlob;
import io.github.auditstream.connect.office365.event.BlobElement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One content blob on its way from the API to the task's thread. It outlives single attempts: what
 * has arrived stays, and the next attempt goes on behind it.
 *
 * <p>Filled by one fetcher at a time, emptied by the task's thread.
 */
final class BlobFetch {
  private final ContentBlob blob;
  private final ArrayDeque<Arrived> ready = new ArrayDeque<>();
  private @Nullable BlobEnd end;
  private long nextIndex;
  private Optional<String> lastEventId;
  private int attempts;
  private @Nullable Instant failingSince;
  private long refused;

  /**
   * An element that waits to leave.
   *
   * @param eventId its event's Id, as {@link EventIds} writes it
   * @param heldBytes what it holds of the budget
   */
  record Arrived(BlobElement element, Optional<String> eventId, long heldBytes) {}

  /**
   * @param nextIndex index of the first element that is wanted
   * @param lastEventId Id of the event before it; empty if unknown
   * @param attempts made so far
   */
  BlobFetch(ContentBlob blob, long nextIndex, Optional<String> lastEventId, int attempts) {
    this.blob = blob;
    this.nextIndex = nextIndex;
    this.lastEventId = lastEventId;
    this.attempts = attempts;
  }

  static BlobFetch whole(ContentBlob blob) {
    return new BlobFetch(blob, 0, Optional.empty(), 0);
  }

  static BlobFetch again(ParkedBlob aside) {
    return new BlobFetch(aside.blob(), aside.nextIndex(), aside.lastEventId(), aside.attempts());
  }

  ContentBlob blob() {
    return blob;
  }

  synchronized void arrived(BlobElement element, Optional<String> eventId, long heldBytes) {
    ready.addLast(new Arrived(element, eventId, heldBytes));
    nextIndex++;
    lastEventId = eventId;
    failingSince = null;
  }

  synchronized void ended(BlobEnd how) {
    end = how;
  }

  synchronized Optional<Arrived> takeArrived() {
    return Optional.ofNullable(ready.pollFirst());
  }

  /** How it ended, once everything that arrived has been taken. */
  synchronized Optional<BlobEnd> endIfEmptied() {
    return ready.isEmpty() ? Optional.ofNullable(end) : Optional.empty();
  }

  synchronized boolean hasNothingWaiting() {
    return ready.isEmpty();
  }

  synchronized long nextIndex() {
    return nextIndex;
  }

  synchronized Optional<String> lastEventId() {
    return lastEventId;
  }

  /** Goes on from another place in the blob. */
  synchronized void continueFrom(long index) {
    nextIndex = index;
  }

  /** An element that was taken went to the dead letters. */
  synchronized void countRefused() {
    refused++;
  }

  synchronized long refused() {
    return refused;
  }

  /** Counts an attempt. */
  synchronized int startAttempt() {
    attempts++;
    return attempts;
  }

  /** An attempt that told nothing about this blob does not count. */
  synchronized void forgetAttempt() {
    attempts--;
  }

  synchronized int attempts() {
    return attempts;
  }

  /** When the present run of failures began. */
  synchronized Instant failingSince(Instant now) {
    if (failingSince == null) {
      failingSince = now;
    }
    return failingSince;
  }
}
