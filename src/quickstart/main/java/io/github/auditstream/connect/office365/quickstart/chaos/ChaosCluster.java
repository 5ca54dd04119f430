package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import io.github.auditstream.connect.office365.testkit.Pause;
import io.github.auditstream.connect.office365.testkit.RestException;
import io.github.auditstream.connect.office365.testkit.StackException;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One connector on two workers that write exactly once, with a broker of its own. For one thread,
 * but for {@link #workers()}.
 */
final class ChaosCluster {
  static final String CONNECTOR = "chaos";

  /**
   * What a leader of 4.3.1 says for ever that was fenced off while it wrote a request to restart:
   * it gives its producer up and makes no new one before the next election.
   */
  private static final String NO_PRIVILEGES = "without claiming write privileges";

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final ConnectStack stack;
  private final List<WorkerProcess> workers;
  private final IntFunction<Map<String, String>> config;
  private final ChaosLog log;
  private int tasksMax;
  private int workerKills;
  private int brokerKills;
  private int refusals;
  private int leaderRestarts;

  private ChaosCluster(
      ConnectStack stack,
      List<WorkerProcess> workers,
      IntFunction<Map<String, String>> config,
      ChaosLog log) {
    this.stack = stack;
    this.workers = workers;
    this.config = config;
    this.log = log;
  }

  /**
   * Starts the workers and the connector.
   *
   * @param config of the connector by its {@code tasks.max}
   */
  static ChaosCluster start(
      ConnectStack stack, IntFunction<Map<String, String>> config, int tasksMax, ChaosLog log) {
    WorkerSettings settings = stack.workerSettings().withExactlyOnce(true);
    ChaosCluster cluster =
        new ChaosCluster(
            stack, List.of(stack.startWorker(settings), stack.startWorker(settings)), config, log);
    cluster.workers.get(0).rest().put(CONNECTOR, config.apply(tasksMax));
    cluster.tasksMax = tasksMax;
    cluster.workers.get(0).rest().awaitRunning(CONNECTOR, tasksMax, LIMIT);
    return cluster;
  }

  ConnectStack stack() {
    return stack;
  }

  List<WorkerProcess> workers() {
    return workers;
  }

  int tasksMax() {
    return tasksMax;
  }

  int workerKills() {
    return workerKills;
  }

  int brokerKills() {
    return brokerKills;
  }

  int refusals() {
    return refusals;
  }

  /** How often the workers had to be restarted since their leader could not write any more. */
  int leaderRestarts() {
    return leaderRestarts;
  }

  void killWorker(int worker) {
    workers.get(worker).kill();
    workerKills++;
    log.say("worker %d killed", worker + 1);
  }

  void stopWorker(int worker) {
    WorkerProcess process = workers.get(worker);
    if (!stops("worker " + (worker + 1), process::stop, process::isAlive)) {
      workerKills++;
    }
  }

  void freezeWorker(int worker) {
    workers.get(worker).freeze();
    log.say("worker %d frozen", worker + 1);
  }

  void thawWorker(int worker) {
    workers.get(worker).thaw();
    log.say("worker %d thawed", worker + 1);
  }

  void startWorker(int worker) {
    workers.get(worker).restart();
    log.say("worker %d started again", worker + 1);
  }

  void killBroker() {
    stack.broker().kill();
    brokerKills++;
    log.say("broker killed");
  }

  void stopBroker() {
    if (!stops("broker", stack.broker()::stop, stack.broker()::isAlive)) {
      brokerKills++;
    }
  }

  void startBroker() {
    stack.broker().restart();
    log.say("broker started again");
  }

  /** Whether it ended by itself: one that takes too long is killed, as a service manager does. */
  private boolean stops(String what, Runnable stop, BooleanSupplier alive) {
    try {
      stop.run();
      log.say("%s stopped", what);
      return true;
    } catch (StackException e) {
      if (alive.getAsBoolean()) {
        throw e;
      }
      log.say("%s did not stop in time and was killed", what);
      return false;
    }
  }

  /**
   * Asks a worker for something, as an operator would who looks at what came of it later: the group
   * may be without a leader at this moment.
   */
  void ask(String what, Consumer<ConnectRest> request) {
    try {
      request.accept(rest());
      log.say("%s", what);
    } catch (RestException | StackException e) {
      refusals++;
      log.say("%s: refused, %s", what, e.getMessage());
      if (isLeaderWithoutPrivileges(e.getMessage())) {
        restartWorkers();
      }
    }
  }

  private static boolean isLeaderWithoutPrivileges(@Nullable String text) {
    return text != null && text.contains(NO_PRIVILEGES);
  }

  /** One after the other, as an operator does: whoever leads then has the right to write. */
  private void restartWorkers() {
    leaderRestarts++;
    for (int worker = 0; worker < workers.size(); worker++) {
      stopWorker(worker);
      startWorker(worker);
    }
  }

  void changeTasksMax(int tasks) {
    ask(
        "tasks.max changed from " + tasksMax + " to " + tasks,
        rest -> {
          rest.put(CONNECTOR, config.apply(tasks));
          tasksMax = tasks;
        });
  }

  /** Resumes the connector, paused or stopped or neither, and waits until all its tasks run. */
  void resumeUntilRunning() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String last = "";
    while (System.nanoTime() - deadline < 0) {
      try {
        rest().resume(CONNECTOR);
        ConnectorState status = rest().status(CONNECTOR);
        if (status.running(tasksMax)) {
          return;
        }
        last = status.toString();
        if (isLeaderWithoutPrivileges(last)) {
          restartWorkers();
        }
      } catch (RestException e) {
        // A worker that has just started does not know its connectors yet.
        last = e.getMessage();
      }
      Pause.of(LOOK);
    }
    throw new ChaosException(
        "The connector does not run with %d tasks after %s: %s".formatted(tasksMax, LIMIT, last));
  }

  /** Ends the tasks in an orderly way; all that they have produced is committed. */
  void stopWorkers() {
    for (int worker = 0; worker < workers.size(); worker++) {
      stopWorker(worker);
    }
  }

  private ConnectRest rest() {
    return workers.stream()
        .filter(WorkerProcess::isAlive)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no worker is alive"))
        .rest();
  }
}
