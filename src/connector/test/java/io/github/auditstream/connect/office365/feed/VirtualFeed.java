package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** One feed with a long backlog in virtual time, and what is seen of it from outside. */
final class VirtualFeed implements ModelApi.Observer {
  static final ContentType TYPE = ContentType.EXCHANGE;
  private static final Instant BEGINNING = Instant.parse("2026-11-20T10:00:00.250Z");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final ModelWorld world;
  private final VirtualTime time = new VirtualTime(BEGINNING);
  private final Random chance;
  private final ModelServer server;
  private final FeedId id = new FeedId(ModelWorker.TENANT, TYPE);
  private final List<Long> sentNanos = new ArrayList<>();
  private final List<Window> windows = new ArrayList<>();
  private final Set<String> read = new LinkedHashSet<>();
  private final List<Struct> statuses = new ArrayList<>();
  private Map<String, ?> offset = Map.of();
  private long longestOffset;
  private int mostListedAndUnread;
  private int published;
  private VirtualTime.Executor threads = time.newExecutor();
  private @Nullable FeedPipeline pipeline;

  /** A window that was asked. */
  record Window(Instant at, Instant start, Instant end) {}

  VirtualFeed(ModelWorld world) {
    this.world = world;
    this.chance = new Random(world.seed());
    this.server = new ModelServer(time, world, chance);
  }

  Instant now() {
    return time.now();
  }

  /** Content that was created evenly over a time up to now. */
  void history(Duration back, int blobs) {
    for (int i = 0; i < blobs; i++) {
      blob(time.now().minus(back.multipliedBy(blobs - i).dividedBy(blobs)));
    }
  }

  void blob(Instant created) {
    Instant wholeMillis = created.truncatedTo(ChronoUnit.MILLIS);
    String name = "blob" + published++;
    ModelBlob blob =
        new ModelBlob(
            new ContentBlob(
                TYPE,
                name,
                URI.create("model:" + name),
                wholeMillis,
                wholeMillis.plus(Duration.ofDays(7))),
            List.of(ModelBlob.Kind.EVENT),
            ModelBlob.Defect.NONE);
    blob.show();
    server.add(blob);
  }

  void start() {
    threads = time.newExecutor();
    AtomicReference<@Nullable Throwable> crash = new AtomicReference<>();
    FeedTools tools =
        VirtualTools.of(
            world,
            world.order(),
            threads,
            chance::nextDouble,
            failure -> crash.compareAndSet(null, failure));
    ModelApi api = new ModelApi(server, time, world, chance, this);
    TenantConnection connection =
        new TenantConnection(api, world.concurrency(), threads, time.clock(Duration.ZERO));
    Optional<Map<String, Object>> stored =
        offset.isEmpty() ? Optional.empty() : Optional.of(new HashMap<>(offset));
    pipeline =
        FeedPipeline.start(
            List.of(new FeedPipeline.FeedStart(id, stored, connection)),
            tools,
            crash,
            2 * world.concurrency(),
            new FeedPipeline.Batches(0, world.mostRecords(), Duration.ZERO),
            ModelWorker.TOPICS);
  }

  void kill() {
    threads.shutdownNow();
  }

  /** Lets time pass and polls in it until something is so, or for a time at most. */
  boolean runUntil(BooleanSupplier reached, Duration longest) {
    Instant end = time.now().plus(longest);
    while (!reached.getAsBoolean() && time.now().isBefore(end)) {
      time.pass(BETWEEN_LOOKS, this::poll);
      poll();
      look();
    }
    return reached.getAsBoolean();
  }

  private void poll() {
    FeedPipeline running = pipeline;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    try {
      running.poll(Duration.ZERO).forEach(this::committed);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
  }

  private void committed(SourceRecord record) {
    offset = record.sourceOffset();
    if (record.topic().equals(ModelWorker.TOPICS.receipts())) {
      if (!read.add((String) record.key())) {
        throw new IllegalStateException("a second receipt of " + record.key());
      }
    } else if (record.topic().equals(ModelWorker.TOPICS.status())) {
      statuses.add((Struct) record.value());
    }
  }

  private void look() {
    longestOffset = Math.max(longestOffset, offset.toString().length());
    int listed =
        (int)
            server.blobs(TYPE).stream()
                .filter(ModelBlob::wasListedToLastRun)
                .filter(blob -> !read.contains(blob.descriptor().contentId()))
                .count();
    mostListedAndUnread = Math.max(mostListedAndUnread, listed);
  }

  /** In the order in which they were read to their end. */
  List<String> read() {
    return List.copyOf(read);
  }

  int readBlobs() {
    return read.size();
  }

  List<Window> windows() {
    return List.copyOf(windows);
  }

  List<Struct> statuses() {
    return List.copyOf(statuses);
  }

  Map<String, ?> offset() {
    return offset;
  }

  void putOffset(Map<String, ?> other) {
    offset = other;
  }

  /** In characters, of all that were seen. */
  long longestOffset() {
    return longestOffset;
  }

  int mostListedAndUnread() {
    return mostListedAndUnread;
  }

  int requests() {
    return sentNanos.size();
  }

  /** How many requests went out in the fullest minute, wherever it began. */
  int mostRequestsInAMinute() {
    int most = 0;
    long minute = Duration.ofMinutes(1).toNanos();
    for (int first = 0, last = 0; last < sentNanos.size(); last++) {
      while (sentNanos.get(last) - sentNanos.get(first) >= minute) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  @Override
  public void sent() {
    sentNanos.add(time.nanos());
  }

  @Override
  public void asked(ContentType type, Instant start, Instant end) {
    windows.add(new Window(time.now(), start, end));
  }

  @Override
  public void retrieved(ModelBlob blob) {}

  @Override
  public void breach(String what) {
    throw new IllegalStateException("asked what no client may ask: " + what);
  }
}
