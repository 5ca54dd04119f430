package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.config.FeedSettings;
import io.github.auditstream.connect.office365.config.FetchSettings;
import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.feed.listing.FeedLister;
import io.github.auditstream.connect.office365.feed.listing.ListingTools;
import io.github.auditstream.connect.office365.feed.listing.ListingWindow;
import io.github.auditstream.connect.office365.feed.listing.SuspectEntries;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.OffsetFormat;
import io.github.auditstream.connect.office365.feed.records.Deliveries;
import io.github.auditstream.connect.office365.feed.records.FeedRecords;
import io.github.auditstream.connect.office365.feed.retrieval.ByteBudget;
import io.github.auditstream.connect.office365.feed.retrieval.RetrievalTools;
import io.github.auditstream.connect.office365.feed.retrieval.WaitingBlobs;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.Scheduler;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.feed.tenant.WakeUp;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.records.LargestEvent;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * All feeds of one task. Listing and retrieving go on by themselves once started; the task's thread
 * takes what is ready.
 */
public final class FeedPipeline {
  /**
   * Fewer than a thousand records make a transaction cost more than they do themselves; beyond five
   * thousand it is hardly worth more and holds more in memory.
   */
  private static final int FULL = 1_000;

  private static final int MOST = 5_000;
  private static final Duration LINGER = Duration.ofMillis(100);

  /**
   * While some blobs are retrieved others are parsed and others wait to leave: so there are enough
   * queued for a full batch also where each has few events.
   */
  private static final int QUEUED_PER_FETCH = 2;

  /** Of a task, whatever the number of its tenants; named in docs/limits.md. */
  static final int MOST_LISTINGS = 64;

  /** The same for retrievals, and for the threads that read what they bring. */
  static final int MOST_RETRIEVALS = 64;

  static final int RETRIEVALS_KEPT_FOR_DUE = 16;

  private final List<Feed> feeds;
  private final WakeUp wakeUp;
  private final AtomicReference<@Nullable Throwable> crash;
  private final Batches batches;
  private final DeliveryWatch watch;
  private int first;

  /** Nothing was there at the end of the last poll: what has come since has given a signal. */
  private boolean idle;

  private FeedPipeline(
      List<Feed> feeds,
      WakeUp wakeUp,
      AtomicReference<@Nullable Throwable> crash,
      Batches batches,
      DeliveryWatch watch) {
    this.feeds = feeds;
    this.wakeUp = wakeUp;
    this.crash = crash;
    this.batches = batches;
    this.watch = watch;
  }

  /**
   * How many records a poll answers.
   *
   * @param full from this on it does not wait for more
   * @param most at most so many; a blob's last ones can exceed it
   * @param mostBytes of the heap that their elements may take; one of them can exceed it
   * @param linger how long it waits for a full batch where more is certain to come
   */
  record Batches(int full, int most, long mostBytes, Duration linger) {

    /** Of any size. */
    Batches(int full, int most, Duration linger) {
      this(full, most, Long.MAX_VALUE, linger);
    }
  }

  /**
   * One feed to run.
   *
   * @param sourceOffset as Connect stored it; empty for a first start
   * @param metrics the feed counts in them
   */
  public record FeedStart(
      FeedId id,
      Optional<Map<String, Object>> sourceOffset,
      TenantConnection connection,
      FeedMetrics metrics) {

    /** With metrics of its own. */
    public FeedStart(
        FeedId id, Optional<Map<String, Object>> sourceOffset, TenantConnection connection) {
      this(
          id,
          sourceOffset,
          connection,
          new FeedMetrics(id.tenant(), id.contentType().apiName(), connection::now));
    }
  }

  /**
   * Starts the feeds.
   *
   * @param maxRequestBytes the producer's {@code max.request.size}
   * @throws IllegalArgumentException if a stored offset is not one
   */
  public static FeedPipeline start(
      List<FeedStart> starts,
      TaskThreads threads,
      FeedSettings feedSettings,
      FetchSettings fetchSettings,
      TopicSettings topics,
      AuditEventMapper mapper,
      long maxRequestBytes) {
    WakeUp wakeUp = new WakeUp();
    AtomicReference<@Nullable Throwable> crash = new AtomicReference<>();
    Scheduler scheduler =
        new Scheduler(
            threads.timer(),
            threads.listing(),
            threads.fetching(),
            error -> {
              crash.compareAndSet(null, error);
              wakeUp.wake();
            });
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    FeedTools tools =
        new FeedTools(
            new ListingTools(
                scheduler,
                new RequestSlots(MOST_LISTINGS, 0),
                wakeUp,
                feedSettings,
                WaitingBlobs.most(starts.size()),
                random),
            new RetrievalTools(
                scheduler,
                new RequestSlots(mostRetrievals(fetchSettings), RETRIEVALS_KEPT_FOR_DUE),
                wakeUp,
                new ByteBudget(fetchSettings.bufferBytes()),
                mapper,
                new LargestEvent(maxRequestBytes),
                random));
    FeedPipeline pipeline =
        start(
            starts,
            tools,
            crash,
            QUEUED_PER_FETCH * fetchSettings.concurrency(),
            new Batches(FULL, MOST, fetchSettings.bufferBytes(), LINGER),
            topics);
    pipeline.watch(scheduler);
    return pipeline;
  }

  private void watch(Scheduler scheduler) {
    scheduler.after(
        DeliveryWatch.INTERVAL,
        Runnable::run,
        () -> {
          watch.look();
          watch(scheduler);
        });
  }

  /** A task of one tenant can use what it is configured for. */
  private static int mostRetrievals(FetchSettings settings) {
    return Math.max(MOST_RETRIEVALS, settings.concurrency() + RETRIEVALS_KEPT_FOR_DUE);
  }

  /**
   * Starts the feeds with tools that are at hand.
   *
   * @param crash where the tools leave a programming error
   * @param queueLength how many blobs a feed retrieves ahead of the one that is handed over
   */
  static FeedPipeline start(
      List<FeedStart> starts,
      FeedTools tools,
      AtomicReference<@Nullable Throwable> crash,
      int queueLength,
      Batches batches,
      TopicSettings topics) {
    List<Feed> feeds = new ArrayList<>();
    for (FeedStart start : starts) {
      FeedState state = stateOf(start, tools.listing().settings());
      Feed feed =
          new Feed(
              start.id(),
              state,
              start.connection(),
              tools,
              queueLength,
              new FeedRecords(
                  start.id(),
                  topics,
                  tools.retrieval().largestEvent().partBytes(),
                  SuspectEntries.LISTINGS,
                  new Deliveries(start.id(), start.metrics())),
              start.metrics());
      if (start.sourceOffset().filter(OffsetFormat::isRewind).isPresent()) {
        feed.health().rewound(state, start.connection().now());
      }
      feed.resume();
      new FeedLister(
              feed.intake(), start.connection(), tools.listing(), start.sourceOffset().isEmpty())
          .start();
      feeds.add(feed);
    }
    DeliveryWatch watch = new DeliveryWatch(feeds, System::nanoTime);
    for (int i = 0; i < feeds.size(); i++) {
      Feed feed = feeds.get(i);
      starts.get(i).metrics().deliveryBlocked(() -> watch.blockedSeconds(feed));
    }
    return new FeedPipeline(feeds, tools.listing().wakeUp(), crash, batches, watch);
  }

  private static FeedState stateOf(FeedStart start, FeedSettings settings) {
    if (start.sourceOffset().isPresent()) {
      try {
        return OffsetFormat.read(start.id().contentType(), start.sourceOffset().get());
      } catch (IllegalArgumentException e) {
        throw new ConnectException("Feed " + start.id() + ": " + e.getMessage(), e);
      }
    }
    Instant now = start.connection().now();
    Instant wanted = now.minus(settings.initialLookback());
    Instant earliest = ListingWindow.earliestBeginning(now);
    return FeedState.waitingSince(now, wanted.isBefore(earliest) ? earliest : wanted);
  }

  /**
   * Takes what is ready; where nothing is, waits for it. During a backlog it waits a moment for a
   * full batch, since with exactly-once support each poll is a transaction.
   *
   * @param longest the longest wait
   * @return empty if nothing came in time
   */
  public List<SourceRecord> poll(Duration longest) throws InterruptedException {
    watch.polled();
    List<SourceRecord> records = new ArrayList<>();
    long bytes = 0;
    if (!idle) {
      bytes += drain(records, batches.mostBytes());
    }
    if (records.isEmpty()) {
      wakeUp.await(longest);
      bytes += drain(records, batches.mostBytes());
    }
    idle = records.isEmpty();
    if (!idle) {
      fill(records, bytes);
    }
    return records;
  }

  private void fill(List<SourceRecord> records, long bytesBefore) throws InterruptedException {
    long deadline = System.nanoTime() + batches.linger().toNanos();
    long bytes = bytesBefore;
    while (records.size() < batches.full() && bytes < batches.mostBytes()) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || feeds.stream().noneMatch(Feed::hasBacklog)) {
        return;
      }
      wakeUp.await(Duration.ofNanos(left));
      bytes += drain(records, batches.mostBytes() - bytes);
    }
  }

  /**
   * @return how much of the heap the elements take that were handed over
   */
  private long drain(List<SourceRecord> records, long mostBytes) {
    Throwable error = crash.get();
    if (error != null) {
      throw new ConnectException(
          "A bug in the connector stopped a feed (" + error.getClass().getName() + ")", error);
    }
    long bytes = 0;
    for (int i = 0; i < feeds.size() && records.size() < batches.most() && bytes < mostBytes; i++) {
      Feed feed = feeds.get((first + i) % feeds.size());
      bytes += feed.drain(records, batches.most(), mostBytes - bytes);
    }
    first = (first + 1) % feeds.size();
    return bytes;
  }
}
