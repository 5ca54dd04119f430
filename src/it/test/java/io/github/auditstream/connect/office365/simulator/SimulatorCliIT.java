package io.github.auditstream.connect.office365.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed simulator, run as a user runs it. */
class SimulatorCliIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path JAR = Repository.file("target/simulator/office365-simulator.jar");

  private final List<Process> processes = new ArrayList<>();
  private final Path folder;

  SimulatorCliIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void explainsItself() throws Exception {
    Process process = run("--help");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(said)
        .contains("Usage: office365-simulator", "--events-per-blob", "--history-connector");
  }

  @Test
  void packsNoTests() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .anyMatch(name -> name.endsWith("/SimulatorMain.class"))
          .noneMatch(name -> name.contains("Test") || name.endsWith("IT.class"));
      for (String library :
          jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ", -1)) {
        assertThat(JAR.resolveSibling(library)).exists();
      }
    }
  }

  @Test
  void servesUntilInterruptedAndThenPrintsASummary() throws Exception {
    Process process =
        run(
            "--port=0",
            "--directory=" + folder,
            "--history=PT2H",
            "--history-blobs=3",
            "--events-per-blob=4",
            "--rate=0",
            "--content-types=Audit.Exchange,DLP.All");
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    JsonNode config = connectorConfig(out);

    HttpClient http = trusting(config);
    String token = token(http, config, "management.endpoint");
    assertThat(list(http, config, token)).isEqualTo("[]");

    interrupt(process);
    String said = out.lines().collect(Collectors.joining("\n"));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said)
        .contains(
            "Published 6 blobs with 24 events; retrieved 0 blobs with 0 events.",
            "Audit.Exchange: 0 of 3 blobs, 0 of 12 events",
            "Answered 2 requests.",
            "TOKEN: 1 x 200",
            "LIST_SUBSCRIPTIONS: 1 x 200",
            "No documented rule was broken.");
  }

  @Test
  void publishesAUsersOwnEvents() throws Exception {
    Path events =
        Files.writeString(
            folder.resolve("own.jsonl"), "{\"Id\":\"1\",\"Workload\":\"Exchange\"}\n");
    Process process =
        run(
            "--port=0",
            "--directory=" + folder,
            "--events=" + events,
            "--as-they-are",
            "--history-blobs=2",
            "--rate=50");
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    JsonNode config = connectorConfig(out);
    HttpClient http = trusting(config);

    await("live blobs beside the two of history")
        .atMost(Duration.ofSeconds(60))
        .until(() -> look(http, config, "/simulator/ledger").path("blobs").asInt() > 2);
    JsonNode feeds = look(http, config, "/simulator/ledger").path("feeds");
    assertThat(feeds).hasSize(1);
    assertThat(feeds.get(0).path("contentType").asText()).isEqualTo("Audit.Exchange");
    // Not the process's own destroy: that closes the stream that is still to be read.
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(out.lines().collect(Collectors.joining("\n"))).contains("Published ");
  }

  @Test
  void servesMicrosoftGraphAndPrintsTheConfigurationThatReadsHistory() throws Exception {
    Process process =
        run(
            "--port=0",
            "--directory=" + folder,
            "--history=P30D",
            "--history-blobs=3",
            "--rate=0",
            "--history-connector=broker.example:9092");
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    JsonNode live = connectorConfig(out);
    JsonNode history = connectorConfig(out);

    assertThat(text(history, "connector.class")).isNotEqualTo(text(live, "connector.class"));
    assertThat(text(history, "kafka.bootstrap.servers")).isEqualTo("broker.example:9092");
    assertThat(Instant.parse(text(history, "history.from")))
        .isEqualTo(Instant.parse(text(history, "history.from")).truncatedTo(ChronoUnit.DAYS));
    assertThat(text(history, "graph.endpoint"))
        .isEqualTo(text(live, "graph.endpoint"))
        .isNotEqualTo(text(live, "management.endpoint"));
    HttpClient http = trusting(history);
    String token = token(http, history, "graph.endpoint");
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(text(history, "graph.endpoint") + "/v1.0/security/auditLog/queries"))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("value")).isEmpty();
    assertThat(look(http, live, "/simulator/breaches").path("counts")).isEmpty();
    interrupt(process);
    assertThat(out.lines().collect(Collectors.joining("\n"))).contains("Published ");
  }

  private Process run(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  /** Ctrl-C sends SIGINT, for which Java has no call of its own. */
  private static void interrupt(Process process) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static JsonNode connectorConfig(BufferedReader out) throws IOException {
    StringBuilder json = new StringBuilder();
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith("{") || !json.isEmpty()) {
        json.append(line);
      }
      if (line.equals("}")) {
        break;
      }
    }
    JsonNode config = JSON.readTree(json.toString()).path("config");
    assertThat(config.isObject()).as("the snippet in: %s", said).isTrue();
    return config;
  }

  private HttpClient trusting(JsonNode config) {
    Truststore truststore =
        new Truststore(
            Path.of(text(config, "ssl.truststore.location")),
            text(config, "ssl.truststore.password"),
            text(config, "ssl.truststore.type"),
            folder);
    return HttpClient.newBuilder().sslContext(truststore.sslContext()).build();
  }

  private static String text(JsonNode config, String key) {
    return config.path(key).asText();
  }

  private static String token(HttpClient http, JsonNode config, String endpoint)
      throws IOException, InterruptedException {
    String form =
        "grant_type=client_credentials&client_id="
            + text(config, "client.id")
            + "&client_secret="
            + URLEncoder.encode(text(config, "client.secret"), StandardCharsets.UTF_8)
            + "&scope="
            + URLEncoder.encode(text(config, endpoint) + "/.default", StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    text(config, "authority.endpoint")
                        + "/"
                        + text(config, "tenant.id")
                        + "/oauth2/v2.0/token"))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
        .path("access_token")
        .asText();
  }

  private static String list(HttpClient http, JsonNode config, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    text(config, "management.endpoint")
                        + "/api/v1.0/"
                        + text(config, "tenant.id")
                        + "/activity/feed/subscriptions/list?PublisherIdentifier="
                        + text(config, "tenant.id")))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static JsonNode look(HttpClient http, JsonNode config, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(text(config, "management.endpoint") + path)).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
