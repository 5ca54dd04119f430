package io.github.auditstream.connect.office365.feed.offset;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A content blob that could not be fetched or read to its end, parked so that it does not hold up
 * the others, and tried again until it expires. Or one that is done, of which elements that were
 * dead letters are wanted once more.
 *
 * @param blob as it was listed
 * @param nextIndex index in the blob of the first event that is not in Kafka yet
 * @param lastEventId Id of the event before it, to find the place again; empty where it had none
 * @param deadLettered how many of the elements before it went to the dead letters
 * @param attempts how often it was tried in all
 * @param retryAt when it is tried next; never later than the blob's expiration
 * @param cause why the last attempt failed: the outcome's kind and, after a slash, its code
 * @param replay which elements alone are wanted; empty for all
 */
public record ParkedBlob(
    ContentBlob blob,
    long nextIndex,
    Optional<String> lastEventId,
    long deadLettered,
    int attempts,
    Instant retryAt,
    String cause,
    Optional<ReplayRequest> replay) {

  /** What {@code cause} says of a replay that has not been tried yet. */
  static final String REPLAY_CAUSE = "REPLAY";

  /** The same, tried again at a time or before. */
  public ParkedBlob dueAt(Instant time) {
    return retryAt.isAfter(time)
        ? new ParkedBlob(blob, nextIndex, lastEventId, deadLettered, attempts, time, cause, replay)
        : this;
  }

  /** Elements that were dead letters are wanted once more, at once. */
  static ParkedBlob toReplay(ContentBlob blob, ReplayRequest replay) {
    return new ParkedBlob(
        blob,
        replay.elements().first().orElse(0),
        Optional.empty(),
        0,
        0,
        blob.contentCreated(),
        REPLAY_CAUSE,
        Optional.of(replay));
  }
}
