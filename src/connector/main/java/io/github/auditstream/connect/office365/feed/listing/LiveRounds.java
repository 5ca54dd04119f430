package io.github.auditstream.connect.office365.feed.listing;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.config.FeedSettings;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a feed's content up to now, in rounds, each from where the feed is incomplete. At the live
 * edge most rounds look back a few minutes; every tenth looks back over the whole overlap, for
 * blobs that became visible late. Not safe for many threads.
 */
final class LiveRounds implements Listing.Part {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRounds.class);
  private static final Duration EDGE = Duration.ofMinutes(10);

  /** A shorter span is listed with the rest. */
  private static final Duration WORTH_LEAVING = Duration.ofHours(1);

  private static final int ROUNDS_TO_A_LONG_LOOK = 10;

  /**
   * A listing up to a fixed time.
   *
   * @param longLook whether it looks back over the whole overlap
   */
  private record Round(Instant cursor, Instant until, boolean longLook) {}

  private final ListingTarget feed;
  private final TenantConnection connection;
  private final Duration overlap;
  private final CatchUpOrder order;
  private boolean ownClockBegan;
  private long rounds;
  private @Nullable Round round;

  /**
   * @param ownClockBegan whether the feed begins now, by this machine's clock
   */
  LiveRounds(
      ListingTarget feed,
      TenantConnection connection,
      FeedSettings settings,
      boolean ownClockBegan) {
    this.feed = feed;
    this.connection = connection;
    this.overlap = settings.overlap();
    this.order = settings.order();
    this.ownClockBegan = ownClockBegan;
  }

  @Override
  public boolean hasRoom(int blobs) {
    return feed.hasRoom(blobs);
  }

  /** The next window of this round; where there is none left, the round is over. */
  @Override
  public Optional<ListingWindow> next(Duration longest, Instant now) {
    if (ownClockBegan) {
      ownClockBegan = false;
      beginByTheServersClock();
    }
    Round going = round;
    if (going == null) {
      feed.bringBack(now);
      boolean longLook = rounds % ROUNDS_TO_A_LONG_LOOK == 0;
      if (order == CatchUpOrder.NEWEST_FIRST) {
        leaveOldForLater(now);
      }
      going = new Round(roundStart(longLook), now, longLook);
    }
    reportGap(going, now);
    Optional<ListingWindow> planned =
        ListingWindow.between(going.cursor(), going.until(), longest, now);
    round = planned.isEmpty() ? null : going;
    if (planned.isEmpty()) {
      rounds++;
    }
    return planned;
  }

  /**
   * Now, at the first listing, it is known: a first start must neither skip content nor miss any.
   */
  private void beginByTheServersClock() {
    Duration skew = connection.api().serverClockSkew();
    if (skew.abs().compareTo(ListingWindow.CLOCKS_AGREE) > 0) {
      LOG.warn(
          "Feed {}: the server's clock is {} s {} this machine's; the feed begins by the server's."
              + " Set the clock.",
          feed.id(),
          skew.abs().toSeconds(),
          skew.isNegative() ? "behind" : "ahead of");
      feed.moveBeginning(skew);
    }
  }

  /**
   * What is older than the overlap waits until what is newer has been listed. Whole hours, since
   * the settled blobs are remembered by the hour.
   */
  private void leaveOldForLater(Instant now) {
    Instant border = now.minus(overlap).truncatedTo(ChronoUnit.HOURS);
    if (feed.state().listedUntil().plus(WORTH_LEAVING).isBefore(border)) {
      feed.leaveForLater(border);
    }
  }

  /** A task that was away for longer than the API keeps content has missed some, and says so. */
  private void reportGap(Round going, Instant now) {
    Instant listedUntil = feed.state().listedUntil();
    // What the last run had listed and not read is listed anew; what this one has is still in hand.
    Instant known = rounds == 0 ? feed.state().readUntil() : listedUntil;
    Instant unlisted = known.isAfter(going.cursor()) ? known : going.cursor();
    Instant earliest = ListingWindow.earliestStart(now);
    feed.skipExpiredBacklog(earliest);
    if (unlisted.isBefore(earliest)) {
      feed.skipExpired(unlisted, earliest);
    }
  }

  private Instant roundStart(boolean longLook) {
    FeedState state = feed.state();
    if (rounds == 0) {
      return state.completeUntil();
    }
    Duration edge = overlap.compareTo(EDGE) < 0 ? overlap : EDGE;
    Instant start =
        longLook ? feed.lookedBackUntil().minus(overlap) : state.listedUntil().minus(edge);
    return start.isBefore(state.completeUntil()) ? state.completeUntil() : start;
  }

  @Override
  public void listed(ListingWindow window) {
    feed.listedUntil(window.end());
    Round going = round;
    if (going != null) {
      if (going.longLook()) {
        feed.lookedBackUntil(window.end());
      }
      round = new Round(window.end(), going.until(), going.longLook());
    }
  }
}
