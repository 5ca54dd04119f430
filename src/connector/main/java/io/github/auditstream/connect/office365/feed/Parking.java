package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.feed.retrieval.BlobEnd;
import io.github.auditstream.connect.office365.feed.retrieval.FailurePolicy;
import io.github.auditstream.connect.office365.feed.retrieval.LastFailures;
import io.github.auditstream.connect.office365.feed.tenant.FeedActivity;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parks the blobs of a feed that cannot be read, has them tried again, and decides which of them
 * makes room where there are too many. Guarded by the feed's lock.
 */
record Parking(FeedBlobs blobs, FeedActivity activity, LastFailures lastFailures) {

  /**
   * Parks a blob: in the offset where that has room for it, or can make some, and else in memory. A
   * blob of which something has left must be in the offset.
   *
   * @return the blob that is to be given up for it, if one is; it may be the same
   */
  Optional<ParkedBlob> park(BlobEnd.Parked end, Instant now) {
    lastFailures.keep(end, now);
    ParkedBlob parkedBlob = end.blob();
    String contentId = parkedBlob.blob().contentId();
    boolean isIn = blobs.isParked(contentId);
    boolean isFull = isFull();
    Optional<ParkedBlob> longest =
        isFull && (!isIn || isFullToTheLast()) ? longestFailing(parkedBlob) : Optional.empty();
    if (longest.filter(parkedBlob::equals).isPresent()) {
      return longest;
    }
    if (!isIn && longest.isEmpty() && parkedBlob.nextIndex() == 0 && isFull) {
      blobs.overflow().put(parkedBlob);
      return Optional.empty();
    }
    blobs.overflow().remove(contentId);
    // Before another makes room: no record may go out whose offset knows of neither.
    blobs.state(blobs.state().afterParking(parkedBlob));
    return longest;
  }

  /** Whether the offset has no room for one more. */
  boolean isFull() {
    return blobs.state().parked().size() >= FeedState.MOST_PARKED;
  }

  private boolean isFullToTheLast() {
    return blobs.state().parked().size() >= FeedState.MOST_PARKED + FeedState.MORE_PARKED;
  }

  /**
   * The blob that has failed for longest, of those that have for about an hour while others of the
   * feed were read. While none is read it is not for the blobs: then they wait, for about a day
   * where no more can be listed, unless there is no room whatever.
   */
  private Optional<ParkedBlob> longestFailing(ParkedBlob latest) {
    boolean full = isFullToTheLast();
    Stream<ParkedBlob> others =
        blobs.state().parked().values().stream()
            .filter(parkedBlob -> !parkedBlob.blob().contentId().equals(latest.blob().contentId()));
    return Stream.concat(Stream.of(latest), others)
        .filter(parkedBlob -> parkedBlob.attempts() >= FailurePolicy.MAKES_ROOM_AFTER)
        .filter(parkedBlob -> !blobs.queue().holds(parkedBlob.blob().contentId()))
        .filter(parkedBlob -> lastFailures.since(parkedBlob.blob().contentId()).isPresent())
        .filter(
            parkedBlob ->
                full
                    || isReadSince(parkedBlob.blob().contentId())
                    || (blobs.isFullOfUnreadable()
                        && parkedBlob.attempts() >= FailurePolicy.MAKES_ROOM_ANYWAY_AFTER))
        .max(
            Comparator.comparingInt(ParkedBlob::attempts)
                .thenComparing(
                    parkedBlob -> parkedBlob.blob().contentCreated(), Comparator.reverseOrder()));
  }

  /** Whether another blob of the feed has been read since this one was parked. */
  boolean isReadSince(String contentId) {
    return lastFailures.since(contentId).filter(activity::isReadSince).isPresent();
  }

  /** How a blob ends that is given up so that others can be parked. */
  BlobEnd.Lost givenUp(ParkedBlob parkedBlob) {
    BlobEnd.Lost last = lastFailures.last(parkedBlob);
    ApiOutcome.Failed<?> why = last.why();
    String reason =
        why.reason()
            + " (given up before it expires: more than "
            + FeedState.MOST_PARKED
            + " blobs of the feed cannot be read, and this one has failed for longest. Until "
            + parkedBlob.blob().contentExpiration()
            + " it can be replayed)";
    return new BlobEnd.Lost(
        new ApiOutcome.Failed<>(why.kind(), why.status(), why.code(), reason, why.serverAsks()),
        parkedBlob.nextIndex(),
        last.bytes());
  }

  /** How a blob ends, with what kept it from being read before. */
  BlobEnd.Lost withLastFailure(String contentId, BlobEnd.Lost lost) {
    return lastFailures.withLast(contentId, lost, blobs.state().parked().get(contentId));
  }

  /** The blob is done. */
  void forget(String contentId) {
    lastFailures.forget(contentId);
    blobs.overflow().remove(contentId);
  }

  /** A blob that had failed has been read: what kept it may be over for others, too. */
  void revive(Instant now) {
    blobs.overflow().revive(now);
  }

  /** Has the blobs tried again that are due. */
  void retrieveDue(Instant now) {
    FeedState state = blobs.state();
    for (ParkedBlob parkedBlob : state.parked().values()) {
      if (!now.isBefore(parkedBlob.retryAt())) {
        blobs.queue().fillWith(parkedBlob);
      }
    }
    for (ParkedBlob parkedBlob : blobs.overflow().due(now)) {
      blobs.queue().fillWith(parkedBlob, state.parked().size());
    }
  }
}
