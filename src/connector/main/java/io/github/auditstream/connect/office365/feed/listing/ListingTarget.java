package io.github.auditstream.connect.office365.feed.listing;

import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.feed.offset.Backlog;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.tenant.FeedActivity;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What listing needs of a feed: it takes in what is listed, and knows what is not. */
public interface ListingTarget {
  FeedId id();

  FeedHealth health();

  FeedActivity activity();

  FeedState state();

  /** Whether more blobs may be listed: so many, or zero for a few more. */
  boolean hasRoom(int blobs);

  /** Whether more of what was left for later may be listed: so many, or zero for a few more. */
  boolean hasRoomForBacklog(int blobs);

  /** Whether blobs that cannot be read are what keeps more from being listed. */
  boolean isFullOfUnreadable();

  /**
   * Takes in listed blobs: those that are neither done nor on their way.
   *
   * @return how many that are
   */
  int admit(List<ContentBlob> blobs);

  /**
   * Those of a page's refused entries that need attention.
   *
   * @param window that it was listed for
   */
  List<RefusedEntry> unknown(List<RefusedEntry> refused, ListingWindow window);

  /**
   * Gives up refused entries: each goes to the dead letters, with the next records and before any
   * whose offset knows of it.
   *
   * @param window that they were listed for
   */
  void refuse(List<RefusedEntry> refused, ListingWindow window);

  /** Moves the beginning of a feed of which nothing has been listed yet. */
  void moveBeginning(Duration by);

  /**
   * Brings back progress that lies in the future: nothing that is created until then would be
   * listed. Content is listed again from where it was complete, and what is remembered to be done
   * does not come twice. Where even that lies in the future, by the server's clock and by this
   * machine's, nobody knows what is done: content is listed again from the last record less the
   * overlap.
   *
   * @param now the server's time
   */
  void bringBack(Instant now);

  /**
   * Leaves what was created before a time for later, unless something is left already, or what was
   * listed before waits to be retrieved.
   */
  void leaveForLater(Instant before);

  /** Content has been listed to the end up to here, and everything listed has been admitted. */
  void listedUntil(Instant until);

  /** Listings that looked back over the whole overlap have come so far. */
  Instant lookedBackUntil();

  /** A listing that looked back over the whole overlap has come so far. */
  void lookedBackUntil(Instant until);

  /**
   * Content created in this span can no longer be listed: whatever was not listed before is lost.
   */
  void skipExpired(Instant from, Instant until);

  /** What is left for later and not listed yet. */
  Optional<Backlog> unlistedBacklog();

  /** What is left for later has been listed from here on. */
  void backlogListedFrom(Instant from);

  /**
   * What was left for later and can no longer be listed is lost. It becomes more with each minute,
   * so it is reported by the hour, and when it is all that is left.
   */
  void skipExpiredBacklog(Instant until);
}
