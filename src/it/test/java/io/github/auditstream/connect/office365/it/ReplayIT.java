package io.github.auditstream.connect.office365.it;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters replayed by the program that users run. */
@ExtendWith(SharedStack.class)
class ReplayIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path folder;

  private Simulator simulator() throws Exception {
    return Simulator.builder()
        .directory(folder.resolve("simulator"))
        .tenant(t -> t.subscribed(EXCHANGE))
        .start();
  }

  private static Map<String, String> config(Simulator simulator, String name) {
    Map<String, String> config = new SimulatedConnector(simulator, name).config(1);
    config.put("content.types", "Audit.Exchange");
    return config;
  }

  private ToolRun replay(ConnectStack stack, WorkerProcess worker, String name, String... more)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--connect", worker.rest().address().toString(), "--name", name));
    arguments.addAll(List.of(more));
    return ToolRun.of(stack, worker, folder, "Replay", arguments.toArray(String[]::new));
  }

  private ToolRun reconcile(ConnectStack stack, WorkerProcess worker, String name)
      throws Exception {
    return ToolRun.of(
        stack,
        worker,
        folder,
        "Reconcile",
        "--prefix",
        name,
        "--format",
        "json",
        "--patience",
        "PT2S");
  }

  private static Struct replayed(TopicReader reader, String name) {
    return reader
        .readUntil(
            List.of(name + ".receipts"),
            "the replay's receipt",
            LIMIT,
            receipts -> receipts.stream().anyMatch(ReplayIT::isReplay))
        .stream()
        .filter(ReplayIT::isReplay)
        .findFirst()
        .orElseThrow()
        .struct();
  }

  private static boolean isReplay(ReadRecord receipt) {
    return receipt.struct().getString("Outcome").equals("REPLAYED");
  }

  @Test
  void anOversizeEventComesOnceTheProducerTakesIt(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    String name = "replay-oversize";
    String large =
        "{\"Id\":\"large\",\"Workload\":\"Exchange\",\"ObjectId\":\"%s\"}"
            .formatted("x".repeat(1_300_000));
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      simulator
          .tenant()
          .blob(EXCHANGE)
          .createdAgo(Duration.ofHours(2))
          .events(
              "{\"Id\":\"before\",\"Workload\":\"Exchange\"}",
              large,
              "{\"Id\":\"after\",\"Workload\":\"Exchange\"}")
          .add();
      Map<String, String> config = config(simulator, name);
      config.put("producer.override.max.request.size", "1048576");
      worker.rest().put(name, config);
      reader.readAtLeast(1, LIMIT, name + ".receipts");
      assertThat(reconcile(stack, worker, name))
          .matches(run -> run.status() == 0, "adds up with a dead letter")
          .matches(run -> run.out().contains("\"deadLettered\":1"));
      config.put("producer.override.max.request.size", "20000000");
      worker.rest().put(name, config);
      worker.rest().awaitRunning(name, 1, LIMIT);

      ToolRun rehearsal = replay(stack, worker, name, "--dry-run");
      assertThat(rehearsal.status()).as("%s", rehearsal).isZero();
      assertThat(rehearsal.out()).contains("elements 1,", "dry run");
      ToolRun run = replay(stack, worker, name);
      assertThat(run.status()).as("%s", run).isZero();
      // The first may still be under way, or have come to its end since this one looked.
      assertThat(replay(stack, worker, name).status()).isIn(0, 1);
      Struct receipt = replayed(reader, name);

      assertThat(receipt.getString("Elements")).isEqualTo("1");
      assertThat(receipt.getInt64("RecordsProduced")).isEqualTo(1);
      assertThat(reader.readAll(name + ".exchange"))
          .extracting(ReadRecord::key)
          .containsExactlyInAnyOrder("before", "after", "large");
      ToolRun after = reconcile(stack, worker, name);
      assertThat(after.status()).as("%s", after).isZero();
      assertThat(after.out())
          .contains("\"eventsFound\":3,\"produced\":3,\"deadLettered\":0,\"lost\":0");
      assertThat(replay(stack, worker, name).out()).contains("nothing to replay");
      assertThat(worker.rest().status(name).state()).isEqualTo("RUNNING");
      assertThat(simulator.breaches()).isEmpty();
      worker.rest().delete(name);
    }
  }

  @Test
  void nothingIsReplayedThatARewindHasBroughtAlready(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    String name = "replay-rewound";
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      simulator
          .tenant()
          .blob(EXCHANGE)
          .createdAgo(Duration.ofHours(2))
          .events(
              "{\"Id\":\"before\",\"Workload\":\"Exchange\"}",
              "{\"Id\":\"large\",\"Workload\":\"Exchange\",\"ObjectId\":\"%s\"}"
                  .formatted("x".repeat(1_300_000)))
          .add();
      Map<String, String> config = config(simulator, name);
      config.put("producer.override.max.request.size", "1048576");
      worker.rest().put(name, config);
      reader.readAtLeast(1, LIMIT, name + ".receipts");
      config.put("producer.override.max.request.size", "20000000");
      worker.rest().put(name, config);
      worker.rest().stop(name);
      worker
          .rest()
          .patchOffset(
              name,
              Map.of(
                  "tenant", simulator.tenant().id().toString(), "contentType", EXCHANGE.apiName()),
              Map.of("contentCreated", CLOCK.instant().minus(Duration.ofHours(3)).toString()));
      worker.rest().resume(name);
      reader.readAtLeast(2, LIMIT, name + ".receipts");

      ToolRun run = replay(stack, worker, name);

      assertThat(run.status()).as("%s", run).isZero();
      assertThat(run.out()).contains("nothing to replay in " + name + ".deadletter");
      assertThat(reader.readAll(name + ".exchange"))
          .extracting(ReadRecord::key)
          .containsExactlyInAnyOrder("before", "before", "large");
      worker.rest().delete(name);
    }
  }

  @Test
  void aBlobThatWasTakenForExpiredComesWhole(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    String name = "replay-blob";
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      PublishedBlob blob =
          simulator.tenant().blob(EXCHANGE).createdAgo(Duration.ofHours(2)).events(6).add();
      simulator.tenant().history(EXCHANGE, Duration.ofHours(1), 3, 2);
      simulator.on(blob).always().meets(Fault.afError(400, "AF20051"));
      worker.rest().put(name, config(simulator, name));
      reader.readAtLeast(4, LIMIT, name + ".receipts");
      ToolRun before = reconcile(stack, worker, name);
      assertThat(before.status()).as("%s", before).isEqualTo(1);
      assertThat(before.out()).contains(blob.contentId(), "lost: ");
      simulator.endFaults();

      ToolRun run = replay(stack, worker, name, "--content-id", blob.contentId());
      assertThat(run.status()).as("%s", run).isZero();
      assertThat(replayed(reader, name).getInt64("RecordsProduced")).isEqualTo(6);

      SimulatedConnector connector = new SimulatedConnector(simulator, name);
      assertThat(
              SimulatedConnector.arrived(
                  reader.readAll(connector.eventTopics(reader.topics(name)))))
          .isEqualTo(connector.expected());
      ToolRun after = reconcile(stack, worker, name);
      assertThat(after.status()).as("%s", after).isZero();
      worker.rest().delete(name);
    }
  }

  @Test
  void expiredDeadLettersAreRefusedByName(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    String name = "replay-expired";
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      PublishedBlob broken =
          simulator
              .tenant()
              .blob(EXCHANGE)
              .createdAgo(Duration.ofHours(2))
              .expires(CLOCK.instant().plusSeconds(20))
              .body("[{\"Id\": ")
              .add();
      worker.rest().put(name, config(simulator, name));
      reader.readAtLeast(1, LIMIT, name + ".deadletter");

      ToolRun run = replay(stack, worker, name, "--content-id", broken.contentId());
      ToolRun unknown = replay(stack, worker, name, "--content-id", "nobody");
      ToolRun absent = replay(stack, worker, name + "-absent");

      assertThat(run.status()).as("%s", run).isEqualTo(1);
      assertThat(run.out()).contains(broken.contentId() + " cannot be replayed: it expired at");
      assertThat(unknown.status()).as("%s", unknown).isEqualTo(1);
      assertThat(unknown.out()).contains("no dead letter of it is open");
      assertThat(absent.status()).as("%s", absent).isEqualTo(2);
      assertThat(absent.messages()).contains("has no connector replay-expired-absent");
      assertThat(worker.rest().status(name).state()).isEqualTo("RUNNING");
      worker.rest().delete(name);
    }
  }
}
