package io.github.auditstream.connect.office365.feed.tenant;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts the work of a task's feeds. Safe for many threads.
 *
 * @param timer starts work after a pause; never does the work itself
 * @param listing plans listings and takes in what they bring; never waits for an answer
 * @param fetching reads blobs' bodies; must not queue them behind one another
 * @param crash is given a programming error, so that the task fails instead of standing still
 */
public record Scheduler(
    ScheduledExecutorService timer,
    Executor listing,
    Executor fetching,
    Consumer<Throwable> crash) {

  /** Runs the work on the executor after the pause; does nothing once the task stops. */
  public void after(Duration pause, Executor executor, Runnable work) {
    try {
      if (pause.isZero() || pause.isNegative()) {
        executor.execute(guarded(work));
      } else {
        // The handle is not needed: the timer drops what waits when it is shut down.
        var unused =
            timer.schedule(
                () -> after(Duration.ZERO, executor, work), pause.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      // The task is stopping.
      return;
    } catch (RuntimeException | Error e) {
      // Such as that no thread can be had: nobody else would hear of it.
      crash.accept(e);
    }
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        crash.accept(e);
      }
    };
  }
}
