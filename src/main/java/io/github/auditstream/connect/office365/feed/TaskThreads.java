package io.github.auditstream.connect.office365.feed;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads of one task. They carry the plugin's class loader, so that libraries find the
 * plugin's own resources whoever started them, and they end with {@link #close()}.
 */
public final class TaskThreads implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final ScheduledExecutorService timer;
  private final ExecutorService listing;
  private final ExecutorService fetching;
  private final ExecutorService http;

  /**
   * @param name distinguishes the task, for example {@code audit-0}
   */
  public TaskThreads(String name) {
    ScheduledThreadPoolExecutor scheduled =
        new ScheduledThreadPoolExecutor(1, named(name, "timer"));
    scheduled.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer = scheduled;
    listing = Executors.newFixedThreadPool(2, named(name, "list"));
    fetching = Executors.newCachedThreadPool(named(name, "fetch"));
    http = Executors.newCachedThreadPool(named(name, "http"));
  }

  /** Starts work after a pause. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /** For listings and subscription checks. */
  public Executor listing() {
    return listing;
  }

  /** For retrievals, each at once. */
  public Executor fetching() {
    return fetching;
  }

  /** For the HTTP client. */
  public Executor http() {
    return http;
  }

  /** Interrupts everything and waits a moment for it to end. */
  @Override
  public void close() {
    timer.shutdownNow();
    listing.shutdownNow();
    fetching.shutdownNow();
    try {
      listing.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      fetching.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }

  private static ThreadFactory named(String task, String duty) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread =
          new Thread(work, "office365-" + task + "-" + duty + "-" + number.getAndIncrement());
      thread.setDaemon(true);
      thread.setContextClassLoader(TaskThreads.class.getClassLoader());
      return thread;
    };
  }
}
