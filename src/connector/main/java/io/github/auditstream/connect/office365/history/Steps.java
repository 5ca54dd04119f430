package io.github.auditstream.connect.office365.history;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs steps that may wait for answers, each on a thread of the executor. What ends one by a
 * programming error is reported.
 *
 * @param executor not owned
 * @param crashed is told of errors
 */
record Steps(ScheduledExecutorService executor, Consumer<Throwable> crashed) {
  /** A step. */
  interface Step {
    void run() throws InterruptedException;
  }

  /** Runs a step after a pause; nothing where the task has stopped. */
  void after(Duration pause, Step step) {
    try {
      var unused =
          executor.schedule(() -> run(step), Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The task stops.
    }
  }

  private void run(Step step) {
    try {
      step.run();
    } catch (InterruptedException e) {
      // The task stops: what is not in Kafka is read again.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      crashed.accept(e);
    }
  }
}
