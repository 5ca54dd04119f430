package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one task's feeds. They carry the plugin's class loader, so that libraries find the
 * plugin's own resources whoever started them, and they end with {@link #close}.
 */
public final class TaskThreads {
  /**
   * Each waits for one tenant's token, and ends when it is there: as many as tenants ask at once,
   * for those that get no answer must not hold up the others. Beyond that they do.
   */
  private static final int TOKEN_THREADS = 64;

  private static final long IDLE_SECONDS = 30;

  private final ScheduledExecutorService timer;
  private final ExecutorService listing;
  private final ExecutorService fetching;
  private final ExecutorService tokens;

  /**
   * @param name distinguishes the task, for example {@code audit-0}
   */
  public TaskThreads(String name) {
    ScheduledThreadPoolExecutor scheduled =
        new ScheduledThreadPoolExecutor(1, named(name, "timer"));
    scheduled.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // Each body has an end of its wait, and would be held until then though it was read long ago.
    scheduled.setRemoveOnCancelPolicy(true);
    timer = scheduled;
    listing = Executors.newFixedThreadPool(2, named(name, "list"));
    fetching = Executors.newCachedThreadPool(named(name, "fetch"));
    ThreadPoolExecutor waiting =
        new ThreadPoolExecutor(
            TOKEN_THREADS,
            TOKEN_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named(name, "token"));
    waiting.allowCoreThreadTimeOut(true);
    tokens = waiting;
  }

  /** Starts work after a pause. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /** For what never waits: planning listings, and reading answers that are there. */
  public Executor listing() {
    return listing;
  }

  /** For token requests, which wait for their answers. */
  public Executor tokens() {
    return tokens;
  }

  /** For reading blobs, each at once: as many as {@link RequestSlots} lets be under way. */
  public Executor fetching() {
    return fetching;
  }

  /**
   * Interrupts everything.
   *
   * @param patience how long to wait for it to end
   * @return whether all has ended by then
   */
  public boolean close(Duration patience) {
    List<ExecutorService> all = List.of(timer, listing, fetching, tokens);
    all.forEach(ExecutorService::shutdownNow);
    long deadline = System.nanoTime() + patience.toNanos();
    boolean ended = true;
    try {
      for (ExecutorService each : all) {
        ended &= each.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return ended;
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
