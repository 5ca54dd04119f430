package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.Office365AuditHistoryConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.LiveFeed;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The history connector on a worker, beside the live connector and in the same topics. */
@ExtendWith(SharedStack.class)
class HistoryIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int OLDEST_DAY = 11;
  private static final int EVENTS = 120;
  private static final int LATE_EVENTS = 10;
  private static final Instant TODAY = Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS);

  /** What is older than that has expired: nothing but the history can bring it. */
  private static final int OLDEST_LIVE_DAY = 7;

  private static Instant daysAgo(int days) {
    return TODAY.minus(Duration.ofDays(days));
  }

  private static Simulator simulator() throws Exception {
    Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
    SimulatedTenant tenant = simulator.tenant();
    for (ContentType type : ContentType.values()) {
      for (int day = OLDEST_DAY; day > OLDEST_LIVE_DAY; day--) {
        tenant
            .blob(type)
            .created(daysAgo(day).plus(Duration.ofHours(12)))
            .events(EVENTS)
            .onlySearchable()
            .add();
      }
      tenant.history(type, Duration.ofDays(6), 6, 5);
      addLate(tenant, type);
    }
    return simulator;
  }

  /** Events of the days that the history reads, which the live feed has days later. */
  private static void addLate(SimulatedTenant tenant, ContentType type) {
    PublishedBlob events =
        tenant
            .blob(type)
            .created(daysAgo(OLDEST_LIVE_DAY + 2).plus(Duration.ofHours(6)))
            .events(LATE_EVENTS)
            .onlySearchable()
            .add();
    tenant.blob(type).createdAgo(Duration.ofDays(5)).eventsOf(events).notSearchable().add();
  }

  private static Set<String> offeredLive(Simulator simulator) {
    return simulator.ledger().events().keySet().stream()
        .map(event -> event.id())
        .collect(Collectors.toSet());
  }

  @Test
  void liveAndHistoryBringEachEventOnceThoughTheWorkerIsKilled(ConnectStack stack)
      throws Exception {
    String name = "beside";
    try (Simulator simulator = simulator();
        WorkerProcess worker = stack.startWorker(stack.workerSettings().withExactlyOnce(true));
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      SimulatedTenant tenant = simulator.tenant();
      HistoryTopicsView topics = new HistoryTopicsView(reader, name);
      worker.rest().put(name + "-live", new SimulatedConnector(simulator, name).config(2));
      awaitLive(simulator, topics);

      // About ten seconds for the records of a slice.
      simulator.latency(Duration.ofMillis(300));
      worker.rest().put(name + "-history", history(stack, simulator, name));
      try (LiveFeed live = tenant.live(ContentType.EXCHANGE, 1, 3)) {
        killInMidSlice(worker, topics);
        killInMidSlice(worker, topics);
        assertThat(live).isNotNull();
      }
      simulator.latency(Duration.ZERO);
      await("the ledger's last word")
          .atMost(LIMIT)
          .until(() -> isDone(topics, tenant.id().toString()));
      awaitLive(simulator, topics);

      List<ReadRecord> events = topics.events();
      Set<String> expected = new HashSet<>(offeredLive(simulator));
      List<String> searched =
          tenant
              .queries()
              .idsBetween(
                  daysAgo(OLDEST_DAY), daysAgo(OLDEST_LIVE_DAY), Clock.systemUTC().instant());
      expected.addAll(searched);
      int lateEvents = LATE_EVENTS * ContentType.values().length;
      assertThat(searched)
          .hasSize(
              EVENTS * ContentType.values().length * (OLDEST_DAY - OLDEST_LIVE_DAY) + lateEvents);
      assertThat(events.stream().map(ReadRecord::key))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertHistoryIsMarked(tenant, events, searched.size() - lateEvents);
      assertThat(reader.readAll(name + ".deadletter")).isEmpty();
      assertThat(simulator.breaches()).isEmpty();
      assertNoError(worker);
    }
  }

  private static Map<String, String> history(ConnectStack stack, Simulator simulator, String name) {
    Map<String, String> config =
        SimulatedConnectorConfig.ofHistory(simulator, name, stack.broker().bootstrapServers());
    config.put("history.from", daysAgo(OLDEST_DAY).toString());
    config.put("history.until", daysAgo(OLDEST_LIVE_DAY).toString());
    config.put("history.settled.after", "PT0S");
    config.put("history.page.size", "20");
    return config;
  }

  private static void awaitLive(Simulator simulator, HistoryTopicsView topics) {
    Set<String> offered = offeredLive(simulator);
    await("all of the live feed")
        .atMost(LIMIT)
        .until(
            () ->
                topics.events().stream()
                    .map(ReadRecord::key)
                    .collect(Collectors.toSet())
                    .containsAll(offered));
  }

  private static void killInMidSlice(WorkerProcess worker, HistoryTopicsView topics) {
    Set<String> begun = new HashSet<>();
    await("some records of a slice")
        .atMost(LIMIT)
        .until(
            () -> {
              begun.clear();
              begun.addAll(topics.beingRead());
              return topics.eventsOf(begun) > 0;
            });
    long before = topics.eventsOf(begun);
    await("more of them").atMost(LIMIT).until(() -> topics.eventsOf(begun) > before);
    worker.kill();
    assertThat(topics.beingRead()).as("slices in the middle").isNotEmpty();
    worker.restart();
  }

  private static boolean isDone(HistoryTopicsView topics, String key) {
    var entry = topics.ledger().get(key);
    return entry != null && "DONE".equals(entry.get("State"));
  }

  private static void assertHistoryIsMarked(
      SimulatedTenant tenant, List<ReadRecord> events, int sent) {
    List<ReadRecord> ofHistory = events.stream().filter(HistoryTopicsView::isOfHistory).toList();
    Set<String> queries =
        tenant.queries().all().stream().map(query -> query.id()).collect(Collectors.toSet());
    assertThat(ofHistory)
        .hasSize(sent)
        .allSatisfy(
            event -> {
              assertThat(event.headers())
                  .containsEntry("tenant", tenant.id().toString())
                  .hasEntrySatisfying("queryId", id -> assertThat(queries).contains(id));
              assertThat(event.struct().get("CreationTime")).isNotNull();
            });
    assertThat(ofHistory.stream().filter(event -> event.topic().endsWith(".dlp")))
        .hasSize(EVENTS * (OLDEST_DAY - OLDEST_LIVE_DAY));
    assertThat(ofHistory.stream().map(ReadRecord::timestamp))
        .allMatch(time -> time.isBefore(daysAgo(OLDEST_LIVE_DAY)));
  }

  private static void assertNoError(WorkerProcess worker) throws IOException {
    Path log = worker.log();
    try (Stream<String> lines = Files.lines(log)) {
      assertThat(lines.filter(line -> line.contains(" ERROR "))).isEmpty();
    }
  }

  @Test
  void isListedAndItsConfigurationIsValidated(ConnectStack stack, ConnectRest rest)
      throws Exception {
    List<String> listed = new ArrayList<>();
    for (JsonNode plugin : rest.plugins()) {
      listed.add(plugin.path("class").asText() + " " + plugin.path("type").asText());
    }
    assertThat(listed).contains(Office365AuditHistoryConnector.class.getName() + " source");

    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start()) {
      Map<String, String> right =
          SimulatedConnectorConfig.ofHistory(
              simulator, "validated", stack.broker().bootstrapServers());
      right.put("history.from", "2026-05-04");
      Map<String, String> wrong = new HashMap<>(right);
      wrong.remove("kafka.bootstrap.servers");
      wrong.keySet().removeIf(key -> key.endsWith(".endpoint"));
      wrong.put("cloud", "gcc-high");

      assertThat(errors(rest, right)).isEmpty();
      assertThat(errors(rest, wrong)).containsOnlyKeys("kafka.bootstrap.servers", "cloud");
      assertThat(errors(rest, wrong).get("kafka.bootstrap.servers").toString())
          .contains("is missing", "deduplicate=none");
      assertThat(errors(rest, wrong).get("cloud").toString())
          .contains("gcc-high", "does not offer audit log queries", "import.folder");
    }
  }

  private static Map<String, List<String>> errors(ConnectRest rest, Map<String, String> config) {
    return rest.validationErrors(Office365AuditHistoryConnector.class.getSimpleName(), config);
  }
}
