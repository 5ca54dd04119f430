package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.feed.listing.ListingTarget;
import io.github.auditstream.connect.office365.feed.listing.ListingWindow;
import io.github.auditstream.connect.office365.feed.listing.SuspectEntries;
import io.github.auditstream.connect.office365.feed.offset.Backlog;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.Position;
import io.github.auditstream.connect.office365.feed.records.CatchUp;
import io.github.auditstream.connect.office365.feed.records.FeedReports;
import io.github.auditstream.connect.office365.feed.tenant.FeedActivity;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.feed.tenant.WakeUp;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The side of a feed that takes in what is listed. Takes the feed's lock for each call.
 *
 * @param blobs the feed's lock; it guards the reports and the progress as well
 */
record FeedIntake(
    FeedId id,
    TenantConnection connection,
    FeedHealth health,
    FeedActivity activity,
    FeedMetrics metrics,
    WakeUp wakeUp,
    FeedBlobs blobs,
    FeedReports reports,
    CatchUp catchUp)
    implements ListingTarget {

  /** The server sends its time in whole seconds, and its answer took a while. */
  private static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

  private static final Duration BETWEEN_GAPS = Duration.ofHours(1);

  @Override
  public FeedState state() {
    synchronized (blobs) {
      return blobs.state();
    }
  }

  @Override
  public boolean hasRoom(int more) {
    synchronized (blobs) {
      return !reports.hasRefused() && blobs.hasRoom(blobs.waitingLive(), more);
    }
  }

  @Override
  public boolean hasRoomForBacklog(int more) {
    synchronized (blobs) {
      int waiting = blobs.queue().waiting() + blobs.overflow().size();
      return !reports.hasRefused() && blobs.hasRoom(waiting, more);
    }
  }

  @Override
  public boolean isFullOfUnreadable() {
    synchronized (blobs) {
      return blobs.isFullOfUnreadable();
    }
  }

  @Override
  public void moveBeginning(Duration by) {
    synchronized (blobs) {
      FeedState state = blobs.state();
      blobs.restart(state.beginningAt(state.completeUntil().plus(by)));
    }
  }

  @Override
  public void bringBack(Instant now) {
    Instant latest = now.plus(CLOCKS_AGREE);
    synchronized (blobs) {
      FeedState state = blobs.state();
      boolean completeAhead = connection.isAhead(state.completeUntil(), CLOCKS_AGREE);
      if (!state.listedUntil().isAfter(latest) && !completeAhead) {
        return;
      }
      Instant wrong = completeAhead ? state.completeUntil() : state.listedUntil();
      Instant complete = state.completeUntil();
      if (completeAhead) {
        Instant lastRecord = state.position().map(Position::contentCreated).orElse(now);
        Instant known = lastRecord.isAfter(now) ? now : lastRecord;
        Instant earliest = ListingWindow.earliestBeginning(now);
        Instant wanted = known.minus(blobs.overlap());
        complete = wanted.isBefore(earliest) ? earliest : wanted;
      } else if (complete.isAfter(now)) {
        return;
      }
      blobs.restart(state.broughtBack(complete, now));
      health.broughtBack(wrong, complete, completeAhead, now);
    }
  }

  @Override
  public void leaveForLater(Instant before) {
    synchronized (blobs) {
      if (blobs.state().backlog().isEmpty() && blobs.waitingLive() == 0) {
        blobs.restart(blobs.state().leavingForLater(before));
      }
    }
  }

  @Override
  public Optional<Backlog> unlistedBacklog() {
    synchronized (blobs) {
      return blobs.unlistedBacklog();
    }
  }

  @Override
  public void backlogListedFrom(Instant from) {
    Instant now = connection.now();
    synchronized (blobs) {
      Duration before = blobs.unlisted(now);
      blobs.watermarks().backlogListedFrom(from);
      blobs.advanceWatermarks();
      Duration unlisted = blobs.unlisted(now);
      catchUp.listed(before.minus(unlisted), unlisted, now);
    }
  }

  @Override
  public void skipExpiredBacklog(Instant until) {
    synchronized (blobs) {
      blobs
          .unlistedBacklog()
          .filter(
              left ->
                  !until.isBefore(left.until())
                      || !until.isBefore(left.readUntil().plus(BETWEEN_GAPS)))
          .ifPresent(
              left -> {
                Instant end = until.isBefore(left.until()) ? until : left.until();
                if (left.readUntil().isBefore(end)) {
                  FeedStatus.Gap gap = new FeedStatus.Gap(left.readUntil(), end);
                  blobs.state(blobs.state().with(reports.gap(gap, blobs.state())));
                  metrics.gap(gap.length());
                }
                blobs.state(blobs.state().backlogExpiredUntil(end));
                blobs.advanceWatermarks();
              });
    }
  }

  @Override
  public Instant lookedBackUntil() {
    synchronized (blobs) {
      return blobs.watermarks().lookedBackUntil();
    }
  }

  @Override
  public void lookedBackUntil(Instant until) {
    synchronized (blobs) {
      blobs.watermarks().lookedBackUntil(until);
      blobs.advanceWatermarks();
    }
  }

  @Override
  public int admit(List<ContentBlob> listed) {
    int taken = 0;
    int late = 0;
    activity.listed(connection.now());
    synchronized (blobs) {
      for (ContentBlob blob : listed) {
        boolean ofBacklog = blobs.isOfBacklog(blob);
        boolean known = blobs.state().knows(blob) || blobs.overflow().contains(blob.contentId());
        if (!known && blobs.queue().admit(blob, ofBacklog)) {
          taken++;
          late += !ofBacklog && blobs.watermarks().hasListed(blob.contentCreated()) ? 1 : 0;
        }
      }
      metrics.listed(taken, late);
      catchUp.taken(taken);
      blobs.fill();
    }
    return taken;
  }

  @Override
  public List<RefusedEntry> unknown(List<RefusedEntry> refused, ListingWindow window) {
    List<RefusedEntry> unknown = new ArrayList<>();
    synchronized (blobs) {
      for (RefusedEntry entry : refused) {
        FeedState state = blobs.state();
        Optional<Instant> created = created(entry, window);
        boolean onItsWay = entry.contentId().filter(blobs::holds).isPresent();
        if (!state.knows(entry, created) && !onItsWay) {
          unknown.add(entry);
        } else if (created.isEmpty() && state.settled().contains(entry.key())) {
          // It is listed for whatever time is asked for: to be known as long as it is.
          blobs.state(state.afterRefusing(entry, listedUntil(entry, window)));
        }
      }
    }
    return unknown;
  }

  @Override
  public void refuse(List<RefusedEntry> refused, ListingWindow window) {
    if (refused.isEmpty()) {
      return;
    }
    Instant now = connection.now();
    synchronized (blobs) {
      for (RefusedEntry entry : refused) {
        FeedState before = blobs.state();
        FeedState after = before.afterRefusing(entry, listedUntil(entry, window));
        blobs.state(after);
        reports.refused(entry, before, after);
        health.refused(entry, now);
        metrics.refused();
      }
    }
    wakeUp.wake();
  }

  /** When an entry was created, as far as it can be believed. */
  private static Optional<Instant> created(RefusedEntry entry, ListingWindow window) {
    return entry.contentCreated().filter(time -> !SuspectEntries.isFar(time, window));
  }

  /** The latest time for which an entry can be expected to be listed, as far as is known. */
  private Instant listedUntil(RefusedEntry entry, ListingWindow window) {
    Instant last = window.end().minusMillis(1);
    return created(entry, window)
        .or(() -> entry.contentCreated().filter(time -> time.isAfter(last)))
        .filter(time -> !time.isAfter(connection.now()))
        .orElse(last);
  }

  @Override
  public void listedUntil(Instant until) {
    Instant now = connection.now();
    synchronized (blobs) {
      Instant before = blobs.state().listedUntil();
      blobs.state(blobs.state().afterListing(until));
      catchUp.listed(
          Duration.between(before, blobs.state().listedUntil()), blobs.unlisted(now), now);
      blobs.watermarks().listedUntil(until);
      blobs.advanceWatermarks();
    }
  }

  @Override
  public void skipExpired(Instant from, Instant until) {
    synchronized (blobs) {
      FeedStatus.Gap gap = new FeedStatus.Gap(from, until);
      blobs.state(blobs.state().afterGap(reports.gap(gap, blobs.state())));
      metrics.gap(gap.length());
      blobs.watermarks().expired(until);
      Instant oldest = blobs.oldestUnderWay();
      blobs.state(
          blobs.state().completeUntil(oldest != null && oldest.isBefore(until) ? oldest : until));
    }
  }
}
