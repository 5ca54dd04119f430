package io.github.auditstream.connect.office365.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.testkit.RestClient.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A worker's REST API. A request that meets a rebalance is repeated until the group has settled.
 * Safe for many threads.
 */
public final class ConnectRest {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final RestClient client;

  /**
   * @param worker for example {@code http://localhost:8083}
   */
  public ConnectRest(URI worker) {
    this.client = new RestClient(worker);
  }

  public URI address() {
    return client.root();
  }

  /** Whether the worker has joined its group: only then is the list of connectors answered. */
  boolean answers() {
    return client.answers("/connectors", PROBE_LIMIT);
  }

  /**
   * Connectors, converters, transforms and the rest that the worker found: class, type, version.
   */
  public JsonNode plugins() {
    return send("GET", "/connector-plugins?connectorsOnly=false", null);
  }

  /** Names of the connectors. */
  public List<String> connectors() {
    List<String> names = new ArrayList<>();
    send("GET", "/connectors", null).forEach(name -> names.add(name.asText()));
    return names;
  }

  /** The worker's full answer to a configuration that is not (yet) created. */
  public JsonNode validate(String connectorClass, Map<String, String> config) {
    Map<String, String> complete = new LinkedHashMap<>(config);
    complete.putIfAbsent("connector.class", connectorClass);
    complete.putIfAbsent("name", "validated");
    return send("PUT", "/connector-plugins/" + connectorClass + "/config/validate", complete);
  }

  /** The errors of a configuration by key, without the keys that have none. */
  public Map<String, List<String>> validationErrors(
      String connectorClass, Map<String, String> config) {
    Map<String, List<String>> errors = new LinkedHashMap<>();
    for (JsonNode entry : validate(connectorClass, config).path("configs")) {
      JsonNode value = entry.path("value");
      List<String> messages = new ArrayList<>();
      value.path("errors").forEach(message -> messages.add(message.asText()));
      if (!messages.isEmpty()) {
        errors.put(value.path("name").asText(), messages);
      }
    }
    return errors;
  }

  /** Creates the connector or gives it a new configuration. */
  public JsonNode put(String name, Map<String, String> config) {
    return send("PUT", path(name, "/config"), config);
  }

  /**
   * Creates a connector in a state.
   *
   * @param initialState {@code RUNNING}, {@code PAUSED} or {@code STOPPED}
   */
  public JsonNode create(String name, Map<String, String> config, String initialState) {
    return send(
        "POST",
        "/connectors",
        Map.of("name", name, "config", config, "initial_state", initialState));
  }

  /** The configuration as it was given. */
  public JsonNode config(String name) {
    return send("GET", path(name, "/config"), null);
  }

  public ConnectorState status(String name) {
    Answer answer = client.exchange("GET", path(name, "/status"), null, SETTLE_LIMIT);
    if (answer.status() == NOT_FOUND) {
      return ConnectorState.ABSENT;
    }
    if (answer.status() >= 400) {
      throw new RestException(
          "GET " + path(name, "/status"), answer.status(), answer.body().path("message").asText());
    }
    return ConnectorState.of(answer.body());
  }

  /** Waits for a status; fails at once, with the trace, when the connector or a task fails. */
  public ConnectorState awaitStatus(
      String name, String what, Duration limit, Predicate<ConnectorState> wanted) {
    return awaitAnyStatus(
        name,
        what,
        limit,
        status -> {
          if (wanted.test(status)) {
            return true;
          }
          if (status.failed()) {
            throw new StackException(
                "Connector %s failed before %s: %s".formatted(name, what, status.failure()));
          }
          return false;
        });
  }

  /** Waits for a status and lets failed tasks be. */
  public ConnectorState awaitAnyStatus(
      String name, String what, Duration limit, Predicate<ConnectorState> wanted) {
    long deadline = System.nanoTime() + limit.toNanos();
    for (ConnectorState status = status(name); ; status = status(name)) {
      if (wanted.test(status)) {
        return status;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new StackException(
            "Connector %s: no %s after %s, but %s".formatted(name, what, limit, status));
      }
      Pause.of(POLL);
    }
  }

  public ConnectorState awaitRunning(String name, int tasks, Duration limit) {
    return awaitStatus(name, tasks + " running tasks", limit, status -> status.running(tasks));
  }

  /** The tasks with their configurations. */
  public JsonNode tasks(String name) {
    return send("GET", path(name, "/tasks"), null);
  }

  /** Restarts the connector and all its tasks. */
  public void restart(String name) {
    send("POST", path(name, "/restart?includeTasks=true&onlyFailed=false"), null);
  }

  /** Restarts the connector and leaves its tasks alone. */
  public void restartConnector(String name) {
    send("POST", path(name, "/restart?includeTasks=false&onlyFailed=false"), null);
  }

  /** Restarts what has failed of it. */
  public void restartFailed(String name) {
    send("POST", path(name, "/restart?includeTasks=true&onlyFailed=true"), null);
  }

  public void restartTask(String name, int task) {
    send("POST", path(name, "/tasks/" + task + "/restart"), null);
  }

  public void pause(String name) {
    send("PUT", path(name, "/pause"), null);
  }

  public void resume(String name) {
    send("PUT", path(name, "/resume"), null);
  }

  /** Stops it, and waits until its tasks are gone: only then may offsets be altered. */
  public void stop(String name) {
    send("PUT", path(name, "/stop"), null);
    awaitAnyStatus(
        name,
        "stop",
        SETTLE_LIMIT,
        status -> status.state().equals("STOPPED") && status.tasks().isEmpty());
  }

  /** The source offsets: an array of objects with {@code partition} and {@code offset}. */
  public JsonNode offsets(String name) {
    return send("GET", path(name, "/offsets"), null).path("offsets");
  }

  /** Sets one partition's offset of a stopped connector; null forgets it. Answers the message. */
  public String patchOffset(
      String name, Map<String, ?> partition, @Nullable Map<String, ?> offset) {
    ObjectNode entry = RestClient.JSON.createObjectNode();
    entry.set("partition", RestClient.JSON.valueToTree(partition));
    entry.set("offset", RestClient.JSON.valueToTree(offset));
    ObjectNode body = RestClient.JSON.createObjectNode();
    body.putArray("offsets").add(entry);
    return send("PATCH", path(name, "/offsets"), body).path("message").asText();
  }

  /** Forgets all offsets of a stopped connector. Answers the message. */
  public String deleteOffsets(String name) {
    return send("DELETE", path(name, "/offsets"), null).path("message").asText();
  }

  /** Deletes the connector; its offsets stay. */
  public void delete(String name) {
    send("DELETE", path(name, ""), null);
  }

  private static String path(String name, String below) {
    return "/connectors/" + name + below;
  }

  private JsonNode send(String method, String path, @Nullable Object body) {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (true) {
      try {
        return client.send(method, path, body);
      } catch (RestException e) {
        if (e.status() != CONFLICT || System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      Pause.of(POLL);
    }
  }
}
