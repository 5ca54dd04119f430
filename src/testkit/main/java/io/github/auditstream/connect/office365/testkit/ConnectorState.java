package io.github.auditstream.connect.office365.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A connector's status as its worker reports it.
 *
 * @param state {@code RUNNING}, {@code FAILED}, {@code PAUSED}, {@code STOPPED}, {@code UNASSIGNED}
 *     or {@code RESTARTING}; {@code ABSENT} where the worker does not know the connector (yet)
 * @param trace why the connector failed; empty otherwise
 * @param tasks in the order of their ids
 */
public record ConnectorState(String state, String trace, List<TaskState> tasks) {
  /**
   * A task's status.
   *
   * @param trace why the task failed; empty otherwise
   * @param worker host and port of the worker that has it
   */
  public record TaskState(int id, String state, String trace, String worker) {}

  static final ConnectorState ABSENT = new ConnectorState("ABSENT", "", List.of());

  static ConnectorState of(JsonNode status) {
    List<TaskState> tasks = new ArrayList<>();
    for (JsonNode task : status.path("tasks")) {
      tasks.add(
          new TaskState(
              task.path("id").asInt(),
              task.path("state").asText(),
              task.path("trace").asText(),
              task.path("worker_id").asText()));
    }
    JsonNode connector = status.path("connector");
    return new ConnectorState(
        connector.path("state").asText(), connector.path("trace").asText(), List.copyOf(tasks));
  }

  /** Whether the connector and exactly this many tasks run. */
  public boolean running(int tasksWanted) {
    return state.equals("RUNNING")
        && tasks.size() == tasksWanted
        && tasks.stream().allMatch(task -> task.state().equals("RUNNING"));
  }

  /** Whether the connector or one of its tasks has failed. */
  public boolean failed() {
    return state.equals("FAILED") || tasks.stream().anyMatch(task -> task.state().equals("FAILED"));
  }

  /** The first failure's stack trace; empty without one. */
  public String failure() {
    return state.equals("FAILED")
        ? trace
        : tasks.stream()
            .filter(task -> task.state().equals("FAILED"))
            .map(TaskState::trace)
            .findFirst()
            .orElse("");
  }
}
