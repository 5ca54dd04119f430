package io.github.auditstream.connect.office365.it.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An OpenSearch server of its own, without security. */
final class OpenSearch implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final NativeProcess server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;

  private OpenSearch(NativeProcess server, URI root) {
    this.server = server;
    this.root = root;
  }

  static OpenSearch start(Path folder) throws IOException, InterruptedException {
    int port = Ports.free();
    NativeProcess server =
        NativeProcess.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                Repository.file("target/opensearch/lib") + "/*",
                Repository.file("src", "testkit", "opensearch", "OpenSearchServer.java").toString(),
                folder.resolve("opensearch").toString(),
                Integer.toString(port)),
            folder.resolve("opensearch.log"));
    try {
      server.await("OpenSearch", START_LIMIT, () -> Ports.open(port));
      return new OpenSearch(server, URI.create("http://127.0.0.1:" + port));
    } catch (IOException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Its answer; fails where the status is not 2xx. */
  JsonNode send(String method, String path, String contentType, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode())
        .as("%s %s%n%s", method, path, response.body())
        .isBetween(200, 299);
    return MAPPER.readTree(response.body());
  }

  JsonNode send(String method, String path, String json) throws IOException, InterruptedException {
    return send(method, path, "application/json", json);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
