package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.Office365AuditHistoryConfig;
import io.github.auditstream.connect.office365.dedupe.EventIdSet;
import io.github.auditstream.connect.office365.dedupe.FeedProgress;
import io.github.auditstream.connect.office365.feed.TaskThreads;
import io.github.auditstream.connect.office365.graph.GraphClient;
import io.github.auditstream.connect.office365.history.HistoryPipeline;
import io.github.auditstream.connect.office365.history.HistorySources;
import io.github.auditstream.connect.office365.history.KnownEvents;
import io.github.auditstream.connect.office365.history.MissedSpan;
import io.github.auditstream.connect.office365.http.OwnedHttpClient;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The history of one tenant without a worker: what a poll brings is committed as a transaction,
 * with its offsets, or lost when the task is killed. What is committed stays, and is what the next
 * task finds in the topics.
 */
public final class HistoryRig implements AutoCloseable {
  private final Map<String, String> props = new ConcurrentHashMap<>();
  private final SimulatedTenant tenant;
  private final Clock clock;
  private final RigTopics topics;
  private final List<MissedSpan> gaps = new CopyOnWriteArrayList<>();
  private final AtomicLong passedNanos = new AtomicLong();
  private @Nullable Task task;

  public HistoryRig(Simulator simulator, SimulatedTenant tenant, Clock clock) {
    this(simulator, tenant, clock, new RigTopics());
  }

  HistoryRig(Simulator simulator, SimulatedTenant tenant, Clock clock, RigTopics topics) {
    this.topics = topics;
    this.tenant = tenant;
    this.clock = clock;
    props.put("name", "rig");
    props.put("cloud", "custom");
    props.put("tenant.id", tenant.id().toString());
    props.put("client.id", tenant.clientId());
    props.put("client.secret", tenant.clientSecret());
    props.put("authority.endpoint", simulator.baseUri().toString());
    props.put("graph.endpoint", simulator.graphUri().toString());
    props.put("ssl.truststore.location", simulator.truststore().location().toString());
    props.put("ssl.truststore.password", simulator.truststore().password());
    props.put("ssl.truststore.type", simulator.truststore().type());
    props.put("kafka.bootstrap.servers", "localhost:1");
    props.put("history.poll.interval.ms", "10");
  }

  public HistoryRig with(String key, String value) {
    props.put(key, value);
    return this;
  }

  public HistoryRig without(String key) {
    props.remove(key);
    return this;
  }

  /** The live connector reports a gap. */
  public HistoryRig gap(Instant from, Instant until) {
    gaps.add(new MissedSpan(tenant.id().toString(), from, until));
    return this;
  }

  /** Time has passed, beside what the tenant's clock was moved by: no clock has leapt. */
  public void timePasses(Duration time) {
    passedNanos.addAndGet(time.toNanos());
  }

  private record Task(
      TaskThreads threads,
      HistoryThreads steps,
      GraphClient client,
      ObservedTenant observed,
      OwnedHttpClient http,
      HistoryPipeline pipeline) {
    void end() {
      steps.close(Duration.ofSeconds(10));
      threads.close(Duration.ofSeconds(10));
      client.close();
      http.close(Duration.ofSeconds(10));
    }
  }

  public void start() {
    HistorySettings settings = Office365AuditHistoryConfig.parse(props);
    Environment environment = new Environment(clock, () -> System.nanoTime() + passedNanos.get());
    TaskThreads threads = new TaskThreads("rig");
    OwnedHttpClient http = new OwnedHttpClient("rig", settings.http(), environment.ticks());
    HistoryThreads steps = HistoryThreads.of("rig", settings);
    ObservedTenant observed = new ObservedTenant(tenant.id().toString(), environment);
    GraphClient client =
        new GraphClients(
                settings,
                http.client(),
                new ApiThreads(threads.timer(), threads.listing(), threads.fetching()),
                threads.tokens(),
                environment)
            // As it is configured by then: a secret can be replaced.
            .open(
                settings.tenants().get(0),
                () -> Office365AuditHistoryConfig.parse(props).tenants().get(0).credential(),
                observed);
    HistoryPipeline pipeline =
        HistoryPipeline.start(
            settings,
            "rig",
            1_048_576,
            Map.of(tenant.id().toString(), client),
            topics::offsets,
            new Topics(),
            steps.executor(),
            clock,
            () -> 0.5);
    task = new Task(threads, steps, client, observed, http, pipeline);
  }

  /** Polls and commits until the condition holds. */
  public void runUntil(BooleanSupplier done) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
    while (!done.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("it does not come to that; the ledger says " + ledger());
      }
      commit(poll());
    }
  }

  public List<SourceRecord> poll() throws InterruptedException {
    return running().pipeline().poll(Duration.ofMillis(50));
  }

  private Task running() {
    if (task == null) {
      throw new IllegalStateException("not started");
    }
    return task;
  }

  /** Records and offsets together. */
  public void commit(List<SourceRecord> records) {
    topics.commit(records);
  }

  /** The task ends, and what it has not committed is lost. */
  public void kill() {
    running().end();
    task = null;
  }

  /** A person removes the connector's offsets while it is stopped. */
  public void forgetOffsets() {
    topics.forgetOffsets();
  }

  /** Whether the tenant's entry in the ledger has a state. */
  public boolean is(String state) {
    return latest(tenant.id().toString())
        .filter(entry -> entry.get("State").equals(state))
        .isPresent();
  }

  /** What a metric of the running task says. */
  double metric(Metric metric) {
    Task now = running();
    return Stream.concat(
            now.pipeline().readings().stream(), now.observed().readings(now.client()).stream())
        .filter(reading -> reading.metric() == metric)
        .mapToDouble(reading -> reading.value().get().doubleValue())
        .sum();
  }

  /** The configuration so far. */
  Map<String, String> props() {
    return Map.copyOf(props);
  }

  /** The latest entry of the ledger with a key. */
  public Optional<Struct> latest(String key) {
    return Optional.ofNullable(ledger().get(key));
  }

  /** The ledger as a compacted topic has it. */
  public Map<String, Struct> ledger() {
    return topics.latest("office365.history");
  }

  /** What is in a topic. */
  public List<SourceRecord> in(String topic) {
    return topics.in(topic);
  }

  /** The records of all events. */
  public List<SourceRecord> events() {
    return topics.events();
  }

  /** The keys of all events' records. */
  public List<String> eventIds() {
    return events().stream().map(record -> (String) record.key()).toList();
  }

  @Override
  public void close() {
    if (task != null) {
      kill();
    }
  }

  private final class Topics implements HistorySources {
    @Override
    public KnownEvents known(Instant since) {
      EventIdSet ids = new EventIdSet();
      return new KnownEvents() {
        private int read;
        private Instant from = since;

        @Override
        public boolean add(String id) {
          return ids.add(id);
        }

        // Several slices begin at the same time.
        @Override
        public synchronized void catchUp() {
          List<SourceRecord> more = topics.since(read);
          more.stream()
              .filter(record -> record.timestamp() >= from.toEpochMilli())
              .map(SourceRecord::key)
              .filter(String.class::isInstance)
              .forEach(key -> ids.add((String) key));
          read += more.size();
        }

        @Override
        public synchronized void reachBackTo(Instant earlier) {
          this.from = earlier;
          read = 0;
        }

        @Override
        public long size() {
          return ids.size();
        }
      };
    }

    @Override
    public List<MissedSpan> gaps() {
      Set<MissedSpan> all = new LinkedHashSet<>(gaps);
      for (SourceRecord status : topics.in("office365.status")) {
        Optional<String> from = RigTopics.header(status, "gapFrom");
        from.ifPresent(
            text ->
                all.add(
                    new MissedSpan(
                        RigTopics.header(status, "tenant").orElseThrow(),
                        Instant.parse(text),
                        Instant.parse(RigTopics.header(status, "gapUntil").orElseThrow()))));
      }
      return List.copyOf(all);
    }

    @Override
    public Instant liveDoneBefore(String tenantId, Instant now) {
      Map<String, FeedProgress> feeds = new HashMap<>();
      for (SourceRecord status : topics.in("office365.status")) {
        Optional<String> completeUntil = RigTopics.header(status, "completeUntil");
        completeUntil.ifPresent(
            text ->
                feeds.put(
                    (String) status.key(),
                    new FeedProgress(
                        tenantId,
                        ContentType.EXCHANGE,
                        Instant.parse(text),
                        RigTopics.header(status, "readFrom").map(Instant::parse),
                        !RigTopics.header(status, "parkedBlobs").orElse("0").equals("0"))));
      }
      return feeds.values().stream()
          .map(feed -> feed.doneBefore(now))
          .min(Instant::compareTo)
          .orElse(Instant.MAX);
    }
  }
}
