package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A feed's blobs between their listing and their leaving: those that wait, and those that are being
 * retrieved, in the order in which they leave. Not safe for many threads but for {@link #isHead}.
 */
public final class RetrievalQueue {
  private final int length;
  private final Retriever retriever;
  private final WaitingBlobs waiting;
  private final WaitingBlobs waitingOfBacklog;
  private final Deque<BlobFetch> fetches = new ArrayDeque<>();
  private final Set<String> underWay = new HashSet<>();
  private volatile @Nullable BlobFetch head;

  /**
   * @param length how many blobs are retrieved ahead of the one that is handed over
   */
  public RetrievalQueue(ContentType contentType, int length, Retriever retriever) {
    this.length = length;
    this.waiting = new WaitingBlobs(contentType);
    this.waitingOfBacklog = new WaitingBlobs(contentType);
    this.retriever = retriever;
  }

  /** Whether a blob's records leave next. Safe for many threads. */
  public boolean isHead(BlobFetch fetch) {
    return head == fetch;
  }

  /** Whether a blob is here. */
  public boolean holds(String contentId) {
    return underWay.contains(contentId);
  }

  /** Takes a listed blob in, unless it is here already. */
  public boolean admit(ContentBlob blob, boolean ofBacklog) {
    boolean isNew = underWay.add(blob.contentId());
    if (isNew) {
      (ofBacklog ? waitingOfBacklog : waiting).add(blob);
    }
    return isNew;
  }

  /**
   * Retrieves as many of the waiting blobs as may be.
   *
   * @param parked how many blobs are parked
   */
  public void fill(int parked) {
    while (fetches.size() < longest(parked)) {
      Optional<ContentBlob> blob = waiting.takeOldest().or(waitingOfBacklog::takeNewest);
      if (blob.isEmpty()) {
        break;
      }
      retrieve(BlobFetch.whole(blob.get()));
    }
    headChanged();
  }

  private int longest(int parked) {
    return Math.min(length, FeedState.MOST_PARKED + FeedState.MORE_PARKED - parked);
  }

  /**
   * Retrieves a blob that was parked and is not in the offset.
   *
   * @param parked how many blobs are
   */
  public void fillWith(ParkedBlob parkedBlob, int parked) {
    if (fetches.size() < longest(parked)) {
      fillWith(parkedBlob);
    }
  }

  /** Retrieves a blob that was parked, where there is room and it is not here already. */
  public void fillWith(ParkedBlob parkedBlob) {
    // One more than the queue holds: while there is a backlog, it is always full.
    if (fetches.size() <= length && underWay.add(parkedBlob.blob().contentId())) {
      retrieve(BlobFetch.again(parkedBlob));
    }
  }

  public void retrieve(BlobFetch fetch) {
    underWay.add(fetch.blob().contentId());
    fetches.addLast(fetch);
    headChanged();
    retriever.retrieve(fetch);
  }

  /** The blob whose records leave next. */
  public @Nullable BlobFetch head() {
    return fetches.peekFirst();
  }

  /** The head has left. */
  public void removeHead() {
    underWay.remove(fetches.removeFirst().blob().contentId());
  }

  private void headChanged() {
    BlobFetch first = fetches.peekFirst();
    if (head != first) {
      head = first;
      retriever.headChanged();
    }
  }

  /** How many blobs wait, but for those of what was left for later. */
  public int waitingLive() {
    return waiting.size();
  }

  public int waiting() {
    return waiting.size() + waitingOfBacklog.size();
  }

  public int blobs() {
    return waiting() + fetches.size();
  }

  /**
   * When the oldest blob here was created.
   *
   * @param counts which of those being retrieved count
   */
  public @Nullable Instant oldest(Predicate<BlobFetch> counts) {
    Instant oldest = waiting.oldest().orElse(null);
    for (BlobFetch fetch : fetches) {
      Instant created = fetch.blob().contentCreated();
      if ((oldest == null || created.isBefore(oldest)) && counts.test(fetch)) {
        oldest = created;
      }
    }
    return oldest;
  }

  /**
   * When the newest blob of what was left for later was created.
   *
   * @param counts which of those being retrieved count
   */
  public @Nullable Instant newestOfBacklog(Predicate<BlobFetch> counts) {
    Instant newest = waitingOfBacklog.newest().orElse(null);
    for (BlobFetch fetch : fetches) {
      Instant created = fetch.blob().contentCreated();
      if ((newest == null || created.isAfter(newest)) && counts.test(fetch)) {
        newest = created;
      }
    }
    return newest;
  }
}
