package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.feed.offset.OffsetFormat;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Plays the Connect worker: starts the feeds from the committed offsets, polls, commits records
 * together with their offsets, and kills. What is polled and not committed is gone.
 */
final class ModelWorker implements ModelApi.Observer {
  static final String TENANT = "c0470505-0000-4000-8000-000000000001";
  static final TopicSettings TOPICS =
      new TopicSettings("o365", "o365.receipts", "o365.status", "o365.deadletter");

  /** Leaves room for events of 6 KB, and for 40 KB in a dead letter. */
  private final VirtualTime time;

  private final ModelWorld world;
  private final ModelServer server;
  private final Random chance;
  private final ModelLedger ledger;
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private final Map<ContentType, Run> runs = new HashMap<>();
  private final Map<ContentType, Instant> ownBeginnings = new HashMap<>();
  private CatchUpOrder order;
  private VirtualTime.Executor threads;
  private @Nullable FeedPipeline pipeline;
  private @Nullable ModelApi api;

  /** What one feed has done since the last start. */
  private static final class Run {
    private final Set<String> handedOver = new HashSet<>();
    private @Nullable Instant listedUntil;
    private boolean inMidRound;
    private ModelLedger.@Nullable Watermarks watermarks;
  }

  ModelWorker(
      VirtualTime time, ModelWorld world, ModelServer server, Random chance, ModelLedger ledger) {
    this.time = time;
    this.world = world;
    this.server = server;
    this.chance = chance;
    this.ledger = ledger;
    this.order = world.order();
    this.threads = time.newExecutor();
  }

  /** From the next start on. */
  void order(CatchUpOrder other) {
    order = other;
  }

  List<FeedId> feeds() {
    List<FeedId> feeds = new ArrayList<>();
    for (ContentType contentType : List.of(ContentType.values()).subList(0, world.feeds())) {
      feeds.add(new FeedId(TENANT, contentType));
    }
    return feeds;
  }

  boolean isUp() {
    return pipeline != null;
  }

  void start() {
    threads = time.newExecutor();
    AtomicReference<@Nullable Throwable> crash = new AtomicReference<>();
    FeedTools tools =
        VirtualTools.of(
            world,
            order,
            threads,
            chance::nextDouble,
            failure -> crash.compareAndSet(null, failure));
    api = new ModelApi(server, time, world, chance, this);
    TenantConnection connection =
        new TenantConnection(api, world.concurrency(), threads, time.clock(Duration.ZERO));
    List<FeedPipeline.FeedStart> starts = new ArrayList<>();
    runs.clear();
    for (FeedId feed : feeds()) {
      server.blobs(feed.contentType()).forEach(ModelBlob::newRun);
      Optional<Map<String, Object>> offset =
          Optional.ofNullable(offsets.get(feed.sourcePartition()));
      starts.add(new FeedPipeline.FeedStart(feed, offset, connection));
      Run run = new Run();
      if (offset.isEmpty()) {
        ownBeginnings.put(feed.contentType(), firstStart());
        beginsByEitherClock(feed, firstStart());
      } else {
        ModelLedger.Watermarks watermarks = ModelLedger.watermarks(offset.get());
        run.listedUntil = watermarks.listedUntil();
        run.watermarks = watermarks;
        ledger.starts(feed, watermarks);
        Instant own = ownBeginnings.remove(feed.contentType());
        if (own != null
            && watermarks.listedUntil().equals(watermarks.completeUntil())
            && watermarks.backlogFrom() == null) {
          // Killed before its first listing was committed.
          beginsByEitherClock(feed, own);
        }
      }
      runs.put(feed.contentType(), run);
    }
    pipeline =
        FeedPipeline.start(
            starts,
            tools,
            crash,
            world.concurrency(),
            new FeedPipeline.Batches(0, world.mostRecords(), Duration.ZERO),
            TOPICS);
  }

  /**
   * docs/getting-started.md: a first start reads from now on, or looks back, at most seven days; a
   * little less, since a request takes time and content expires.
   */
  private Instant firstStart() {
    Instant earliest = time.now().minus(Duration.ofDays(7)).plus(Duration.ofMinutes(10));
    Instant wanted = time.now().minus(world.lookback());
    return wanted.isBefore(earliest) ? earliest : wanted;
  }

  /** A feed begins by the server's clock, once that is known and if it is not killed before. */
  private void beginsByEitherClock(FeedId feed, Instant own) {
    Instant servers = own.plus(world.skew());
    boolean ahead = servers.isAfter(own);
    ledger.begins(feed, ahead ? own : servers, ahead ? servers : own);
  }

  private void beginsByTheServersClock(ContentType type) {
    Instant own = ownBeginnings.get(type);
    if (own != null) {
      Instant servers = own.plus(world.skew());
      ledger.begins(new FeedId(TENANT, type), servers, servers);
    }
  }

  /** What is not committed is gone. */
  void kill() {
    threads.shutdownNow();
    pipeline = null;
    if (api != null) {
      api.endRun();
    }
  }

  List<SourceRecord> poll() {
    FeedPipeline running = pipeline;
    if (running == null) {
      return List.of();
    }
    try {
      List<SourceRecord> records = running.poll(Duration.ZERO);
      records.forEach(this::handedOver);
      return records;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    } catch (ConnectException e) {
      ledger.violation("the task failed: " + e.getMessage() + ": " + e.getCause());
      kill();
      return List.of();
    }
  }

  private void handedOver(SourceRecord record) {
    Run run = runs.get(ledger.contentType(record));
    ModelLedger.Watermarks watermarks = ModelLedger.watermarks(record.sourceOffset());
    ledger.followsOn(run.watermarks, watermarks, "in one run");
    run.watermarks = watermarks;
    if (record.topic().equals(TOPICS.receipts())) {
      run.handedOver.add((String) record.key());
    }
  }

  /** Keeps the first of the polled records, each with its offset. */
  void commit(List<SourceRecord> polled, int most) {
    for (int i = 0; i < most; i++) {
      SourceRecord record = polled.get(i);
      boolean torn =
          polled.subList(most, polled.size()).stream()
              .anyMatch(rest -> rest.sourcePartition().equals(record.sourcePartition()));
      ledger.committed(record, torn && isLast(record, polled.subList(i + 1, most)), server.now());
      offsets.put(record.sourcePartition(), new HashMap<>(record.sourceOffset()));
    }
  }

  private static boolean isLast(SourceRecord record, List<SourceRecord> rest) {
    return rest.stream()
        .noneMatch(other -> other.sourcePartition().equals(record.sourcePartition()));
  }

  void rewind(FeedId feed, Instant to) {
    offsets.put(feed.sourcePartition(), Map.of(OffsetFormat.CONTENT_CREATED, to.toString()));
    ledger.rewound(feed, to);
  }

  Map<String, Object> offset(FeedId feed) {
    return offsets.getOrDefault(feed.sourcePartition(), Map.of());
  }

  /**
   * How far the feed has listed content, what is being listed included; empty if it has not begun.
   * docs/guarantees.md: what appears within the overlap behind this is found.
   */
  Optional<Instant> listed(FeedId feed) {
    Run run = runs.get(feed.contentType());
    if (pipeline == null || run == null) {
      Map<String, Object> offset = offset(feed);
      return offset.isEmpty()
          ? Optional.empty()
          : Optional.of(ModelLedger.watermarks(offset).listedUntil());
    }
    if (run.inMidRound) {
      return Optional.of(server.now());
    }
    return Optional.ofNullable(run.listedUntil);
  }

  @Override
  public void asked(ContentType type, Instant start, Instant end) {
    beginsByTheServersClock(type);
    Run run = runs.get(type);
    if (run.listedUntil == null || end.isAfter(run.listedUntil)) {
      run.listedUntil = end;
    }
    // A listing that does not come up to now goes on, up to the time at which it was begun.
    run.inMidRound = end.isBefore(server.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1));
  }

  @Override
  public void retrieved(ModelBlob blob) {
    String contentId = blob.descriptor().contentId();
    if (runs.get(blob.descriptor().contentType()).handedOver.contains(contentId)
        || ledger.isSettled(blob)) {
      ledger.violation("retrieved although it was settled: " + blob);
    }
    ledger.retrieved(blob, time.now());
  }

  @Override
  public void breach(String what) {
    ledger.violation("asked what no client may ask: " + what);
  }
}
