package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.offset.Backlog;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.Watermarks;
import io.github.auditstream.connect.office365.feed.retrieval.BlobFetch;
import io.github.auditstream.connect.office365.feed.retrieval.OverflowBlobs;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievalQueue;
import io.github.auditstream.connect.office365.model.ContentBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which blobs of a feed wait, are under way, are parked or are done, and how far the feed is with
 * them. Guarded by its monitor, which is the feed's lock; whoever uses it holds that, and never
 * waits while it does.
 */
final class FeedBlobs {
  private final RetrievalQueue queue;
  private final OverflowBlobs overflow = new OverflowBlobs();
  private final Duration overlap;
  private final int mostWaiting;
  private FeedState state;
  private Watermarks watermarks;

  /**
   * @param mostWaiting while so many listed blobs wait, no more are listed
   */
  FeedBlobs(FeedState state, RetrievalQueue queue, Duration overlap, int mostWaiting) {
    this.state = state;
    this.queue = queue;
    this.overlap = overlap;
    this.mostWaiting = mostWaiting;
    this.watermarks = new Watermarks(state, overlap);
  }

  FeedState state() {
    return state;
  }

  void state(FeedState next) {
    state = next;
  }

  /** Goes on from a state from which content is listed anew. */
  void restart(FeedState from) {
    state = from;
    watermarks = new Watermarks(from, overlap);
  }

  RetrievalQueue queue() {
    return queue;
  }

  OverflowBlobs overflow() {
    return overflow;
  }

  Watermarks watermarks() {
    return watermarks;
  }

  Duration overlap() {
    return overlap;
  }

  /** Whether a blob is on its way. */
  boolean holds(String contentId) {
    return queue.holds(contentId) || overflow.contains(contentId);
  }

  /** How many blobs are not read yet, but for those of what was left for later. */
  int waitingLive() {
    return queue.waitingLive() + overflow.size();
  }

  /** Whether there is room for more, where so many wait. */
  boolean hasRoom(int waiting, int more) {
    return waiting == 0 || waiting + more < mostWaiting;
  }

  /** How many blobs are parked. */
  int parked() {
    return state.parked().size() + overflow.size();
  }

  boolean isParked(String contentId) {
    return state.parked().containsKey(contentId);
  }

  /** Whether blobs that cannot be read are what keeps more from being listed. */
  boolean isFullOfUnreadable() {
    return queue.waiting() == 0 && 2 * overflow.size() >= mostWaiting;
  }

  /** Retrieves as many of the waiting blobs as may be. */
  void fill() {
    queue.fill(state.parked().size());
  }

  /** Whether a blob belongs to what was left for later. */
  boolean isOfBacklog(ContentBlob blob) {
    return isOfBacklog(blob.contentCreated());
  }

  private boolean isOfBacklog(Instant created) {
    return created.isBefore(state.completeUntil());
  }

  /** What is left for later and not listed yet. */
  Optional<Backlog> unlistedBacklog() {
    return state.backlog().flatMap(left -> left.before(watermarks.backlogListedFrom()));
  }

  /** How much content has not been listed. */
  Duration unlisted(Instant now) {
    Duration live = Duration.between(state.listedUntil(), now);
    return unlistedBacklog()
        .map(left -> live.plus(Duration.between(left.from(), left.until())))
        .orElse(live);
  }

  /** Takes into the state what follows for it from what is listed, and from what is under way. */
  void advanceWatermarks() {
    state =
        watermarks.advance(
            state,
            oldestUnderWay(),
            OverflowBlobs.later(
                queue.newestOfBacklog(fetch -> isUnparked(fetch) && isOfBacklog(fetch.blob())),
                overflow.newest(this::isOfBacklog)));
  }

  /** When the oldest blob was created that is neither parked nor of what was left for later. */
  @Nullable Instant oldestUnderWay() {
    boolean noBacklog = state.backlog().isEmpty();
    return OverflowBlobs.earlier(
        queue.oldest(fetch -> isUnparked(fetch) && (noBacklog || !isOfBacklog(fetch.blob()))),
        overflow.oldest(created -> noBacklog || !isOfBacklog(created)));
  }

  private boolean isUnparked(BlobFetch fetch) {
    return !isParked(fetch.blob().contentId());
  }
}
