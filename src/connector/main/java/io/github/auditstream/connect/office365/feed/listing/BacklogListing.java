package io.github.auditstream.connect.office365.feed.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lists what a feed has left for later, window by window from its newest end. */
record BacklogListing(ListingTarget feed) implements Listing.Part {

  @Override
  public boolean hasRoom(int blobs) {
    return feed.hasRoomForBacklog(blobs);
  }

  @Override
  public Optional<ListingWindow> next(Duration longest, Instant now) {
    feed.skipExpiredBacklog(ListingWindow.earliestStart(now));
    return feed.unlistedBacklog()
        .flatMap(left -> ListingWindow.endOf(left.from(), left.until(), longest, now));
  }

  @Override
  public void listed(ListingWindow window) {
    feed.backlogListedFrom(window.start());
  }
}
