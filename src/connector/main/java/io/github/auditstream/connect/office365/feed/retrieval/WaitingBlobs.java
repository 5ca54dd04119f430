package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The listed blobs of a feed that wait to be retrieved, by creation. Not safe for many threads. */
public final class WaitingBlobs {
  /** While so many blobs wait, no more are listed; enough for a minute at Microsoft's quota. */
  private static final int MOST_OF_A_FEED = 2_000;

  /** What the feeds of a task share: with many of them, each has less. */
  private static final int MOST_OF_A_TASK = 50_000;

  private static final int LEAST_OF_A_FEED = 100;

  private final ContentType contentType;
  private final TreeSet<WaitingBlob> blobs = new TreeSet<>();
  private @Nullable WaitingBlob last;

  public WaitingBlobs(ContentType contentType) {
    this.contentType = contentType;
  }

  /**
   * While so many blobs of a feed wait, no more are listed.
   *
   * @param feeds of the task, at least one
   */
  public static int most(int feeds) {
    return Math.max(LEAST_OF_A_FEED, Math.min(MOST_OF_A_FEED, MOST_OF_A_TASK / feeds));
  }

  void add(ContentBlob blob) {
    WaitingBlob compact = WaitingBlob.of(blob);
    WaitingBlob added = last == null ? compact : compact.sharing(last);
    blobs.add(added);
    last = added;
  }

  Optional<ContentBlob> takeOldest() {
    return Optional.ofNullable(blobs.pollFirst()).map(waiting -> waiting.blob(contentType));
  }

  Optional<ContentBlob> takeNewest() {
    return Optional.ofNullable(blobs.pollLast()).map(waiting -> waiting.blob(contentType));
  }

  Optional<Instant> newest() {
    return blobs.isEmpty() ? Optional.empty() : Optional.of(blobs.last().contentCreated());
  }

  Optional<Instant> oldest() {
    return blobs.isEmpty() ? Optional.empty() : Optional.of(blobs.first().contentCreated());
  }

  boolean isEmpty() {
    return blobs.isEmpty();
  }

  int size() {
    return blobs.size();
  }
}
