package io.github.auditstream.connect.office365.feed.tenant;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a feed's requests last succeeded. It distinguishes what is wrong with one blob from what is
 * wrong with the whole feed. Safe for many threads.
 */
public final class FeedActivity {
  private final AtomicLong blobsRead = new AtomicLong();
  private volatile Instant lastRead = Instant.MIN;
  private volatile Instant lastListed = Instant.MIN;
  private volatile Instant refusedSince = Instant.MAX;

  /** A blob has been read to its end. */
  public void read(Instant now) {
    blobsRead.incrementAndGet();
    lastRead = now;
    refusedSince = Instant.MAX;
  }

  /** How many blobs have been read to their end since the start. */
  public long blobsRead() {
    return blobsRead.get();
  }

  /** Whether a blob has been read to its end after a time. */
  public boolean isReadSince(Instant time) {
    return lastRead.isAfter(time);
  }

  /** The feed's content, or some of it, has been listed. */
  public void listed(Instant now) {
    lastListed = now;
  }

  /**
   * A blob is refused as if the whole feed was, and none has been read since others were.
   *
   * @return whether content has been listed since that began, so that it is not the whole feed
   */
  public boolean isListedThoughRefused(Instant now) {
    if (refusedSince.isAfter(now)) {
      refusedSince = now;
    }
    return lastListed.isAfter(refusedSince);
  }

  /**
   * Since when only a listing can show whether the whole feed is refused, whether there is room for
   * what it brings or not; far in the future if nothing is refused, or it has been shown.
   */
  public Instant listingWantedSince() {
    return lastListed.isAfter(refusedSince) ? Instant.MAX : refusedSince;
  }
}
