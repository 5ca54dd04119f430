package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Rule;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that ends in the middle, in either way, and comes back. */
@ExtendWith(SharedStack.class)
class RestartIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int BLOBS = 60;
  private static final int EVENTS = 40;

  private static Simulator simulator() throws Exception {
    Simulator simulator =
        Simulator.builder().tenant(t -> t.subscribedToAll()).latency(Duration.ofMillis(40)).start();
    for (ContentType contentType : ContentType.values()) {
      simulator.tenant().history(contentType, Duration.ofDays(3), BLOBS, EVENTS);
    }
    return simulator;
  }

  private static void awaitAll(TopicReader reader, String prefix) {
    reader.readUntil(
        List.of(prefix + ".receipts"),
        "a receipt for every blob",
        LIMIT,
        records ->
            records.stream().map(ReadRecord::key).distinct().count()
                >= (long) BLOBS * ContentType.values().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oldest-first", "newest-first"})
  void anExactlyOnceWorkerThatIsKilledThriceLosesAndRepeatsNothing(String order, ConnectStack stack)
      throws Exception {
    String name = "killed-" + order;
    try (Simulator simulator = simulator();
        WorkerProcess worker = stack.startWorker(stack.workerSettings().withExactlyOnce(true));
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      SimulatedConnector connector = new SimulatedConnector(simulator, name);
      Map<String, String> config = connector.config(2);
      config.put("catch.up.order", order);
      worker.rest().put(name, config);
      for (int kill = 1; kill <= 3; kill++) {
        reader.readAtLeast(kill * 30, LIMIT, name + ".receipts");
        worker.kill();
        worker.restart();
      }
      awaitAll(reader, name);

      List<ReadRecord> records = reader.readAll(connector.eventTopics(reader.topics("")));

      assertThat(SimulatedConnector.arrived(records)).isEqualTo(connector.expected());
      assertThat(reader.readAll(name + ".receipts")).hasSize(BLOBS * ContentType.values().length);
      assertThat(simulator.breachesExcept(Rule.OVER_QUOTA)).isEmpty();
    }
  }

  @Test
  void aWorkerThatIsStoppedAndStartedContinues(ConnectStack stack) throws Exception {
    String name = "stopped";
    try (Simulator simulator = simulator();
        WorkerProcess worker = stack.startWorker(stack.workerSettings());
        TopicReader reader = stack.reader(Isolation.READ_UNCOMMITTED)) {
      SimulatedTenant tenant = simulator.tenant();
      SimulatedConnector connector = new SimulatedConnector(simulator, name);
      worker.rest().put(name, connector.config(2));
      reader.readAtLeast(50, LIMIT, name + ".receipts");
      worker.stop();
      tenant.blob(ContentType.EXCHANGE).createdAgo(Duration.ZERO).events(EVENTS).add();
      worker.restart();
      awaitAll(reader, name);
      Map<String, Long> expected = connector.expected();

      List<ReadRecord> records =
          reader.readUntil(
              connector.eventTopics(reader.topics("")),
              "all events",
              LIMIT,
              read -> SimulatedConnector.arrived(read).keySet().containsAll(expected.keySet()));

      assertThat(SimulatedConnector.arrived(records).keySet()).isEqualTo(expected.keySet());
    }
  }
}
