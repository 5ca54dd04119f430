package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.feed.offset.Position;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.records.EventIds;
import io.github.auditstream.connect.office365.status.ReplayRequest;
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
public final class BlobFetch {
  private final ContentBlob blob;
  private final Optional<ReplayRequest> replay;
  private final ArrayDeque<Arrived> ready = new ArrayDeque<>();
  private @Nullable BlobEnd end;
  private long nextIndex;
  private Optional<String> lastEventId;
  private int attempts;
  private @Nullable Instant failingSince;
  private long deadLettered;

  /**
   * An element that waits to leave.
   *
   * @param eventId its event's Id, as {@link EventIds} writes it
   * @param heldBytes what it holds of the budget
   * @param deadLettered how many of the blob's elements up to this one go to the dead letters
   */
  public record Arrived(
      BlobElement element, Optional<String> eventId, long heldBytes, long deadLettered) {}

  /**
   * @param nextIndex index of the first element that is wanted
   * @param lastEventId Id of the event before it; empty if unknown
   * @param deadLettered elements before it that went to the dead letters
   * @param attempts made so far
   * @param replay which elements alone are wanted; empty for all
   */
  BlobFetch(
      ContentBlob blob,
      long nextIndex,
      Optional<String> lastEventId,
      long deadLettered,
      int attempts,
      Optional<ReplayRequest> replay) {
    this.blob = blob;
    this.nextIndex = nextIndex;
    this.lastEventId = lastEventId;
    this.deadLettered = deadLettered;
    this.attempts = attempts;
    this.replay = replay;
  }

  /**
   * The rest of the blob that a feed's last record is in; empty when that blob is done.
   *
   * @param parkedBlob the blob's entry among those parked, if it has one
   */
  public static Optional<BlobFetch> unfinished(
      ContentType contentType, Position position, Optional<ParkedBlob> parkedBlob) {
    return position
        .inside()
        .map(
            place ->
                new BlobFetch(
                    new ContentBlob(
                        contentType,
                        position.contentId(),
                        place.contentUri(),
                        position.contentCreated(),
                        place.contentExpiration()),
                    place.recordIndex() + 1,
                    place.eventId(),
                    place.deadLettered(),
                    parkedBlob.map(ParkedBlob::attempts).orElse(0),
                    parkedBlob.flatMap(ParkedBlob::replay)));
  }

  static BlobFetch whole(ContentBlob blob) {
    return new BlobFetch(blob, 0, Optional.empty(), 0, 0, Optional.empty());
  }

  public static BlobFetch again(ParkedBlob parkedBlob) {
    return new BlobFetch(
        parkedBlob.blob(),
        parkedBlob.nextIndex(),
        parkedBlob.lastEventId(),
        parkedBlob.deadLettered(),
        parkedBlob.attempts(),
        parkedBlob.replay());
  }

  public ContentBlob blob() {
    return blob;
  }

  /** Which elements alone are wanted; empty for all. */
  public Optional<ReplayRequest> replay() {
    return replay;
  }

  boolean wants(long index) {
    return replay.isEmpty() || replay.get().elements().contains(index);
  }

  /** The first index that is wanted and not before the given one. */
  public long firstWantedFrom(long index) {
    return replay.isEmpty()
        ? index
        : replay.get().elements().notBefore(index).first().orElse(index);
  }

  /** Whether nothing behind the index is wanted. */
  boolean endsWith(long index) {
    return replay.isPresent() && replay.get().elements().notBefore(index + 1).isEmpty();
  }

  /** Whether a blob of this length does not have the elements that are wanted. */
  boolean isLongerThan(long length) {
    return replay.isPresent() && replay.get().elements().leastLength() > length;
  }

  synchronized void arrived(BlobElement element, Optional<String> eventId, long heldBytes) {
    if (element instanceof BlobElement.Refused) {
      deadLettered++;
    }
    ready.addLast(new Arrived(element, eventId, heldBytes, deadLettered));
    nextIndex = element.index() + 1;
    lastEventId = eventId;
    failingSince = null;
  }

  synchronized void ended(BlobEnd how) {
    end = how;
  }

  public synchronized Optional<Arrived> takeArrived() {
    return Optional.ofNullable(ready.pollFirst());
  }

  /** How it ended, once everything that arrived has been taken. */
  public synchronized Optional<BlobEnd> endIfEmptied() {
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

  /**
   * Goes on from another place in the blob.
   *
   * @param refusedBefore elements before it that went to the dead letters
   */
  synchronized void continueFrom(long index, long refusedBefore) {
    nextIndex = index;
    deadLettered = refusedBefore;
  }

  /** How many of the elements that have arrived go to the dead letters. */
  public synchronized long deadLettered() {
    return deadLettered;
  }

  /** Counts an attempt. */
  synchronized int startAttempt() {
    attempts++;
    return attempts;
  }

  /** An attempt that said nothing about this blob does not count. */
  synchronized void forgetAttempt() {
    attempts--;
  }

  public synchronized int attempts() {
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
