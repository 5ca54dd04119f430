package io.github.auditstream.connect.office365.simulator;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that publishes live blobs. Thread-safe. */
final class LiveFeeds implements AutoCloseable {
  /** Beyond this rate several blobs are published at once. */
  private static final long SHORTEST_TICK_MILLIS = 10;

  private @Nullable ScheduledExecutorService executor;
  private boolean closed;

  synchronized LiveFeed start(double blobsPerSecond, Runnable publish) {
    if (!(blobsPerSecond > 0)) {
      throw new IllegalArgumentException("a live feed needs more than 0 blobs a second");
    }
    if (closed) {
      throw new IllegalStateException("the simulator is closed");
    }
    if (executor == null) {
      executor =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "office365-simulator-live");
                thread.setDaemon(true);
                return thread;
              });
    }
    Feed feed = new Feed(blobsPerSecond, publish);
    long tick = Math.max(SHORTEST_TICK_MILLIS, Math.min(1_000, (long) (1_000 / blobsPerSecond)));
    feed.runBy(executor.scheduleAtFixedRate(feed, tick, tick, TimeUnit.MILLISECONDS));
    return feed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (executor != null) {
      executor.shutdownNow();
    }
  }

  private static final class Feed implements LiveFeed, Runnable {
    private final double blobsPerSecond;
    private final Runnable publish;
    private final long startNanos = System.nanoTime();
    private @Nullable ScheduledFuture<?> schedule;
    private long published;
    private boolean stopped;

    private Feed(double blobsPerSecond, Runnable publish) {
      this.blobsPerSecond = blobsPerSecond;
      this.publish = publish;
    }

    private synchronized void runBy(ScheduledFuture<?> future) {
      schedule = future;
    }

    @Override
    public synchronized void run() {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      while (!stopped && published < (long) (seconds * blobsPerSecond)) {
        publish.run();
        published++;
      }
    }

    @Override
    public synchronized long published() {
      return published;
    }

    @Override
    public synchronized void close() {
      stopped = true;
      if (schedule != null) {
        schedule.cancel(false);
      }
    }
  }
}
