package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.api.ActivityApi;
import io.github.auditstream.connect.office365.api.ApiSettings;
import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.Quota;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.FeedSettings;
import io.github.auditstream.connect.office365.config.FetchSettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.model.Secret;
import io.github.auditstream.connect.office365.simulator.Ledger;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Feeds of one tenant against the simulator, without Kafka: the rig plays the worker. What it keeps
 * of the records, and the offsets with them, is what would have been committed.
 */
final class FeedRig implements AutoCloseable {
  private static final TopicSettings TOPICS =
      new TopicSettings("o365", "o365.receipts", "o365.status", "o365.deadletter");
  private static final long PATIENCE_SECONDS = 240;

  private final Simulator simulator;
  private final SimulatedTenant tenant;
  private final List<ContentType> contentTypes;
  private final Clock clock;
  private LongSupplier nanos;
  private final List<SourceRecord> committed = new ArrayList<>();
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private FeedSettings settings =
      new FeedSettings(
          Duration.ofDays(3),
          Duration.ofMillis(50),
          Duration.ofHours(4),
          CatchUpOrder.OLDEST_FIRST);
  private FetchSettings fetching = new FetchSettings(4, 256 * 1024);
  private int requestsPerMinute = 100_000;
  private TaskThreads threads = new TaskThreads("rig");
  private long maxRequestBytes = 1_048_576;
  private final List<FeedPipeline.FeedStart> starts = new ArrayList<>();
  private @Nullable FeedPipeline pipeline;

  FeedRig(Simulator simulator, Clock clock, ContentType... contentTypes) {
    this.simulator = simulator;
    this.tenant = simulator.tenant();
    this.clock = clock;
    this.nanos = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    this.contentTypes = List.of(contentTypes);
  }

  FeedRig lookback(Duration lookback) {
    settings =
        new FeedSettings(lookback, settings.pollInterval(), settings.overlap(), settings.order());
    return this;
  }

  /** Time that passes by itself, so that the clock's leaps are leaps. */
  FeedRig withTicksOfItsOwn() {
    nanos = System::nanoTime;
    return this;
  }

  FeedRig fetching(int concurrency, long bufferBytes) {
    fetching = new FetchSettings(concurrency, bufferBytes);
    return this;
  }

  FeedRig quota(int requests) {
    requestsPerMinute = requests;
    return this;
  }

  FeedRig maxRequestBytes(long bytes) {
    maxRequestBytes = bytes;
    return this;
  }

  FeedRig start() {
    threads = new TaskThreads("rig");
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(simulator.truststore().sslContext())
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads.fetching())
            .build();
    TenantSettings credentials =
        new TenantSettings(
            "rig",
            tenant.id(),
            tenant.clientId(),
            new Credential.ClientSecret(new Secret(tenant.clientSecret())),
            tenant.id(),
            2_000);
    CloudEndpoints cloud =
        new CloudEndpoints(simulator.baseUri(), simulator.baseUri(), simulator.baseUri());
    TokenSource tokens =
        TokenSource.create(
            credentials,
            cloud,
            credentials::credential,
            http,
            Duration.ofSeconds(30),
            threads.tokens(),
            threads.timer(),
            clock);
    ActivityApi api =
        new ActivityApi(
            new ApiSettings(
                simulator.baseUri(), tenant.id(), tenant.id(), Duration.ofSeconds(30), "rig"),
            http,
            tokens,
            new Quota(requestsPerMinute, System::nanoTime),
            clock,
            nanos,
            new ApiThreads(threads.timer(), threads.listing(), threads.fetching()),
            RequestObserver.NOBODY);
    TenantConnection connection =
        new TenantConnection(api, fetching.concurrency(), Runnable::run, clock);
    starts.clear();
    for (ContentType contentType : contentTypes) {
      FeedId id = feed(contentType);
      starts.add(
          new FeedPipeline.FeedStart(
              id, Optional.ofNullable(offsets.get(id.sourcePartition())), connection));
    }
    pipeline =
        FeedPipeline.start(
            starts,
            threads,
            settings,
            fetching,
            TOPICS,
            new AuditEventMapper(new EventSchemas()),
            maxRequestBytes);
    return this;
  }

  FeedId feed(ContentType contentType) {
    return new FeedId(tenant.id().toString(), contentType);
  }

  /** What is handed over next and not committed yet. */
  List<SourceRecord> poll() throws InterruptedException {
    return Objects.requireNonNull(pipeline, "not started").poll(Duration.ofMillis(200));
  }

  /** Keeps records, and their offsets, as a transaction does. */
  void commit(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      committed.add(record);
      offsets.put(record.sourcePartition(), asConnectStoresIt(record.sourceOffset()));
    }
  }

  private static Map<String, Object> asConnectStoresIt(Map<String, ?> offset) {
    return new HashMap<>(offset);
  }

  FeedRig runUntil(String what, Predicate<FeedRig> reached) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!reached.test(this)) {
      assertThat(System.nanoTime())
          .as("waiting for %s; committed %s, offsets %s", what, countByTopic(), offsets)
          .isLessThan(deadline);
      commit(poll());
    }
    return this;
  }

  /**
   * Runs until everything in the ledger has arrived, and a little longer in case something comes
   * twice.
   */
  FeedRig runUntilComplete() throws InterruptedException {
    runUntil("all events of the ledger", rig -> rig.missing().isEmpty());
    int calm = 0;
    while (calm < 5) {
      List<SourceRecord> more = poll();
      commit(more);
      calm = more.isEmpty() ? calm + 1 : 0;
    }
    return this;
  }

  /** Stops as Connect does; what was polled and not committed is gone. */
  FeedRig stop() {
    threads.close(Duration.ofSeconds(1));
    return this;
  }

  void putOffset(ContentType contentType, Map<String, Object> offset) {
    offsets.put(feed(contentType).sourcePartition(), offset);
  }

  Map<String, Object> offset(ContentType contentType) {
    return offsets.getOrDefault(feed(contentType).sourcePartition(), Map.of());
  }

  List<SourceRecord> records(String topic) {
    return committed.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  List<SourceRecord> events() {
    return committed.stream()
        .filter(record -> record.valueSchema().field("ContentBlob") != null)
        .toList();
  }

  List<Struct> receipts() {
    return values("o365.receipts");
  }

  List<Struct> deadLetters() {
    return values("o365.deadletter");
  }

  List<Struct> statuses() {
    return values("o365.status");
  }

  private List<Struct> values(String topic) {
    return records(topic).stream().map(record -> (Struct) record.value()).toList();
  }

  Map<String, Long> countByTopic() {
    Map<String, Long> counts = new TreeMap<>();
    committed.forEach(record -> counts.merge(record.topic(), 1L, Long::sum));
    return counts;
  }

  /** A metric of the only feed, as it is now. */
  double metric(Metric metric) {
    return starts.get(0).metrics().readings().stream()
        .filter(reading -> reading.metric() == metric)
        .findFirst()
        .orElseThrow()
        .value()
        .get()
        .doubleValue();
  }

  /** How often each event has arrived, by content type and Id. */
  Map<String, Long> arrived() {
    Map<String, Long> times = new TreeMap<>();
    for (SourceRecord record : events()) {
      String contentType =
          ((Struct) record.value()).getStruct("ContentBlob").getString("ContentType");
      times.merge(contentType + " " + record.key(), 1L, Long::sum);
    }
    return times;
  }

  Map<String, Long> expected() {
    Map<String, Long> times = new TreeMap<>();
    simulator
        .ledger()
        .events()
        .forEach(
            (Ledger.EventKey event, Long count) -> {
              if (contentTypes.contains(event.contentType())) {
                times.merge(event.contentType().apiName() + " " + event.id(), count, Long::sum);
              }
            });
    return times;
  }

  Map<String, Long> missing() {
    Map<String, Long> missing = new TreeMap<>(expected());
    arrived().forEach((event, times) -> missing.merge(event, -times, Long::sum));
    missing.values().removeIf(times -> times <= 0);
    return missing;
  }

  @Override
  public void close() {
    stop();
  }
}
