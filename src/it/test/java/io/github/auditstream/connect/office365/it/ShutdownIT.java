package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Restarting a connector often leaves nothing behind in its worker. */
@ExtendWith(SharedStack.class)
class ShutdownIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int RESTARTS = 20;
  private static final int TASKS = 2;
  private static final String NAME = "restarted";

  @Test
  void aConnectorThatIsRestartedWhileRequestsHangLeavesNoThread(ConnectStack stack)
      throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        WorkerProcess worker = stack.startWorker(stack.workerSettings())) {
      AtomicInteger hanging = new AtomicInteger();
      simulator
          .on(Operation.LIST_CONTENT)
          .where(call -> hanging.incrementAndGet() > 0)
          .always()
          .meets(Fault.delayed(HOUR));
      assertThat(connectorThreads(worker)).as("before").isEmpty();
      worker.rest().put(NAME, new SimulatedConnector(simulator, NAME).config(TASKS));
      awaitListings(hanging);
      int atWork = connectorThreads(worker).size();
      assertThat(atWork).isPositive();
      for (int i = 0; i < RESTARTS; i++) {
        hanging.set(0);
        worker.rest().restart(NAME);
        awaitListings(hanging);
      }

      await("only the threads of the tasks that run now")
          .atMost(LIMIT)
          .until(() -> connectorThreads(worker).size() <= atWork + TASKS);

      worker.rest().delete(NAME);
      await("no thread of the connector")
          .atMost(LIMIT)
          .until(() -> connectorThreads(worker).isEmpty());
      assertThat(simulator.requests().count(Operation.LIST_CONTENT)).as("answers").isZero();
    }
  }

  /** Every feed asks, two at a time in each task. */
  private static void awaitListings(AtomicInteger hanging) {
    await("listings of both tasks")
        .atMost(LIMIT)
        .until(() -> hanging.get() >= Math.min(2 * TASKS, ContentType.values().length));
  }

  /** The worker itself has no HTTP client of the JDK's. */
  private static List<String> connectorThreads(WorkerProcess worker)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(worker.pid()),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    String dump = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(dump).isZero();
    return dump.lines()
        .filter(line -> line.startsWith("\"office365-" + NAME) || line.startsWith("\"HttpClient-"))
        .map(line -> line.substring(1, line.indexOf('"', 1)))
        .toList();
  }
}
