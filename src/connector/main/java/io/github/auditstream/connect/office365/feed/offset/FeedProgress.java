package io.github.auditstream.connect.office365.feed.offset;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a source offset says of a feed's blobs. Unlike the records it does not depend on what has
 * reached Kafka.
 *
 * @param unfinished the contentIds of blobs that the feed has begun or parked, and that have no
 *     receipt for it yet
 * @param blobs knows which of the others are done
 * @param readFrom no blob created before this was ever to be read; empty where that is not known
 */
public record FeedProgress(Set<String> unfinished, Blobs blobs, Optional<Instant> readFrom) {
  private static final URI NOWHERE = URI.create("");

  /** Tells of a blob. */
  @FunctionalInterface
  public interface Blobs {
    /** Whether the feed takes it for done. */
    boolean areDone(String contentId, Instant contentCreated);
  }

  /**
   * Reads a source offset.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static FeedProgress read(FeedId feed, Map<String, ?> offset) {
    FeedState state = OffsetFormat.read(feed.contentType(), offset);
    Set<String> unfinished = new TreeSet<>(state.parked().keySet());
    state
        .position()
        .filter(position -> position.inside().isPresent())
        .ifPresent(position -> unfinished.add(position.contentId()));
    return new FeedProgress(
        unfinished,
        (contentId, created) ->
            state.knows(new ContentBlob(feed.contentType(), contentId, NOWHERE, created, created)),
        state.readFrom());
  }

  /** Whether the feed takes a blob for done: it has been read, or a dead letter says why not. */
  public boolean isDone(String contentId, Instant contentCreated) {
    return !unfinished.contains(contentId) && blobs.areDone(contentId, contentCreated);
  }
}
