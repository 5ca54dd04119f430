package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.HistorySettings;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read the history: one for each query that can be under way, up to a bound.
 *
 * @param executor runs the steps
 */
record HistoryThreads(ScheduledExecutorService executor) {
  /** Of a task, whatever the number of its tenants. */
  private static final int MOST = 16;

  /**
   * For a task.
   *
   * @param name distinguishes the task, for example {@code history-0}
   */
  static HistoryThreads of(String name, HistorySettings settings) {
    int queries = settings.tenants().size() * settings.queries().concurrency();
    AtomicInteger number = new AtomicInteger();
    // One more, for what is not a query's.
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            Math.min(MOST, queries) + 1,
            work -> {
              Thread thread =
                  new Thread(work, "office365-" + name + "-history-" + number.getAndIncrement());
              thread.setDaemon(true);
              thread.setContextClassLoader(HistoryThreads.class.getClassLoader());
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new HistoryThreads(executor);
  }

  /**
   * Interrupts everything.
   *
   * @param patience how long to wait for it to end
   * @return whether all has ended by then
   */
  boolean close(Duration patience) {
    executor.shutdownNow();
    try {
      return executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
