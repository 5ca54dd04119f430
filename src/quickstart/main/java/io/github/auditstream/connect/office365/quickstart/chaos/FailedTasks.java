package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import io.github.auditstream.connect.office365.testkit.Pause;
import io.github.auditstream.connect.office365.testkit.RestException;
import io.github.auditstream.connect.office365.testkit.StackException;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Restarts what has failed, as an operator's automation does, and keeps count of the causes. Looks
 * at the connector on a thread of its own until it is closed.
 */
final class FailedTasks implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  private final List<WorkerProcess> workers;
  private final ChaosLog log;
  private final Thread thread;
  private volatile boolean closed;

  // Guarded by this
  private final Map<String, Integer> causes = new TreeMap<>();
  private final List<FailureCause> unexpected = new ArrayList<>();
  private Set<String> known = Set.of();

  private FailedTasks(List<WorkerProcess> workers, ChaosLog log) {
    this.workers = workers;
    this.log = log;
    this.thread = new Thread(this::lookAgainAndAgain, "office365-chaos-operator");
  }

  static FailedTasks restartFrom(List<WorkerProcess> workers, ChaosLog log) {
    FailedTasks operator = new FailedTasks(workers, log);
    operator.thread.setDaemon(true);
    operator.thread.start();
    return operator;
  }

  /** How often what had failed was seen, by its cause. */
  synchronized Map<String, Integer> causes() {
    return new TreeMap<>(causes);
  }

  /** Failures that no killed worker and no stopped broker explains. */
  synchronized List<FailureCause> unexpected() {
    return List.copyOf(unexpected);
  }

  private void lookAgainAndAgain() {
    while (!closed) {
      for (WorkerProcess worker : workers) {
        if (look(worker.rest())) {
          break;
        }
      }
      try {
        Pause.of(LOOK);
      } catch (StackException e) {
        return;
      }
    }
  }

  /** Whether the worker answered. */
  private boolean look(ConnectRest rest) {
    try {
      ConnectorState status = rest.status(ChaosCluster.CONNECTOR);
      note(status);
      restart(status, rest);
      return true;
    } catch (RestException e) {
      return false;
    } catch (StackException e) {
      closed = true;
      return true;
    }
  }

  /**
   * One by one: a common restart is a record in the config topic, for which the leader must write.
   */
  private static void restart(ConnectorState status, ConnectRest rest) {
    if (status.state().equals("FAILED")) {
      rest.restartConnector(ChaosCluster.CONNECTOR);
    }
    for (ConnectorState.TaskState task : status.tasks()) {
      if (task.state().equals("FAILED")) {
        rest.restartTask(ChaosCluster.CONNECTOR, task.id());
      }
    }
  }

  private synchronized void note(ConnectorState status) {
    Set<String> failed = new HashSet<>();
    if (status.state().equals("FAILED")) {
      note("connector", status.trace(), failed);
    }
    for (ConnectorState.TaskState task : status.tasks()) {
      if (task.state().equals("FAILED")) {
        note("task " + task.id() + " on " + task.worker(), task.trace(), failed);
      }
    }
    known = failed;
  }

  private void note(String what, String trace, Set<String> failed) {
    failed.add(what + trace);
    if (known.contains(what + trace)) {
      return;
    }
    FailureCause cause = FailureCause.of(trace);
    causes.merge(cause.name(), 1, Integer::sum);
    log.say("%s failed: %s", what, cause.name());
    if (!cause.isTheCluster()) {
      unexpected.add(cause);
    }
  }

  /** Stops looking; what is being restarted is restarted to the end. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(END_LIMIT.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
