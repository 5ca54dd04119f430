package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.config.HistoryKeys;
import io.github.auditstream.connect.office365.dedupe.EventIdSet;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.EventLibrary;
import io.github.auditstream.connect.office365.simulator.GeneratedEvents;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.simulator.graph.QueryCourse;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;

/**
 * The history beside the live connector: as many events each, one after the other on one worker
 * with little memory. Microsoft's time for a search is left out.
 */
final class HistorySpeed {
  /** Of the worker. */
  static final String HEAP = "-Xmx512m";

  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int WARM_UPS = 2;
  private static final int EVENTS_A_BLOB = 100;
  private static final int DAYS = 160;
  private static final int YOUNGEST_DAY = 12;
  private static final int IDS = 1_000_000;

  private final ConnectStack stack;
  private final Path folder;

  /**
   * What came of it.
   *
   * @param events how many each of both has read
   * @param days over how many days those of the history are spread
   * @param liveEventsPerSecond of the live connector with five tasks
   * @param historyEventsPerSecond of the history
   * @param bytesOfAMillionIds of the set that holds the Ids of events that are there already
   */
  record Result(
      long events,
      int days,
      double liveEventsPerSecond,
      double historyEventsPerSecond,
      long bytesOfAMillionIds) {
    double ratio() {
      return historyEventsPerSecond / liveEventsPerSecond;
    }
  }

  HistorySpeed(ConnectStack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  /** Runs it on a worker that writes exactly once. */
  Result run(WorkerProcess worker, int events, boolean quick) {
    EventLibrary library = GeneratedEvents.seeded(1);
    try (Simulator simulator =
        Simulators.started(
            Simulator.builder()
                .directory(folder.resolve("simulator"))
                .bodyCache(1L << 28)
                .pageSize(200)
                .events(library)
                .tenant(
                    t ->
                        t.subscribedToAll()
                            .requestsPerMinute(10 * PublishedLoad.REQUESTS_PER_MINUTE)))) {
      int days = quick ? DAYS / 8 : DAYS;
      publish(simulator.tenant(), library, events, days);
      simulator
          .tenant()
          .querySettings()
          .course(QueryCourse.succeedsAtPoll(0))
          .creationsADay(100_000);
      double live = 0;
      double history = 0;
      for (int run = 0; run <= (quick ? 0 : WARM_UPS); run++) {
        live = live(worker, simulator, events, run);
        history = history(worker, simulator, events, days, run);
      }
      return new Result(events, days, live, history, bytesOfAMillionIds());
    }
  }

  private static void publish(SimulatedTenant tenant, EventLibrary library, int events, int days) {
    List<ContentType> types = List.copyOf(library.contentTypes());
    int blobs = events / EVENTS_A_BLOB;
    for (ContentType type : types) {
      tenant.history(type, Duration.ofHours(20), blobs / types.size(), EVENTS_A_BLOB);
    }
    Instant youngest = Instant.now().minus(Duration.ofDays(YOUNGEST_DAY));
    long apart = Duration.ofDays(days).toMillis() / blobs;
    for (int blob = 0; blob < blobs / types.size() * types.size(); blob++) {
      tenant
          .blob(types.get(blob % types.size()))
          .created(youngest.minusMillis(apart * blob))
          .events(EVENTS_A_BLOB)
          .onlySearchable()
          .add();
    }
  }

  private double live(WorkerProcess worker, Simulator simulator, int events, int run) {
    String name = "live-" + run;
    Map<String, String> config = SimulatedConnectorConfig.of(simulator, name, 5);
    config.put("requests.per.minute", Integer.toString(PublishedLoad.REQUESTS_PER_MINUTE));
    return run(worker, name, config, events);
  }

  private double history(WorkerProcess worker, Simulator simulator, int events, int days, int run) {
    String name = "history-" + run;
    Map<String, String> config = SimulatedConnectorConfig.of(simulator, name, 1);
    config
        .keySet()
        .removeIf(key -> key.equals("poll.interval.ms") || key.equals("initial.lookback"));
    config.put(
        "connector.class",
        "io.github.auditstream.connect.office365.Office365AuditHistoryConnector");
    config.put(HistoryKeys.BOOTSTRAP_SERVERS.key(), stack.broker().bootstrapServers());
    config.put(
        HistoryKeys.FROM.key(),
        Instant.now().minus(Duration.ofDays(YOUNGEST_DAY + days + 2L)).toString());
    config.put(
        HistoryKeys.UNTIL.key(), Instant.now().minus(Duration.ofDays(YOUNGEST_DAY - 1)).toString());
    config.put(HistoryKeys.FIRST_POLL_MS.key(), "10");
    config.put(HistoryKeys.CREATIONS_PER_DAY.key(), "10000");
    return run(worker, name, config, events);
  }

  private double run(WorkerProcess worker, String name, Map<String, String> config, int events) {
    config.putAll(ShippedSettings.producerOverrides());
    int types = GeneratedEvents.seeded(1).contentTypes().size();
    long wanted = (long) events / EVENTS_A_BLOB / types * types * EVENTS_A_BLOB;
    try (EventWatch watch = new EventWatch(stack.broker().bootstrapServers(), name);
        Admin admin = stack.broker().admin()) {
      worker.rest().put(name, config);
      watch.await(wanted, LIMIT);
      double perSecond = watch.perSecond();
      worker.rest().delete(name);
      Topics.delete(admin, name);
      return perSecond;
    }
  }

  private static long bytesOfAMillionIds() {
    EventIdSet ids = new EventIdSet();
    for (long id = 0; id < IDS; id++) {
      ids.add(new UUID(id * 0x9E37_79B9_7F4A_7C15L, id * 0xC2B2_AE3D_27D4_EB4FL).toString());
    }
    return ids.bytes();
  }
}
