package io.github.auditstream.connect.office365.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.it.SharedStack;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the pages against a Connect worker, unchanged. */
@ExtendWith(SharedStack.class)
class PagesIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NAME = "office365-audit";
  private static final String SECRETS = "/etc/kafka-connect/secrets";
  private static final String TENANT = "c0470505-0000-4000-8000-000000000001";
  private static final Path GETTING_STARTED = Pages.doc("getting-started.md");
  private static final Path GUARANTEES = Pages.doc("guarantees.md");
  private static final Path OPERATIONS = Pages.doc("operations.md");
  private static final Path HISTORY = Pages.doc("history.md");
  private static final String OPERATED = "office365-operated";
  private static final String FILLED = "office365-history";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void createsLooksAtAndAddsUpAConnector(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    ConnectRest rest = worker.rest();
    requireCurl();
    try (Simulator simulator = simulator()) {
      simulator.tenant().history(ContentType.EXCHANGE, Duration.ofHours(20), 5, 3);
      prepare(simulator, stack, worker, "started");
      List<String> commands = commands(GETTING_STARTED);
      assertThat(commands).hasSize(3);
      commands.addAll(commands(GUARANTEES));
      assertThat(commands).hasSize(4);

      for (String command : commands) {
        String here = command.replace("http://localhost:8083", rest.address().toString());
        assertThat(run(here)).as("%s%n%s", command, output()).isZero();
        settle(rest, command);
      }
    } finally {
      if (rest.connectors().contains(NAME)) {
        rest.delete(NAME);
      }
    }
  }

  @Test
  void looksAtPausesRestartsRewindsForgetsAndReplays(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    ConnectRest rest = worker.rest();
    requireCurl();
    try (Simulator simulator = simulator()) {
      simulator.tenant().history(ContentType.EXCHANGE, Duration.ofHours(20), 5, 3);
      simulator.tenant().history(ContentType.DLP, Duration.ofHours(2), 2, 3);
      prepare(simulator, stack, worker, "operated");
      Map<String, String> config = new HashMap<>();
      MAPPER
          .readTree(Files.readString(folder.resolve("office365.json")))
          .fields()
          .forEachRemaining(entry -> config.put(entry.getKey(), entry.getValue().asText()));
      rest.put(OPERATED, config);
      rest.awaitRunning(OPERATED, 2, LIMIT);
      await().atMost(LIMIT).until(() -> rest.offsets(OPERATED).toString().contains("DLP.All"));
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(contentCreated(rest, OPERATED)).matches("20..-.*Z"));
      List<String> commands = commands(OPERATIONS);
      assertThat(commands).hasSize(13);

      for (String command : commands) {
        String here =
            command
                .replace("http://localhost:8083", rest.address().toString())
                .replace(NAME, OPERATED);
        assertThat(run(here)).as("%s%n%s", command, output()).isZero();
        settleOperated(rest, command);
      }
      rest.awaitRunning(OPERATED, 2, LIMIT);
    } finally {
      if (rest.connectors().contains(OPERATED)) {
        rest.delete(OPERATED);
      }
    }
  }

  @Test
  void createsLooksAtAndRepeatsAHistory(ConnectStack stack, WorkerProcess worker) throws Exception {
    ConnectRest rest = worker.rest();
    requireCurl();
    try (Simulator simulator = simulator()) {
      simulator.tenant().history(ContentType.EXCHANGE, Duration.ofDays(12), 24, 3);
      prepare(simulator, stack, worker, "filled");
      // The younger ones wait for a source connector that may be about to say how far it is.
      LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(12);
      writeHistory(simulator, stack, first);
      List<String> commands = commands(HISTORY);
      assertThat(commands).hasSize(6);

      for (String command : commands) {
        String here =
            command
                .replace("http://localhost:8083", rest.address().toString())
                .replace("2026-06-04T", first + "T")
                .replace("2026-06-05T", first.plusDays(1) + "T");
        assertThat(run(here)).as("%s%n%s", command, output()).isZero();
        settleHistory(rest, command, first);
      }
    } finally {
      if (rest.connectors().contains(FILLED)) {
        rest.delete(FILLED);
      }
    }
  }

  private void settleHistory(ConnectRest rest, String command, LocalDate first) throws IOException {
    if (command.contains(".tools.Preflight")) {
      assertThat(output()).contains("Ready: the history of 1 of 1 tenants can be read.");
    } else if (command.contains("/config") || command.contains("/resume")) {
      rest.awaitRunning(FILLED, 1, LIMIT);
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(stateOfSlice(rest, first)).isEqualTo("DONE"));
    } else if (command.contains("/stop")) {
      rest.stop(FILLED);
    } else if (command.contains("-X PATCH")) {
      assertThat(output()).contains("altered successfully");
      assertThat(stateOfSlice(rest, first)).isEqualTo("none");
    } else {
      assertThat(output()).contains(first + "T00:00:00Z/", "DONE", "summary", TENANT);
    }
  }

  private static String stateOfSlice(ConnectRest rest, LocalDate day) {
    return StreamSupport.stream(rest.offsets(FILLED).spliterator(), false)
        .filter(entry -> entry.at("/partition/slice").asText().startsWith(day.toString()))
        .map(entry -> entry.at("/offset/state").asText())
        .findFirst()
        .orElse("none");
  }

  private void settleOperated(ConnectRest rest, String command) throws IOException {
    if (command.contains(".tools.Preflight")) {
      assertThat(output()).contains(TENANT + ",DLP.All,ok,ok,enabled,on,", "Ready");
    } else if (command.contains(".tools.Replay")) {
      assertThat(output()).contains("There is nothing to replay in ");
    } else if (command.contains("/pause")) {
      rest.awaitAnyStatus(OPERATED, "paused tasks", LIMIT, state -> state.state().equals("PAUSED"));
    } else if (command.contains("/resume")) {
      rest.awaitRunning(OPERATED, 2, LIMIT);
    } else if (command.contains("/stop")) {
      rest.stop(OPERATED);
    } else if (command.contains("-X PATCH") && command.contains("null")) {
      assertThat(rest.offsets(OPERATED).toString()).doesNotContain("DLP.All");
    } else if (command.contains("-X PATCH")) {
      assertThat(output()).contains("altered successfully");
      assertThat(command).contains(contentCreated(rest, OPERATED));
    } else if (command.contains("/offsets")) {
      assertThat(output()).contains("contentCreated", "listedUntil", "completeUntil", TENANT);
    } else {
      assertThat(output()).contains("RUNNING");
    }
  }

  private void requireCurl() throws Exception {
    assumeTrue(run("command -v curl") == 0, "There is no bash with curl on this machine");
  }

  private Simulator simulator() throws Exception {
    return Simulator.builder()
        .directory(folder.resolve("simulator"))
        .tenant(setup -> setup.id(UUID.fromString(TENANT)).subscribedToAll())
        .start();
  }

  private void prepare(Simulator simulator, ConnectStack stack, WorkerProcess worker, String prefix)
      throws IOException {
    writeConfiguration(simulator, prefix);
    Files.copy(
        worker.log().resolveSibling("worker.properties"), folder.resolve("worker.properties"));
    environment.put(
        "KAFKA_HOME",
        stack.folders().kafka(KafkaDistribution.NEWEST).libs().resolve("..").toString());
    environment.put("PLUGIN", stack.folders().plugin().toString());
    environment.put("CONVERTER", stack.folders().converter().toString());
  }

  private static List<String> commands(Path page) {
    return Pages.blocks(page).stream()
        .filter(block -> block.mark().equals("worker"))
        .map(Pages.Block::text)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** A reader of the page takes longer from one command to the next than a worker needs. */
  private void settle(ConnectRest rest, String command) throws IOException {
    if (command.contains("/" + NAME + "/config")) {
      rest.awaitRunning(NAME, 2, LIMIT);
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(contentCreated(rest, NAME)).matches("20..-.*Z"));
    } else if (command.contains(".tools.Preflight")) {
      assertThat(output()).contains("Ready: 1 of 1 tenants can be read.");
    } else if (command.contains(".tools.Reconcile")) {
      assertThat(output()).containsPattern("Everything (that was read )?adds up: ");
    } else {
      assertThat(output()).contains("RUNNING");
    }
  }

  private static String contentCreated(ConnectRest rest, String name) {
    return StreamSupport.stream(rest.offsets(name).spliterator(), false)
        .filter(
            entry ->
                entry.at("/partition/contentType").asText().equals(ContentType.EXCHANGE.apiName()))
        .map(entry -> entry.at("/offset/contentCreated").asText())
        .findFirst()
        .orElse("none");
  }

  /** The first configuration and its secrets, for a simulated tenant in place of a real one. */
  private void writeConfiguration(Simulator simulator, String prefix) throws IOException {
    SimulatedTenant tenant = simulator.tenant();
    Files.writeString(
        folder.resolve("office365.properties"),
        """
        tenant.id=%s
        client.id=%s
        client.secret=%s
        """
            .formatted(tenant.id(), tenant.clientId(), tenant.clientSecret()));
    JsonNode shown =
        MAPPER.readTree(
            Pages.block(Pages.README, "first-configuration").replace(SECRETS, folder.toString()));
    ObjectNode configuration = (ObjectNode) shown;
    pointAt(simulator, configuration);
    configuration.put("topic.prefix", prefix).put("initial.lookback", "P1D");
    Files.writeString(folder.resolve("office365.json"), configuration.toPrettyString());
  }

  private static void pointAt(Simulator simulator, ObjectNode configuration) {
    Map<String, String> changes = new HashMap<>();
    SimulatedConnectorConfig.pointAt(simulator, changes);
    changes.forEach(configuration::put);
  }

  /** The page's configuration of the history, from a day on that the simulated tenant has. */
  private void writeHistory(Simulator simulator, ConnectStack stack, LocalDate first)
      throws IOException {
    ObjectNode configuration =
        (ObjectNode)
            MAPPER.readTree(
                Pages.block(HISTORY, "history-configuration").replace(SECRETS, folder.toString()));
    pointAt(simulator, configuration);
    configuration
        .put("history.from", first.toString())
        .put("history.poll.interval.ms", "100")
        .put("kafka.bootstrap.servers", stack.broker().bootstrapServers())
        .put("topic.prefix", "filled");
    Files.writeString(folder.resolve("office365-history.json"), configuration.toPrettyString());
  }

  private int run(String command) throws IOException, InterruptedException {
    Process bash;
    try {
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
              .redirectOutput(folder.resolve("output").toFile());
      builder.environment().putAll(environment);
      bash = builder.start();
    } catch (IOException e) {
      return 127;
    }
    if (!bash.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      bash.destroyForcibly();
      throw new AssertionError("No end after " + LIMIT + ": " + command);
    }
    return bash.exitValue();
  }

  private Path nothing() throws IOException {
    return Files.writeString(folder.resolve("nothing"), "");
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
  }
}
