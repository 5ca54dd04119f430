package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.LiveFeed;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job, through a real worker, broker, converter and registry. */
@ExtendWith(SharedStack.class)
class EndToEndIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Seven days, less what a loaded machine needs to come to the oldest blob before it expires. */
  private static final Duration ALL_BUT_EXPIRED = Duration.ofDays(7).minusHours(1);

  private static final Clock CLOCK = Clock.systemUTC();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15})
  void threeTenantsWithFiveContentTypesArriveOnce(
      int tasksMax, ConnectStack stack, ConnectRest rest) throws Exception {
    String name = "e2e-" + tasksMax;
    try (Simulator simulator =
            Simulator.builder()
                .pageSize(20)
                .tenant(t -> t.subscribedToAll())
                .tenant(t -> t.subscribedToAll())
                .tenant(t -> t.subscribed(ContentType.EXCHANGE))
                .start();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      Instant now = CLOCK.instant();
      for (SimulatedTenant tenant : simulator.tenants()) {
        for (ContentType contentType : ContentType.values()) {
          tenant.history(contentType, ALL_BUT_EXPIRED, 60, 8);
          for (int twin = 0; twin < 5; twin++) {
            tenant.blob(contentType).created(now.minusSeconds(7_200)).events(3).add();
          }
          tenant
              .blob(contentType)
              .created(now.minusSeconds(3_600))
              .visibleFrom(now.plusSeconds(20))
              .events(4)
              .add();
        }
      }
      SimulatedConnector connector = new SimulatedConnector(simulator, name);
      List<LiveFeed> live = new ArrayList<>();
      for (SimulatedTenant tenant : simulator.tenants()) {
        for (ContentType contentType : ContentType.values()) {
          live.add(tenant.live(contentType, 0.5, 3));
        }
      }
      rest.put(name, connector.config(tasksMax));
      rest.awaitRunning(name, tasksMax, LIMIT);
      reader.readUntil(
          List.of(name + ".receipts"),
          "receipts of live blobs",
          LIMIT,
          records -> records.size() > 15 * 66 + 60);
      live.forEach(LiveFeed::close);

      List<ReadRecord> records = awaitAll(reader, connector);

      assertThat(SimulatedConnector.arrived(records)).isEqualTo(connector.expected());
      assertThat(simulator.breaches()).isEmpty();
      assertThat(reader.readAll(name + ".deadletter")).isEmpty();
      assertThat(
              reader.readAll(name + ".receipts").stream()
                  .mapToLong(record -> record.struct().getInt64("RecordsProduced"))
                  .sum())
          .isEqualTo(records.size());
      assertThat(rest.status(name).failed()).isFalse();
      rest.delete(name);
    }
  }

  /** Reads until the ledger's number has arrived, and checks afterwards that it stays at that. */
  private static List<ReadRecord> awaitAll(TopicReader reader, SimulatedConnector connector) {
    long wanted = connector.expected().values().stream().mapToLong(Long::longValue).sum();
    List<String> topics = connector.eventTopics(reader.topics(""));
    reader.readUntil(topics, wanted + " events", LIMIT, records -> records.size() >= wanted);
    List<String> again = connector.eventTopics(reader.topics(""));
    return reader.readAll(again);
  }

  @Test
  void unusualEventsArriveAndNothingFails(ConnectStack stack, ConnectRest rest) throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      simulator
          .tenant()
          .blob(ContentType.EXCHANGE)
          .createdAgo(Duration.ofHours(1))
          .events(
              "{\"Id\":\"a\",\"Workload\":\"Exchange\",\"CreationTime\":\"0001-01-01T00:00:00\"}",
              "{\"Id\":\"b\",\"Workload\":\"Exchange\",\"CreationTime\":\"2099-01-01T00:00:00\"}",
              "{\"Workload\":\"Exchange\",\"CreationTime\":\"2026-11-21T10:00:00\"}",
              "{\"Id\":\"d\"}",
              "{\"Id\":\"e\",\"Workload\":\"../receipts\"}",
              "{\"Id\":\"f\",\"Workload\":\"receipts\"}",
              "{\"Id\":\"\\ud800\",\"Workload\":\"Exchange\"}",
              "{\"Id\":\"" + "long".repeat(1_000) + "\",\"Workload\":\"Exchange\"}",
              "{}")
          .add();
      simulator
          .tenant()
          .blob(ContentType.SHAREPOINT)
          .createdAgo(Duration.ofHours(1))
          .events("{\"Id\":\"large\",\"ObjectId\":\"" + "x".repeat(3_000_000) + "\"}")
          .add();
      Map<String, String> config = new SimulatedConnector(simulator, "odd").config(1);
      config.remove("producer.override.max.request.size");
      rest.put("odd", config);

      reader.readAtLeast(2, LIMIT, "odd.receipts");

      assertThat(reader.readAll("odd.exchange")).hasSize(5);
      assertThat(reader.readAll("odd.general")).hasSize(4);
      assertThat(reader.readAll("odd.deadletter"))
          .hasSize(6)
          .allMatch(part -> part.struct().getInt64("BytesInAll") > 3_000_000);
      assertThat(rest.status("odd").running(1)).isTrue();
      rest.delete("odd");
    }
  }
}
