package io.github.auditstream.connect.office365.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.pages.Pages;
import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.Ports;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker/compose.yaml}, by the commands of {@code docs/docker.md}. */
@ExtendWith(DockerRequired.class)
class ComposeIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String COMPOSE = "docker compose -f docker/compose.yaml ";
  private static final String CONNECTOR = "office365-audit";
  private static final List<String> ALL =
      List.of(
          "connect",
          "elasticsearch",
          "grafana",
          "kafka",
          "kibana",
          "prometheus",
          "registry",
          "simulator",
          "splunk");

  /** All but Grafana can be made of packages where the official images are not available. */
  private static final List<String> MADE_OF_PACKAGES =
      List.of("kafka", "registry", "simulator", "connect", "prometheus");

  /** How each port is set, and what it is in the documentation. */
  private static final Map<String, Integer> PORTS =
      Map.of(
          "KAFKA_PORT", 9092,
          "REGISTRY_PORT", 8081,
          "CONNECT_PORT", 8083,
          "SIMULATOR_PORT", 8443,
          "SIMULATOR_GRAPH_PORT", 8444,
          "PROMETHEUS_PORT", 9090,
          "GRAFANA_PORT", 3000);

  @TempDir private Path folder;

  @Test
  void composeTakesTheFileWithEveryProfile() throws Exception {
    String services =
        bash().run(COMPOSE + "--profile elasticsearch --profile splunk config --services");

    assertThat(services.lines().sorted().toList()).isEqualTo(ALL);
  }

  @Test
  void theComposedConfigurationPassesTheLinter() throws Exception {
    Assumptions.assumeTrue(
        hasNpx(), "There is no npx on this machine, and so no linter for compose files");
    Path rendered = folder.resolve("compose.yaml");
    bash()
        .run(
            COMPOSE + "--profile elasticsearch --profile splunk config > '%s'".formatted(rendered));

    bash()
        .run(
            "npx --yes dclint@3.1.0 --config docker/.dclintrc.yaml --max-warnings 0 '%s'"
                .formatted(rendered));
  }

  private boolean hasNpx() throws Exception {
    boolean found = bash().run("command -v npx || true").contains("npx");
    assertThat(found || !"true".equals(System.getenv("CI"))).as("npx, in CI").isTrue();
    return found;
  }

  @Test
  void bringsEverythingUpHealthyAndEachEventIntoItsTopicOnce() throws Exception {
    Map<String, Integer> ports = freePorts();
    Bash bash = bash().with("COMPOSE_PROJECT_NAME", "office365-it").with("SIMULATOR_RATE", "0");
    ports.forEach((name, port) -> bash.with(name, port.toString()));
    try {
      String services = Images.official() ? "" : " " + String.join(" ", MADE_OF_PACKAGES);
      bash.run(command("up").strip() + services);
      allAreHealthy(bash);
      bash.run(at(ports, command("create")));
      ConnectRest rest = new ConnectRest(address(ports, "CONNECT_PORT"));
      rest.awaitRunning(CONNECTOR, 2, LIMIT);
      assertThat(bash.run(at(ports, command("status")))).contains("RUNNING");

      String ledger = bash.run(at(ports, command("ledger")));
      Map<String, Long> expected = expected(ledger);
      assertThat(expected).hasSizeGreaterThan(1_000);
      assertThat(arrived(ports, ledger.lines().count())).isEqualTo(expected);
      prometheusFindsItsTargets(ports);
      prometheusCounts(ports, expected.values().stream().mapToLong(times -> times).sum());
    } catch (Exception | AssertionError e) {
      e.addSuppressed(new AssertionError(bash.run(COMPOSE + "ps; " + COMPOSE + "logs --tail 60")));
      throw e;
    } finally {
      bash.run(command("down"));
    }
    assertThat(bash.run("docker ps -aq --filter label=com.docker.compose.project=office365-it"))
        .isBlank();
    assertThat(
            bash.run("docker volume ls -q --filter label=com.docker.compose.project=office365-it"))
        .isBlank();
  }

  private Map<String, Long> arrived(Map<String, Integer> ports, long blobs) {
    URI registry = address(ports, "REGISTRY_PORT").resolve("/apis/ccompat/v7");
    try (AvroDecoder decoder = new AvroDecoder(StackFolders.ofBuild().converter(), registry);
        TopicReader reader =
            new TopicReader(
                "localhost:" + ports.get("KAFKA_PORT"), decoder, Isolation.READ_COMMITTED)) {
      // A blob's receipt comes with the last of its events, and the last topic only then.
      reader.readUntil(
          List.of("office365.receipts"),
          blobs + " receipts",
          LIMIT,
          receipts -> receipts.size() >= blobs);
      return SimulatedConnector.arrived(
          reader.readAll(SimulatedConnector.eventTopics(reader.topics(""), "office365")));
    }
  }

  /** How often each event is in the simulator's ledger. */
  private static Map<String, Long> expected(String ledger) throws IOException {
    Map<String, Long> times = new TreeMap<>();
    for (String line : ledger.lines().toList()) {
      JsonNode blob = MAPPER.readTree(line);
      for (JsonNode id : blob.path("eventIds")) {
        times.merge(
            "%s %s %s"
                .formatted(
                    blob.path("tenant").asText(), blob.path("contentType").asText(), id.asText()),
            1L,
            Long::sum);
      }
    }
    return times;
  }

  private static void allAreHealthy(Bash bash) throws Exception {
    List<String> states = new ArrayList<>();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              states.clear();
              states.addAll(
                  bash.run(
                          "docker inspect --format '{{.State.Health.Status}}' $("
                              + COMPOSE
                              + "ps -q)")
                      .lines()
                      .toList());
              assertThat(states)
                  .hasSizeGreaterThanOrEqualTo(MADE_OF_PACKAGES.size())
                  .containsOnly("healthy");
            });
  }

  private void prometheusFindsItsTargets(Map<String, Integer> ports) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonNode targets = asked(ports, "/api/v1/targets").at("/data/activeTargets");
              assertThat(targets).isNotEmpty();
              assertThat(targets)
                  .allSatisfy(target -> assertThat(target.path("health").asText()).isEqualTo("up"));
            });
  }

  /** The worker's metrics arrive, by the names that alerts and dashboard use. */
  private void prometheusCounts(Map<String, Integer> ports, long events) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonNode answer =
                  asked(ports, "/api/v1/query?query=sum(office365_events_produced_total)");
              assertThat(answer.at("/data/result/0/value/1").asLong()).isEqualTo(events);
            });
    assertThat(asked(ports, "/api/v1/rules").at("/data/groups")).isNotEmpty();
  }

  private static JsonNode asked(Map<String, Integer> ports, String path) {
    try {
      return MAPPER.readTree(address(ports, "PROMETHEUS_PORT").resolve(path).toURL());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String command(String mark) {
    return Pages.block(Pages.doc("docker.md"), "by ComposeIT " + mark);
  }

  private static String at(Map<String, Integer> ports, String command) {
    String there = command;
    for (Map.Entry<String, Integer> port : PORTS.entrySet()) {
      there =
          there.replace("localhost:" + port.getValue(), "localhost:" + ports.get(port.getKey()));
    }
    return there;
  }

  private static URI address(Map<String, Integer> ports, String name) {
    return URI.create("http://localhost:" + ports.get(name));
  }

  private static Map<String, Integer> freePorts() {
    return PORTS.keySet().stream().collect(Collectors.toMap(name -> name, name -> Ports.free()));
  }

  private Bash bash() throws IOException {
    Bash bash = new Bash(Files.createTempDirectory(folder, "bash"));
    for (String image :
        List.of("KAFKA_IMAGE", "JAVA_IMAGE", "REGISTRY_IMAGE", "PROMETHEUS_IMAGE")) {
      bash.with(image, Images.named(image));
    }
    return bash;
  }
}
