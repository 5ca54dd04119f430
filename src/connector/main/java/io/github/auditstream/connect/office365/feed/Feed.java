package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.feed.listing.EntryDoubts;
import io.github.auditstream.connect.office365.feed.listing.ListingWindow;
import io.github.auditstream.connect.office365.feed.offset.Backlog;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.feed.offset.Position;
import io.github.auditstream.connect.office365.feed.offset.Watermarks;
import io.github.auditstream.connect.office365.feed.records.CatchUp;
import io.github.auditstream.connect.office365.feed.records.Deliveries;
import io.github.auditstream.connect.office365.feed.records.FeedRecords;
import io.github.auditstream.connect.office365.feed.records.FeedReports;
import io.github.auditstream.connect.office365.feed.retrieval.BlobEnd;
import io.github.auditstream.connect.office365.feed.retrieval.BlobFetch;
import io.github.auditstream.connect.office365.feed.retrieval.ByteBudget;
import io.github.auditstream.connect.office365.feed.retrieval.FailurePolicy;
import io.github.auditstream.connect.office365.feed.retrieval.LastFailures;
import io.github.auditstream.connect.office365.feed.retrieval.OverflowBlobs;
import io.github.auditstream.connect.office365.feed.retrieval.Retrieval;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievalQueue;
import io.github.auditstream.connect.office365.feed.retrieval.WaitingBlobs;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
public final class Feed implements DeliveryWatch.Watched {
  /** The server tells its time in whole seconds, and its answer took a while. */
  private static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

  private static final Duration BETWEEN_GAPS = Duration.ofHours(1);

  private final FeedId id;
  private final TenantConnection connection;
  private final FeedTools tools;
  private final FeedRecords records;
  private final FeedHealth health;
  private final FeedMetrics metrics;
  private final ByteBudget.Share budget;
  private final RequestSlots.Share retrievals;
  private final Object lock = new Object();

  // Guarded by lock
  private FeedState state;
  private final RetrievalQueue queue;
  private final LastFailures lastFailures;
  private final OverflowBlobs overflow = new OverflowBlobs();
  private final FeedReports reports;
  private final CatchUp catchUp;
  private Runnable subscriptionDoubt = () -> {};
  private Watermarks watermarks;

  private final AtomicLong blobsRead = new AtomicLong();
  private volatile Instant lastRead = Instant.MIN;
  private volatile Instant lastListed = Instant.MIN;
  private volatile Instant refusedSince = Instant.MAX;

  /**
   * @param queueLength how many blobs are retrieved ahead of the one that is handed over
   */
  Feed(
      FeedId id,
      FeedState state,
      TenantConnection connection,
      FeedTools tools,
      int queueLength,
      FeedRecords records,
      FeedMetrics metrics) {
    this.id = id;
    this.state = state;
    this.connection = connection;
    this.tools = tools;
    this.records = records;
    this.metrics = metrics;
    this.queue =
        new RetrievalQueue(
            queueLength,
            new WaitingBlobs(id.contentType()),
            new WaitingBlobs(id.contentType()),
            new Fetchers());
    this.health = new FeedHealth(id);
    this.reports = new FeedReports(id, health, records);
    this.catchUp = new CatchUp(id, tools.settings().pollInterval());
    this.budget = tools.budget().share();
    this.retrievals = tools.retrievals().share();
    this.lastFailures = new LastFailures(tools.budget());
    this.watermarks = new Watermarks(state, tools.settings().overlap());
  }

  public FeedId id() {
    return id;
  }

  public FeedHealth health() {
    return health;
  }

  @Override
  public Deliveries deliveries() {
    return records.deliveries();
  }

  @Override
  public void undelivered(String reason) {
    health.undelivered(reason, connection.now());
  }

  @Override
  public void delivered() {
    health.well(FeedHealth.Part.DELIVERY);
  }

  /** The bytes that its events may hold on their way. */
  public ByteBudget.Share budget() {
    return budget;
  }

  /** Its part of the retrievals that a task has under way. */
  public RequestSlots.Share retrievals() {
    return retrievals;
  }

  public FeedState state() {
    synchronized (lock) {
      return state;
    }
  }

  /** Whether more blobs may be listed: so many, or zero for a few more. */
  public boolean hasRoom(int blobs) {
    synchronized (lock) {
      int waiting = queue.waitingLive() + overflow.size();
      return !reports.hasRefused() && (waiting == 0 || waiting + blobs < tools.mostWaiting());
    }
  }

  /** Whether there are more blobs than can be retrieved at once. */
  boolean hasBacklog() {
    synchronized (lock) {
      return queue.waiting() > 0;
    }
  }

  /** Whether more of what was left for later may be listed: so many, or zero for a few more. */
  public boolean hasRoomForBacklog(int blobs) {
    synchronized (lock) {
      int waiting = queue.waiting() + overflow.size();
      return !reports.hasRefused() && (waiting == 0 || waiting + blobs < tools.mostWaiting());
    }
  }

  public boolean isHead(BlobFetch fetch) {
    return queue.isHead(fetch);
  }

  /** Moves the beginning of a feed of which nothing has been listed yet. */
  public void moveBeginning(Duration by) {
    synchronized (lock) {
      state = state.beginningAt(state.completeUntil().plus(by));
      watermarks = new Watermarks(state, tools.settings().overlap());
    }
  }

  /**
   * Brings back progress that lies in the future: nothing that is created until then would be
   * listed. Content is listed again from where it was complete, and what is remembered to be done
   * does not come twice. Where even that lies in the future, by the server's clock and by this
   * machine's, nobody knows what is done: content is listed again from the last record less the
   * overlap.
   *
   * @param now the server's time
   */
  public void bringBack(Instant now) {
    Instant latest = now.plus(CLOCKS_AGREE);
    synchronized (lock) {
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
        Instant wanted = known.minus(tools.settings().overlap());
        complete = wanted.isBefore(earliest) ? earliest : wanted;
      } else if (complete.isAfter(now)) {
        return;
      }
      state = state.broughtBack(complete, now);
      watermarks = new Watermarks(state, tools.settings().overlap());
      health.broughtBack(wrong, complete, completeAhead, now);
    }
  }

  /**
   * Leaves what was created before a time for later, unless something is left already, or what was
   * listed before waits to be retrieved.
   */
  public void leaveForLater(Instant before) {
    synchronized (lock) {
      if (state.backlog().isEmpty() && queue.waitingLive() + overflow.size() == 0) {
        state = state.leavingForLater(before);
        watermarks = new Watermarks(state, tools.settings().overlap());
      }
    }
  }

  /** What is left for later and not listed yet. */
  public Optional<Backlog> unlistedBacklog() {
    synchronized (lock) {
      return state.backlog().flatMap(left -> left.before(watermarks.backlogListedFrom()));
    }
  }

  /** What is left for later has been listed from here on. */
  public void backlogListedFrom(Instant from) {
    Instant now = connection.now();
    synchronized (lock) {
      Duration before = unlisted(now);
      watermarks.backlogListedFrom(from);
      advanceWatermarks();
      catchUp.listed(before.minus(unlisted(now)), unlisted(now), now);
    }
  }

  /**
   * What was left for later and can no longer be listed is lost. It becomes more with each minute,
   * so it is told by the hour, and when it is all that is left.
   */
  public void skipExpiredBacklog(Instant until) {
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
                advanceWatermarks();
              });
    }
  }

  /** A blob has been read to its end. */
  public void read() {
    blobsRead.incrementAndGet();
    lastRead = connection.now();
    refusedSince = Instant.MAX;
    health.retrieved(connection.api().quota().isPaused());
  }

  /** How many blobs have been read to their end since the start. */
  public long blobsRead() {
    return blobsRead.get();
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
   * Since when only a listing can tell whether the whole feed is refused, whether there is room for
   * what it brings or not; far in the future if nothing is refused, or it has been told.
   */
  public Instant listingWantedSince() {
    return lastListed.isAfter(refusedSince) ? Instant.MAX : refusedSince;
  }

  /** The feed's content, or some of it, has been listed. */
  public void listed() {
    lastListed = connection.now();
  }

  /** Listings that looked back over the whole overlap have come so far. */
  public Instant lookedBackUntil() {
    synchronized (lock) {
      return watermarks.lookedBackUntil();
    }
  }

  /** A listing that looked back over the whole overlap has come so far. */
  public void lookedBackUntil(Instant until) {
    synchronized (lock) {
      watermarks.lookedBackUntil(until);
      advanceWatermarks();
    }
  }

  /** What to call when a retrieval is told that there is no subscription; set before the start. */
  void onSubscriptionDoubt(Runnable call) {
    synchronized (lock) {
      subscriptionDoubt = call;
    }
  }

  public void doubtSubscription() {
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
                  BlobFetch.unfinished(
                      id.contentType(),
                      position,
                      Optional.ofNullable(state.parked().get(position.contentId()))))
          .ifPresent(queue::retrieve);
    }
  }

  /**
   * Takes in listed blobs: those that are neither done nor on their way.
   *
   * @return how many that are
   */
  public int admit(List<ContentBlob> blobs) {
    int taken = 0;
    int late = 0;
    listed();
    synchronized (lock) {
      for (ContentBlob blob : blobs) {
        boolean ofBacklog = isOfBacklog(blob);
        boolean known = state.knows(blob) || overflow.contains(blob.contentId());
        if (!known && queue.admit(blob, ofBacklog)) {
          taken++;
          late += !ofBacklog && watermarks.hasListed(blob.contentCreated()) ? 1 : 0;
        }
      }
      metrics.listed(taken, late);
      catchUp.taken(taken);
      queue.fill(state.parked().size());
    }
    return taken;
  }

  /**
   * Those of a page's refused entries that need attention.
   *
   * @param window that it was listed for
   */
  public List<RefusedEntry> unknown(List<RefusedEntry> refused, ListingWindow window) {
    List<RefusedEntry> unknown = new ArrayList<>();
    synchronized (lock) {
      for (RefusedEntry entry : refused) {
        Optional<Instant> created = created(entry, window);
        boolean onItsWay =
            entry.contentId().filter(id -> queue.holds(id) || overflow.contains(id)).isPresent();
        if (!state.knows(entry, created) && !onItsWay) {
          unknown.add(entry);
        } else if (created.isEmpty() && state.settled().contains(entry.key())) {
          // It is listed for whatever time is asked for: to be known as long as it is.
          state = state.afterRefusing(entry, listedUntil(entry, window));
        }
      }
    }
    return unknown;
  }

  /**
   * Gives up refused entries: each goes to the dead letters, with the next records and before any
   * whose offset knows of it.
   *
   * @param window that they were listed for
   */
  public void refuse(List<RefusedEntry> refused, ListingWindow window) {
    if (refused.isEmpty()) {
      return;
    }
    Instant now = connection.now();
    synchronized (lock) {
      for (RefusedEntry entry : refused) {
        FeedState before = state;
        state = state.afterRefusing(entry, listedUntil(entry, window));
        reports.refused(entry, before, state);
        health.refused(entry, now);
        metrics.refused();
      }
    }
    tools.wakeUp().wake();
  }

  /** When an entry was created, as far as it can be believed. */
  private static Optional<Instant> created(RefusedEntry entry, ListingWindow window) {
    return entry.contentCreated().filter(time -> !EntryDoubts.isFar(time, window));
  }

  /** The latest time for which an entry can be expected to be listed, as far as is known. */
  private Instant listedUntil(RefusedEntry entry, ListingWindow window) {
    Instant last = window.end().minusMillis(1);
    return created(entry, window)
        .or(() -> entry.contentCreated().filter(time -> time.isAfter(last)))
        .filter(time -> !time.isAfter(connection.now()))
        .orElse(last);
  }

  /** Content has been listed to the end up to here, and everything listed has been admitted. */
  public void listedUntil(Instant until) {
    Instant now = connection.now();
    synchronized (lock) {
      Instant before = state.listedUntil();
      state = state.afterListing(until);
      catchUp.listed(Duration.between(before, state.listedUntil()), unlisted(now), now);
      watermarks.listedUntil(until);
      advanceWatermarks();
    }
  }

  /**
   * Content created in this span can no longer be listed: whatever was not listed before is lost.
   */
  public void skipExpired(Instant from, Instant until) {
    synchronized (lock) {
      FeedStatus.Gap gap = new FeedStatus.Gap(from, until);
      state = state.afterGap(reports.gap(gap, state));
      metrics.gap(gap.length());
      watermarks.expired(until);
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
    Instant now = connection.now();
    long givenBack = 0;
    int events = 0;
    synchronized (lock) {
      reports.addUntold(out, state, queue.blobs(), now).forEach(unused -> metrics.deadLettered());
      reviveParked(now);
      while (out.size() < most && givenBack < mostBytes) {
        BlobFetch head = queue.head();
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
      boolean progressDue = catchUp.look(state.allReadUntil(), unlisted(now), queue.waiting(), now);
      if (reports.isStatusDue(now) || progressDue) {
        reports.addStatus(
            out,
            state,
            queue.blobs(),
            state.parked().size() + overflow.size(),
            catchUp.status(unlisted(now), queue.blobs(), now),
            now);
        metrics.heartbeat(now);
      }
      metrics.stands(
          state.allReadUntil(),
          queue.blobs(),
          state.parked().size() + overflow.size(),
          health.problem().isPresent());
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
    queue.removeHead();
    if (end instanceof BlobEnd.Read read) {
      if (head.attempts() > 1) {
        overflow.revive(now);
      }
      settle(blob);
      out.add(records.receipt(head, read, state, now));
      metrics.receipt(read.bytes());
    } else if (end instanceof BlobEnd.Parked parked) {
      lastFailures.keep(parked, now);
      park(parked.aside(), out, now);
      if (state.parked().size() >= FeedState.MOST_PARKED && !isReadSince(blob.contentId())) {
        health.trouble(FeedHealth.Part.RETRIEVAL, parked.why(), now);
      } else {
        wellIfNoneWaits();
      }
      advanceWatermarks();
    } else if (end instanceof BlobEnd.Lost lost) {
      giveUp(
          head,
          lastFailures.told(blob.contentId(), lost, state.parked().get(blob.contentId())),
          out,
          now);
    }
    queue.fill(state.parked().size());
  }

  private void giveUp(BlobFetch fetch, BlobEnd.Lost lost, List<SourceRecord> out, Instant now) {
    out.addAll(records.lost(fetch, lost, state, now));
    settle(fetch.blob());
    out.add(records.receipt(fetch, lost, state, now));
    metrics.deadLettered();
    metrics.receipt(0);
  }

  /**
   * Puts a blob aside: in the offset where that has room for it, or can make some, and else in
   * memory. A blob of which something has left must be in the offset.
   */
  private void park(ParkedBlob aside, List<SourceRecord> out, Instant now) {
    String contentId = aside.blob().contentId();
    boolean isIn = state.parked().containsKey(contentId);
    Optional<ParkedBlob> longest =
        state.parked().size() >= FeedState.MOST_PARKED && (!isIn || isFullToTheLast())
            ? longestFailing(aside)
            : Optional.empty();
    if (longest.filter(aside::equals).isPresent()) {
      makeRoom(aside, out, now);
      return;
    }
    if (!isIn
        && longest.isEmpty()
        && aside.nextIndex() == 0
        && state.parked().size() >= FeedState.MOST_PARKED) {
      overflow.put(aside);
      return;
    }
    overflow.remove(contentId);
    // Before another makes room: no record may go out whose offset knows of neither.
    state = state.afterParking(aside);
    longest.ifPresent(other -> makeRoom(other, out, now));
  }

  private boolean isFullToTheLast() {
    return state.parked().size() >= FeedState.MOST_PARKED + FeedState.MORE_PARKED;
  }

  /**
   * The blob that has failed for longest, of those that have for about an hour while others of the
   * feed were read. While none is read it is not the blobs' fault: then they wait, for about a day
   * where no more can be listed, unless there is no room whatever.
   */
  private Optional<ParkedBlob> longestFailing(ParkedBlob latest) {
    boolean full = isFullToTheLast();
    Stream<ParkedBlob> others =
        state.parked().values().stream()
            .filter(aside -> !aside.blob().contentId().equals(latest.blob().contentId()));
    return Stream.concat(Stream.of(latest), others)
        .filter(aside -> aside.attempts() >= FailurePolicy.MAKES_ROOM_AFTER)
        .filter(aside -> !queue.holds(aside.blob().contentId()))
        .filter(aside -> lastFailures.since(aside.blob().contentId()).isPresent())
        .filter(
            aside ->
                full
                    || isReadSince(aside.blob().contentId())
                    || (isFullOfUnreadable()
                        && aside.attempts() >= FailurePolicy.MAKES_ROOM_ANYWAY_AFTER))
        .max(
            Comparator.comparingInt(ParkedBlob::attempts)
                .thenComparing(aside -> aside.blob().contentCreated(), Comparator.reverseOrder()));
  }

  /** Whether blobs that cannot be read are what keeps more from being listed. */
  private boolean isFullOfUnreadable() {
    return queue.waiting() == 0 && 2 * overflow.size() >= tools.mostWaiting();
  }

  /** The same, for any thread. */
  public boolean waitsForUnreadable() {
    synchronized (lock) {
      return isFullOfUnreadable();
    }
  }

  /** Whether another blob of the feed has been read since this one was put aside. */
  private boolean isReadSince(String contentId) {
    return lastFailures.since(contentId).filter(since -> lastRead.isAfter(since)).isPresent();
  }

  private void makeRoom(ParkedBlob aside, List<SourceRecord> out, Instant now) {
    BlobFetch fetch = BlobFetch.again(aside);
    BlobEnd.Lost last = lastFailures.last(aside);
    ApiOutcome.Failed<?> why = last.why();
    String reason =
        why.reason()
            + " (given up before it expires: more than "
            + FeedState.MOST_PARKED
            + " blobs of the feed cannot be read, and this one has failed for longest. Until "
            + aside.blob().contentExpiration()
            + " it can be replayed)";
    health.gaveUp(aside, reason, now);
    giveUp(
        fetch,
        new BlobEnd.Lost(
            new ApiOutcome.Failed<>(why.kind(), why.status(), why.code(), reason, why.serverAsks()),
            aside.nextIndex(),
            last.bytes()),
        out,
        now);
  }

  private void settle(ContentBlob blob) {
    state = state.afterSettling(blob);
    lastFailures.forget(blob.contentId());
    overflow.remove(blob.contentId());
    catchUp.blobDone();
    advanceWatermarks();
    wellIfNoneWaits();
  }

  private void wellIfNoneWaits() {
    if (queue.blobs() == 0 && state.parked().size() < FeedState.MOST_PARKED) {
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
    if (!connection.heardOf()) {
      // Whether a blob has expired is a matter of the server's clock.
      return;
    }
    for (ParkedBlob aside : state.parked().values()) {
      if (!now.isBefore(aside.retryAt())) {
        queue.fillWith(aside);
      }
    }
    for (ParkedBlob aside : overflow.due(now)) {
      queue.fillWith(aside, state.parked().size());
    }
  }

  private final class Fetchers implements RetrievalQueue.Retriever {
    @Override
    public void retrieve(BlobFetch fetch) {
      connection.slots().submit(new Retrieval(fetch, Feed.this, connection, tools));
    }

    @Override
    public void headChanged() {
      tools.budget().headChanged();
      connection.slots().headChanged();
      retrievals.dueChanged();
    }
  }

  private void advanceWatermarks() {
    state =
        watermarks.advance(
            state,
            oldestUnderWay(),
            OverflowBlobs.later(
                queue.newestOfBacklog(fetch -> isUnparked(fetch) && isOfBacklog(fetch.blob())),
                overflow.newest(this::isOfBacklog)));
  }

  private @Nullable Instant oldestUnderWay() {
    boolean noBacklog = state.backlog().isEmpty();
    return OverflowBlobs.earlier(
        queue.oldest(fetch -> isUnparked(fetch) && (noBacklog || !isOfBacklog(fetch.blob()))),
        overflow.oldest(created -> noBacklog || !isOfBacklog(created)));
  }

  private boolean isOfBacklog(ContentBlob blob) {
    return isOfBacklog(blob.contentCreated());
  }

  private boolean isOfBacklog(Instant created) {
    return created.isBefore(state.completeUntil());
  }

  private boolean isUnparked(BlobFetch fetch) {
    return !state.parked().containsKey(fetch.blob().contentId());
  }
}
