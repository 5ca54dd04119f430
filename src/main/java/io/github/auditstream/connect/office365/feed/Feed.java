package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ContentBlob;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The content blobs of one tenant and content type on their way to Kafka: which are waiting, which
 * are being retrieved and in which order they leave. A listed blob is admitted once, retrieved with
 * others at the same time, and handed over whole before the next one; the state that travels with
 * each record says exactly what has left.
 *
 * <p>The lister admits, fetchers fill, the task's thread drains. Everything is guarded by one lock
 * that is never held while waiting.
 */
final class Feed implements DeliveryWatch.Watched {
  private static final Duration BETWEEN_GAPS = Duration.ofHours(1);

  private final FeedId id;
  private final TenantLine line;
  private final FeedTools tools;
  private final FeedRecords records;
  private final FeedHealth health;
  private final FeedMetrics metrics;
  private final ByteBudget.Share budget;
  private final RequestSlots.Share retrievals;
  private final Object lock = new Object();

  // Guarded by lock
  private FeedState state;
  private final Lane lane;
  private final LastFailures lastFailures;
  private final FeedReports reports;
  private final CatchUp catchUp;
  private Runnable subscriptionDoubt = () -> {};
  private Lines lines;

  private final AtomicLong blobsRead = new AtomicLong();

  /**
   * @param laneLength how many blobs are retrieved ahead of the one that is handed over
   */
  Feed(
      FeedId id,
      FeedState state,
      TenantLine line,
      FeedTools tools,
      int laneLength,
      FeedRecords records,
      FeedMetrics metrics) {
    this.id = id;
    this.state = state;
    this.line = line;
    this.tools = tools;
    this.records = records;
    this.metrics = metrics;
    this.lane =
        new Lane(
            laneLength,
            new WaitingBlobs(id.contentType()),
            new WaitingBlobs(id.contentType()),
            new Fetchers());
    this.health = new FeedHealth(id);
    this.reports = new FeedReports(id, health, records);
    this.catchUp = new CatchUp(id, tools.settings().pollInterval());
    this.budget = tools.budget().share();
    this.retrievals = tools.retrievals().share();
    this.lastFailures = new LastFailures(tools.budget());
    this.lines = new Lines(state, tools.settings().overlap());
  }

  FeedId id() {
    return id;
  }

  FeedHealth health() {
    return health;
  }

  @Override
  public Deliveries deliveries() {
    return records.deliveries();
  }

  @Override
  public void undelivered(String reason) {
    health.undelivered(reason, line.now());
  }

  @Override
  public void delivered() {
    health.well(FeedHealth.Part.DELIVERY);
  }

  /** The bytes that its events may hold on their way. */
  ByteBudget.Share budget() {
    return budget;
  }

  /** Its part of the retrievals that a task has under way. */
  RequestSlots.Share retrievals() {
    return retrievals;
  }

  FeedState state() {
    synchronized (lock) {
      return state;
    }
  }

  /** Whether more blobs may be listed: so many, or zero for a few more. */
  boolean hasRoom(int blobs) {
    synchronized (lock) {
      int waiting = lane.waitingLive();
      return waiting == 0 || waiting + blobs < tools.mostWaiting();
    }
  }

  /** Whether there are more blobs than can be retrieved at once. */
  boolean hasBacklog() {
    synchronized (lock) {
      return lane.waiting() > 0;
    }
  }

  /** Whether more of what was left for later may be listed: so many, or zero for a few more. */
  boolean hasRoomForBacklog(int blobs) {
    synchronized (lock) {
      int waiting = lane.waiting();
      return waiting == 0 || waiting + blobs < tools.mostWaiting();
    }
  }

  boolean isNextInLine(BlobFetch fetch) {
    return lane.isNextInLine(fetch);
  }

  /** Moves the beginning of a feed of which nothing has been listed yet. */
  void moveBeginning(Duration by) {
    synchronized (lock) {
      state = state.beginningAt(state.completeUntil().plus(by));
      lines = new Lines(state, tools.settings().overlap());
    }
  }

  /**
   * Leaves what was created before a time for later, unless something is left already, or what was
   * listed before waits to be retrieved.
   */
  void leaveForLater(Instant before) {
    synchronized (lock) {
      if (state.backlog().isEmpty() && lane.waitingLive() == 0) {
        state = state.leavingForLater(before);
        lines = new Lines(state, tools.settings().overlap());
      }
    }
  }

  /** What is left for later and not listed yet. */
  Optional<Backlog> unlistedBacklog() {
    synchronized (lock) {
      return state.backlog().flatMap(left -> left.before(lines.backlogListedFrom()));
    }
  }

  /** What is left for later has been listed from here on. */
  void backlogListedFrom(Instant from) {
    Instant now = line.now();
    synchronized (lock) {
      Duration before = unlisted(now);
      lines.backlogListedFrom(from);
      moveLines();
      catchUp.listed(before.minus(unlisted(now)), unlisted(now), now);
    }
  }

  /**
   * What was left for later and can no longer be listed is lost. It becomes more with each minute,
   * so it is told by the hour, and when it is all that is left.
   */
  void skipExpiredBacklog(Instant until) {
    synchronized (lock) {
      unlistedBacklog()
          .filter(
              left ->
                  !until.isBefore(left.until())
                      || !until.isBefore(left.readUntil().plus(BETWEEN_GAPS)))
          .ifPresent(
              left -> {
                Instant end = until.isBefore(left.until()) ? until : left.until();
                if (left.readUntil().isBefore(end)) {
                  FeedStatus.Gap gap = new FeedStatus.Gap(left.readUntil(), end);
                  state = state.with(reports.gap(gap, state));
                  metrics.gap(gap.length());
                }
                state = state.backlogExpiredUntil(end);
                moveLines();
              });
    }
  }

  /** A blob has been read to its end. */
  void read() {
    blobsRead.incrementAndGet();
    health.retrieved(line.api().quota().isPaused());
  }

  /** How many blobs have been read to their end since the start. */
  long blobsRead() {
    return blobsRead.get();
  }

  /** Listings that looked back over the whole overlap have come so far. */
  Instant lookedBackUntil() {
    synchronized (lock) {
      return lines.lookedBackUntil();
    }
  }

  /** A listing that looked back over the whole overlap has come so far. */
  void lookedBackUntil(Instant until) {
    synchronized (lock) {
      lines.lookedBackUntil(until);
      moveLines();
    }
  }

  /** What to call when a retrieval is told that there is no subscription; set before the start. */
  void onSubscriptionDoubt(Runnable call) {
    synchronized (lock) {
      subscriptionDoubt = call;
    }
  }

  void doubtSubscription() {
    Runnable call;
    synchronized (lock) {
      call = subscriptionDoubt;
    }
    call.run();
  }

  /**
   * Takes up the blob in which the last run stopped, before any other: another blob's records would
   * overwrite the place in it that the offset remembers.
   */
  void resume() {
    synchronized (lock) {
      state
          .position()
          .flatMap(
              position ->
                  position.unfinished(
                      id.contentType(),
                      Optional.ofNullable(state.parked().get(position.contentId()))))
          .ifPresent(lane::retrieve);
    }
  }

  /**
   * Takes in listed blobs: those that are neither done nor on their way.
   *
   * @return how many that are
   */
  int admit(List<ContentBlob> blobs) {
    int taken = 0;
    int late = 0;
    synchronized (lock) {
      for (ContentBlob blob : blobs) {
        boolean ofBacklog = isOfBacklog(blob);
        if (!state.knows(blob) && lane.admit(blob, ofBacklog)) {
          taken++;
          late += !ofBacklog && lines.hasListed(blob.contentCreated()) ? 1 : 0;
        }
      }
      metrics.listed(taken, late);
      catchUp.taken(taken);
      lane.fill(state.parked().size());
    }
    return taken;
  }

  /** Content has been listed to the end up to here, and everything listed has been admitted. */
  void listedUntil(Instant until) {
    Instant now = line.now();
    synchronized (lock) {
      Instant before = state.listedUntil();
      state = state.afterListing(until);
      catchUp.listed(Duration.between(before, state.listedUntil()), unlisted(now), now);
      lines.listedUntil(until);
      moveLines();
    }
  }

  /**
   * Content created in this span can no longer be listed: whatever was not listed before is lost.
   */
  void skipExpired(Instant from, Instant until) {
    synchronized (lock) {
      FeedStatus.Gap gap = new FeedStatus.Gap(from, until);
      state = state.afterGap(reports.gap(gap, state));
      metrics.gap(gap.length());
      lines.expired(until);
      Instant oldest = oldestUnderWay();
      state = state.completeUntil(oldest != null && oldest.isBefore(until) ? oldest : until);
    }
  }

  /**
   * Hands over what is ready, in order, with the offset that is true once it is in Kafka.
   *
   * @param most records that {@code out} may hold afterwards; a blob's last records can exceed it
   *     by a few
   * @param mostBytes of the heap that what is handed over may take; one element can exceed it
   * @return how many it takes
   */
  long drain(List<SourceRecord> out, int most, long mostBytes) {
    Instant now = line.now();
    long givenBack = 0;
    int events = 0;
    synchronized (lock) {
      reports.addGap(out, state, lane.blobs(), now);
      reviveParked(now);
      while (out.size() < most && givenBack < mostBytes) {
        BlobFetch head = lane.head();
        if (head == null) {
          break;
        }
        Optional<BlobFetch.Arrived> arrived = head.takeArrived();
        if (arrived.isPresent()) {
          handOver(head, arrived.get(), out, now);
          givenBack += arrived.get().heldBytes();
          events += arrived.get().element() instanceof BlobElement.Event ? 1 : 0;
          continue;
        }
        Optional<BlobEnd> end = head.endIfEmptied();
        if (end.isEmpty()) {
          break;
        }
        finish(head, end.get(), out, now);
        givenBack += end.get().heldBytes();
      }
      boolean progressDue = catchUp.look(state.allReadUntil(), unlisted(now), lane.waiting(), now);
      if (reports.isStatusDue(now) || progressDue) {
        reports.addStatus(
            out, state, lane.blobs(), catchUp.status(unlisted(now), lane.blobs(), now), now);
        metrics.heartbeat(now);
      }
      metrics.stands(
          state.allReadUntil(), lane.blobs(), state.parked().size(), health.problem().isPresent());
    }
    metrics.produced(events);
    if (givenBack > 0) {
      budget.giveBack(givenBack);
    }
    return givenBack;
  }

  private void handOver(
      BlobFetch head, BlobFetch.Arrived arrived, List<SourceRecord> out, Instant now) {
    ContentBlob blob = head.blob();
    if (arrived.element() instanceof BlobElement.Event event) {
      state = state.afterRecord(blob, event.index(), arrived.eventId(), arrived.deadLettered());
      out.add(records.event(blob, arrived.eventId(), event.event(), state, now));
      catchUp.eventDone();
    } else if (arrived.element() instanceof BlobElement.Refused refused) {
      FeedState before = state;
      state = state.afterRecord(blob, refused.index(), Optional.empty(), arrived.deadLettered());
      out.addAll(records.refused(head, refused, before, state, now));
      metrics.deadLettered();
    }
  }

  private void finish(BlobFetch head, BlobEnd end, List<SourceRecord> out, Instant now) {
    ContentBlob blob = head.blob();
    lane.removeHead();
    if (end instanceof BlobEnd.Read read) {
      settle(blob);
      out.add(records.receipt(head, read, state, now));
      metrics.receipt(read.bytes());
    } else if (end instanceof BlobEnd.Parked parked) {
      state = state.afterParking(parked.aside());
      if (state.parked().size() >= Lane.MOST_PARKED) {
        health.trouble(FeedHealth.Part.RETRIEVAL, parked.why(), now);
      }
      lastFailures.keep(parked);
      moveLines();
    } else if (end instanceof BlobEnd.Lost lost) {
      BlobEnd.Lost told =
          lastFailures.told(blob.contentId(), lost, state.parked().get(blob.contentId()));
      out.addAll(records.lost(head, told, state, now));
      settle(blob);
      out.add(records.receipt(head, told, state, now));
      metrics.deadLettered();
      metrics.receipt(0);
    }
    lane.fill(state.parked().size());
  }

  private void settle(ContentBlob blob) {
    state = state.afterSettling(blob);
    lastFailures.forget(blob.contentId());
    catchUp.blobDone();
    moveLines();
    if (lane.blobs() == 0 && state.parked().size() < Lane.MOST_PARKED) {
      // Whatever kept blobs from being read, there is none left that it could keep.
      health.well(FeedHealth.Part.RETRIEVAL);
    }
  }

  /** How much content has not been listed. */
  private Duration unlisted(Instant now) {
    Duration live = Duration.between(state.listedUntil(), now);
    return unlistedBacklog()
        .map(left -> live.plus(Duration.between(left.from(), left.until())))
        .orElse(live);
  }

  private void reviveParked(Instant now) {
    if (!line.heardOf()) {
      // Whether a blob has expired is a matter of the server's clock.
      return;
    }
    for (ParkedBlob aside : state.parked().values()) {
      if (!now.isBefore(aside.retryAt())) {
        lane.fillWith(aside);
      }
    }
  }

  private final class Fetchers implements Lane.Retriever {
    @Override
    public void retrieve(BlobFetch fetch) {
      line.slots().submit(new Retrieval(fetch, Feed.this, line, tools));
    }

    @Override
    public void lineMoved() {
      tools.budget().lineMoved();
      line.slots().lineMoved();
      retrievals.dueChanged();
    }
  }

  private void moveLines() {
    state =
        lines.move(
            state,
            oldestUnderWay(),
            lane.newestOfBacklog(fetch -> isUnparked(fetch) && isOfBacklog(fetch.blob())));
  }

  private @Nullable Instant oldestUnderWay() {
    boolean noBacklog = state.backlog().isEmpty();
    return lane.oldest(fetch -> isUnparked(fetch) && (noBacklog || !isOfBacklog(fetch.blob())));
  }

  private boolean isOfBacklog(ContentBlob blob) {
    return blob.contentCreated().isBefore(state.completeUntil());
  }

  private boolean isUnparked(BlobFetch fetch) {
    return !state.parked().containsKey(fetch.blob().contentId());
  }
}
