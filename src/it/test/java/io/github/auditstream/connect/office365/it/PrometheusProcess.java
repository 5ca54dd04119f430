package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.testkit.Ports;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's own Prometheus, as a process of the test's. */
final class PrometheusProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final URI address;

  private PrometheusProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Where CI says that it is CI, everything must be installed. */
  static void assumeInstalled() {
    boolean installed = Stream.of("prometheus", "promtool").allMatch(PrometheusProcess::isOnPath);
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("CI has prometheus and promtool").isTrue();
    }
    assumeTrue(installed, "There is no prometheus with promtool on this machine");
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param folder takes its data and its log
   */
  static PrometheusProcess start(Path configuration, Path folder) throws IOException {
    int port = Ports.free();
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusProcess started =
        new PrometheusProcess(process, URI.create("http://127.0.0.1:" + port));
    await("Prometheus, which logs to " + log)
        .atMost(LIMIT)
        .until(() -> !process.isAlive() || started.isReady());
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    return started;
  }

  private boolean isReady() throws IOException, InterruptedException {
    try {
      return text(address.resolve("/-/ready")).contains("Ready");
    } catch (ConnectException e) {
      return false;
    }
  }

  /** What a query gives now: an array of series with their values. */
  JsonNode query(String query) throws IOException, InterruptedException {
    JsonNode answer =
        get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    assertThat(answer.get("status").asText()).as("%s: %s", query, answer).isEqualTo("success");
    return answer.at("/data/result");
  }

  JsonNode rules() throws IOException, InterruptedException {
    return get("/api/v1/rules").at("/data/groups/0/rules");
  }

  /** Whether there is an alert of this name that fires. */
  boolean fires(String alert) throws IOException, InterruptedException {
    for (JsonNode active : get("/api/v1/alerts").at("/data/alerts")) {
      if (active.at("/labels/alertname").asText().equals(alert)
          && active.get("state").asText().equals("firing")) {
        return true;
      }
    }
    return false;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return MAPPER.readTree(text(address.resolve(path)));
  }

  static String text(URI uri) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(uri).timeout(LIMIT).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
