package io.github.auditstream.connect.office365.tools;

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
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One connector, through a worker's REST API. For one thread. */
final class WorkerRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int FIRST_FAILURE = 400;

  private final URI worker;
  private final String connector;
  private final Optional<String> authorization;
  private final HttpClient http;
  private final Clock clock;

  /** Whom to log in as. */
  record Login(String user, Secret password) {}

  /** A connector's feed and its source offset. */
  record StoredOffset(FeedName feed, Map<String, Object> offset) {}

  /**
   * @param worker for example {@code http://localhost:8083}
   * @param connector its name
   */
  WorkerRest(
      URI worker, String connector, Optional<Login> login, Optional<SSLContext> tls, Clock clock) {
    this.worker = worker;
    this.connector = connector;
    this.clock = clock;
    this.authorization =
        login.map(
            who ->
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (who.user() + ":" + who.password().reveal())
                                .getBytes(StandardCharsets.UTF_8)));
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT);
    tls.ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /** The configuration as it was given. */
  Map<String, String> config() throws InterruptedException {
    return ConnectorFile.flat(object(send("GET", "/config", "")));
  }

  /** {@code RUNNING}, {@code PAUSED}, {@code STOPPED} or another state. */
  String state() throws InterruptedException {
    return String.valueOf(object(object(send("GET", "/status", "")).get("connector")).get("state"));
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
    Map<String, @Nullable Object> status = object(send("GET", "/status", ""));
    boolean stopped = "STOPPED".equals(object(status.get("connector")).get("state"));
    return stopped && status.get("tasks") instanceof List<?> tasks && tasks.isEmpty();
  }

  void resume() throws InterruptedException {
    send("PUT", "/resume", "");
  }

  void pause() throws InterruptedException {
    send("PUT", "/pause", "");
  }

  /** The source offsets of its feeds. */
  List<StoredOffset> offsets() throws InterruptedException {
    List<StoredOffset> offsets = new ArrayList<>();
    Object all = object(send("GET", "/offsets", "")).get("offsets");
    if (all instanceof List<?> list) {
      for (Object entry : list) {
        Map<String, @Nullable Object> partition = object(object(entry).get("partition"));
        Map<String, Object> offset = new LinkedHashMap<>();
        object(object(entry).get("offset"))
            .forEach(
                (name, value) -> {
                  if (value != null) {
                    offset.put(name, value);
                  }
                });
        offsets.add(
            new StoredOffset(
                new FeedName(
                    String.valueOf(partition.get(FeedId.TENANT)),
                    String.valueOf(partition.get(FeedId.CONTENT_TYPE))),
                offset));
      }
    }
    return offsets;
  }

  /** Replaces the source offsets of feeds of the stopped connector. */
  void alterOffsets(Map<FeedId, Map<String, Object>> offsets) throws InterruptedException {
    List<Object> entries = new ArrayList<>();
    offsets.forEach(
        (feed, offset) ->
            entries.add(Map.of("partition", feed.sourcePartition(), "offset", offset)));
    send("PATCH", "/offsets", JsonText.write(Map.of("offsets", entries)));
  }

  private String send(String method, String path, String body) throws InterruptedException {
    Instant deadline = clock.instant().plus(PATIENCE);
    HttpResponse<String> answer = exchange(method, path, body);
    while (answer.statusCode() == CONFLICT && clock.instant().isBefore(deadline)) {
      // The workers are dealing out their work anew.
      Pause.of(BETWEEN);
      answer = exchange(method, path, body);
    }
    if (answer.statusCode() >= FIRST_FAILURE) {
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
          "The Connect worker at "
              + worker
              + " does not answer ("
              + WorkerFile.name(e)
              + "): is that its address, and for https does --truststore hold its authority?",
          e);
    }
  }

  private ToolException refused(String what, HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case NOT_FOUND ->
          new ToolException("The Connect worker at " + worker + " has no connector " + connector);
      case UNAUTHORIZED, FORBIDDEN ->
          new ToolException(
              "The Connect worker at " + worker + " refuses the login: check --user and password");
      default ->
          new ToolException(
              "The Connect worker at "
                  + worker
                  + " refuses "
                  + what
                  + " with status "
                  + answer.statusCode()
                  + message(answer.body()));
    };
  }

  private static String message(String body) {
    try {
      Object message = JsonText.readObject(body).get("message");
      return message == null ? "" : ": " + message;
    } catch (IOException e) {
      return "";
    }
  }

  private Map<String, @Nullable Object> object(@Nullable Object json) {
    try {
      return json instanceof String text ? JsonText.readObject(text) : JsonText.object(json);
    } catch (IOException e) {
      throw new ToolException(
          "What answers at " + worker + " is no Connect worker: its answer is not as Connect's", e);
    }
  }
}
