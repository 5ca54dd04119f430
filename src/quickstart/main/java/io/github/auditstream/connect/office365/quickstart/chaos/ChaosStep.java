package io.github.auditstream.connect.office365.quickstart.chaos;

import static io.github.auditstream.connect.office365.quickstart.chaos.ChaosCluster.CONNECTOR;

import io.github.auditstream.connect.office365.testkit.Pause;
import java.time.Duration;
import java.util.List;

/** What is done to the cluster. After each step all its processes run again. */
enum ChaosStep {
  KILL_WORKER("worker killed and restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      int worker = draw.below(2);
      cluster.killWorker(worker);
      pause(draw);
      cluster.startWorker(worker);
    }
  },
  STOP_WORKER("worker stopped and restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      int worker = draw.below(2);
      cluster.stopWorker(worker);
      pause(draw);
      cluster.startWorker(worker);
    }
  },
  KILL_BOTH_WORKERS("both workers killed and restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      int first = draw.below(2);
      cluster.killWorker(first);
      cluster.killWorker(1 - first);
      pause(draw);
      cluster.startWorker(first);
      cluster.startWorker(1 - first);
    }
  },
  FREEZE_WORKER("worker frozen and thawed") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      int worker = draw.below(2);
      cluster.freezeWorker(worker);
      Pause.of(draw.between(SHORTEST, LONGEST_SILENCE));
      cluster.thawWorker(worker);
    }
  },
  RESTART_TASKS("connector and all tasks restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      cluster.ask("connector and tasks restarted", rest -> rest.restart(CONNECTOR));
    }
  },
  RESTART_TASK("single task restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      int task = draw.below(cluster.tasksMax());
      cluster.ask("task " + task + " restarted", rest -> rest.restartTask(CONNECTOR, task));
    }
  },
  RESTART_CONNECTOR("connector restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      cluster.ask("connector restarted", rest -> rest.restartConnector(CONNECTOR));
    }
  },
  PAUSE_CONNECTOR("connector paused and resumed") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      cluster.ask("connector paused", rest -> rest.pause(CONNECTOR));
      Pause.of(draw.between(SHORTEST, LONGEST_SILENCE));
      cluster.ask("connector resumed", rest -> rest.resume(CONNECTOR));
    }
  },
  STOP_CONNECTOR("connector stopped and resumed") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      cluster.ask("connector stopped", rest -> rest.stop(CONNECTOR));
      pause(draw);
      cluster.ask("connector resumed", rest -> rest.resume(CONNECTOR));
    }
  },
  CHANGE_TASKS("tasks.max changed") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      List<Integer> others = TASKS.stream().filter(tasks -> tasks != cluster.tasksMax()).toList();
      cluster.changeTasksMax(draw.oneOf(others));
    }
  },
  KILL_BROKER("broker killed and restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      cluster.killBroker();
      pause(draw);
      cluster.startBroker();
    }
  },
  STOP_BROKER("broker stopped and restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      cluster.stopBroker();
      pause(draw);
      cluster.startBroker();
    }
  },
  KILL_BROKER_AND_WORKER("broker and a worker killed and restarted") {
    @Override
    void take(ChaosCluster cluster, Draw draw) {
      int worker = draw.below(2);
      cluster.killBroker();
      cluster.killWorker(worker);
      pause(draw);
      cluster.startBroker();
      pause(draw);
      cluster.startWorker(worker);
    }
  };

  private static final List<Integer> TASKS = List.of(1, 2, 3, 5, 8, 15);

  /** A dead worker is missed after six seconds: some come back before, some after that. */
  private static final Duration SHORTEST = Duration.ofMillis(200);

  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * A transaction that was left open has timed out by then, and a frozen worker's tasks are with
   * the other.
   */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(25);

  private final String label;

  ChaosStep(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  abstract void take(ChaosCluster cluster, Draw draw);

  private static void pause(Draw draw) {
    Pause.of(draw.between(SHORTEST, LONGEST));
  }
}
