package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.config.ContentType;
import io.github.auditstream.connect.office365.config.Version;
import io.github.auditstream.connect.office365.quickstart.stack.ConnectStack;
import io.github.auditstream.connect.office365.quickstart.stack.TopicReader;
import io.github.auditstream.connect.office365.quickstart.stack.TopicReader.Isolation;
import io.github.auditstream.connect.office365.quickstart.stack.WorkerProcess;
import io.github.auditstream.connect.office365.quickstart.stack.WorkerSettings;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same archive on the oldest, a middle and the newest supported worker. */
@ExtendWith(SharedStack.class)
class WorkerVersionsIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(strings = {"3.7.2", "3.9.2", "4.3.1"})
  void runsRestartsInAnotherJvmAndFindsItsOffsets(String version, ConnectStack stack)
      throws Exception {
    String name = "worker-" + version;
    WorkerSettings settings =
        stack.workerSettings().withKafka(stack.folders().kafka(version)).withExactlyOnce(true);
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        WorkerProcess worker = stack.startWorker(settings);
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      for (ContentType contentType : ContentType.values()) {
        simulator.tenant().history(contentType, Duration.ofDays(1), 5, 4);
      }
      SimulatedConnector connector = new SimulatedConnector(simulator, name);
      worker.rest().put(name, connector.config(2));
      reader.readAtLeast(25, LIMIT, name + ".receipts");
      assertThat(versions(worker, "Office365AuditSourceConnector")).containsOnly(Version.version());

      JsonNode offsets = worker.rest().offsets(name);
      assertThat(offsets).hasSize(5);
      assertThat(offsets)
          .allSatisfy(
              offset -> {
                assertThat(offset.at("/partition/tenant").asText())
                    .isEqualTo(simulator.tenant().id().toString());
                assertThat(offset.at("/offset/contentCreated").asText()).endsWith("Z");
                assertThat(offset.at("/offset/contentId").asText()).isNotEmpty();
              });

      worker.stop();
      worker.restart();
      worker.rest().awaitRunning(name, 2, LIMIT);
      simulator.tenant().blob(ContentType.EXCHANGE).createdAgo(Duration.ZERO).events(3).add();
      reader.readAtLeast(26, LIMIT, name + ".receipts");

      assertThat(
              SimulatedConnector.arrived(reader.readAll(connector.eventTopics(reader.topics("")))))
          .isEqualTo(connector.expected());

      rewind(worker, name, simulator);
      reader.readUntil(
          List.of(name + ".receipts"),
          "the rewound feed's blobs again",
          LIMIT,
          receipts -> receipts.size() >= 26 + 6);
    }
  }

  private static List<String> versions(WorkerProcess worker, String plugin) {
    return worker.rest().plugins().findParents("class").stream()
        .filter(found -> found.get("class").asText().endsWith(plugin))
        .map(found -> found.get("version").asText())
        .toList();
  }

  private static void rewind(WorkerProcess worker, String name, Simulator simulator) {
    worker.rest().stop(name);
    worker
        .rest()
        .patchOffset(
            name,
            Map.of(
                "tenant",
                simulator.tenant().id().toString(),
                "contentType",
                ContentType.EXCHANGE.apiName()),
            Map.of("contentCreated", "2026-01-01T00:00:00.000Z"));
    worker.rest().resume(name);
  }
}
