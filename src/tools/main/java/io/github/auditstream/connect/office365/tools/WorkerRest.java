package io.github.auditstream.connect.office365.tools;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.api.Pause;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One connector, through a worker's REST API. For one thread. */
final class WorkerRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final TypeReference<LinkedHashMap<String, Object>> OFFSET =
      new TypeReference<>() {};

  private final URI worker;
  private final String connector;
  private final Optional<String> authorization;
  private final HttpClient http;
  private final Clock clock;

  /** Whom to log in as. */
  record Login(String user, Secret password) {
    private String header() {
      byte[] both = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }
  }

  /**
   * @param worker for example {@code http://localhost:8083}
   * @param connector its name
   */
  WorkerRest(
      URI worker, String connector, Optional<Login> login, Optional<SSLContext> tls, Clock clock) {
    this.worker = worker;
    this.connector = connector;
    this.clock = clock;
    this.authorization = login.map(Login::header);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT);
    tls.ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /** The configuration as it was given. */
  ConnectorFile config() throws InterruptedException {
    return ConnectorFile.of(get("/config"));
  }

  /** {@code RUNNING}, {@code PAUSED}, {@code STOPPED} or another state. */
  String state() throws InterruptedException {
    return state(get("/status"));
  }

  private String state(ObjectNode status) {
    if (status.at("/connector/state").isTextual()) {
      return status.at("/connector/state").asText();
    }
    throw noWorker(null);
  }

  /** Stops it and waits until its tasks are gone: only then may offsets be altered. */
  void stop() throws InterruptedException {
    send("PUT", "/stop", "");
    Instant deadline = clock.instant().plus(PATIENCE);
    while (!isStopped()) {
      if (clock.instant().isAfter(deadline)) {
        throw new ToolException("Connector " + connector + " does not come to a stop");
      }
      Pause.of(BETWEEN);
    }
  }

  private boolean isStopped() throws InterruptedException {
    ObjectNode status = get("/status");
    JsonNode tasks = status.path("tasks");
    return state(status).equals("STOPPED") && tasks.isArray() && tasks.isEmpty();
  }

  void resume() throws InterruptedException {
    send("PUT", "/resume", "");
  }

  void pause() throws InterruptedException {
    send("PUT", "/pause", "");
  }

  /** The source offsets of its feeds. */
  Map<FeedName, Map<String, Object>> offsets() throws InterruptedException {
    Map<FeedName, Map<String, Object>> offsets = new LinkedHashMap<>();
    for (JsonNode entry : get("/offsets").path("offsets")) {
      if (!entry.path("offset").isObject()) {
        throw noWorker(null);
      }
      Map<String, Object> offset = Json.MAPPER.convertValue(entry.get("offset"), OFFSET);
      offset.values().removeIf(Objects::isNull);
      JsonNode partition = entry.path("partition");
      offsets.put(
          new FeedName(
              partition.path(FeedId.TENANT).asText(), partition.path(FeedId.CONTENT_TYPE).asText()),
          offset);
    }
    return offsets;
  }

  /** Replaces the source offsets of feeds of the stopped connector. */
  void alterOffsets(Map<FeedId, Map<String, Object>> offsets) throws InterruptedException {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode entries = body.putArray("offsets");
    offsets.forEach(
        (feed, offset) ->
            entries
                .addObject()
                .putPOJO("partition", feed.sourcePartition())
                .putPOJO("offset", offset));
    send("PATCH", "/offsets", body.toString());
  }

  private ObjectNode get(String path) throws InterruptedException {
    try {
      return Json.readObject(send("GET", path, ""));
    } catch (IOException e) {
      throw noWorker(e);
    }
  }

  private ToolException noWorker(@Nullable IOException cause) {
    return new ToolException(
        "What answers at %s is no Connect worker: its answer is not as Connect's".formatted(worker),
        cause);
  }

  private String send(String method, String path, String body) throws InterruptedException {
    Instant deadline = clock.instant().plus(PATIENCE);
    HttpResponse<String> answer = exchange(method, path, body);
    while (answer.statusCode() == HTTP_CONFLICT && clock.instant().isBefore(deadline)) {
      // The workers are rebalancing.
      Pause.of(BETWEEN);
      answer = exchange(method, path, body);
    }
    if (answer.statusCode() >= HTTP_BAD_REQUEST) {
      throw refused(method + " " + path, answer);
    }
    return answer.body();
  }

  private HttpResponse<String> exchange(String method, String path, String body)
      throws InterruptedException {
    String name = URLEncoder.encode(connector, StandardCharsets.UTF_8).replace("+", "%20");
    String root = worker.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + "/connectors/" + name + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ToolException(
          ("The Connect worker at %s does not answer (%s): is that its address, and for https"
                  + " does --truststore hold its authority?")
              .formatted(worker, WorkerFile.name(e)),
          e);
    }
  }

  private ToolException refused(String what, HttpResponse<String> answer) {
    String reason =
        switch (answer.statusCode()) {
          case HTTP_NOT_FOUND -> "has no connector " + connector;
          case HTTP_UNAUTHORIZED, HTTP_FORBIDDEN -> "refuses the login: check --user and password";
          default ->
              "refuses %s with status %s%s"
                  .formatted(what, answer.statusCode(), message(answer.body()));
        };
    return new ToolException("The Connect worker at " + worker + " " + reason);
  }

  private static String message(String body) {
    try {
      JsonNode message = Json.readObject(body).path("message");
      return message.isTextual() ? ": " + message.asText() : "";
    } catch (IOException e) {
      return "";
    }
  }
}
