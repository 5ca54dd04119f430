package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.Pause;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What feeds cost that have nothing to read: a hundred tenants with five content types each. */
final class IdleFeeds {
  private static final int TENANTS = 100;
  private static final int FEEDS = 5 * TENANTS;
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final Duration POLL_INTERVAL = Duration.ofMinutes(1);
  private static final Duration WARM_UP_INTERVAL = Duration.ofSeconds(1);
  private static final String NAME = "idle";

  private final Path folder;

  IdleFeeds(Path folder) {
    this.folder = folder;
  }

  /**
   * @param feeds how many there were
   * @param pollInterval between two listings of one
   * @param partOfACore processor time of the worker over that time, less what it uses without them
   * @param liveBytes what they hold of the worker's heap
   */
  record Result(int feeds, Duration pollInterval, double partOfACore, long liveBytes) {}

  /**
   * @param length how long processor time is counted without the feeds, and at least with them
   * @param tasks {@code tasks.max}
   * @param listingsBefore how often each feed is listed before that, at a higher pace: an hour of a
   *     worker's life, so that all is compiled
   */
  Result run(WorkerProcess worker, Duration length, int tasks, int listingsBefore) {
    Simulator.Builder builder =
        Simulator.builder()
            .directory(folder.resolve("simulator-idle"))
            .tokenRequestsPerMinute(1000);
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      builder.tenant(setup -> setup.subscribedToAll());
    }
    try (Simulator simulator = Simulators.started(builder)) {
      ProcessCost cost = new ProcessCost(worker.pid());
      long bytesWithout = LiveHeap.bytes(worker.pid());
      Map<String, String> config = SimulatedConnectorConfig.of(simulator, NAME, tasks);
      config.put("initial.lookback", "PT0S");
      config.put("poll.interval.ms", Long.toString(WARM_UP_INTERVAL.toMillis()));
      worker.rest().put(NAME, config);
      awaitListings(simulator, (long) listingsBefore * FEEDS);
      config.put("poll.interval.ms", Long.toString(POLL_INTERVAL.toMillis()));
      worker.rest().put(NAME, config);
      // Once at the start of the new tasks, and once more at the new pace.
      awaitListings(simulator, listings(simulator) + 2L * FEEDS);
      double with = partOfACoreInRounds(cost, simulator, length);
      long bytesWith = LiveHeap.bytes(worker.pid());
      worker.rest().delete(NAME);
      // Only now: a worker that has just started has much of its own to compile.
      double without = partOfACore(cost, length);
      return new Result(FEEDS, POLL_INTERVAL, with - without, bytesWith - bytesWithout);
    }
  }

  private static long listings(Simulator simulator) {
    return simulator.requests().count(Operation.LIST_CONTENT, "200");
  }

  private static double partOfACore(ProcessCost cost, Duration length) {
    Duration before = cost.cpu();
    long start = System.nanoTime();
    Pause.of(length);
    return (double) cost.cpu().minus(before).toNanos() / (System.nanoTime() - start);
  }

  /**
   * Feeds that began together are listed together: what counts is from one round's end to
   * another's.
   */
  private static double partOfACoreInRounds(
      ProcessCost cost, Simulator simulator, Duration atLeast) {
    long rounds = 1 + atLeast.dividedBy(POLL_INTERVAL);
    Duration before = cost.cpu();
    long start = System.nanoTime();
    awaitListings(simulator, listings(simulator) + rounds * FEEDS);
    return (double) cost.cpu().minus(before).toNanos() / (System.nanoTime() - start);
  }

  private static void awaitListings(Simulator simulator, long wanted) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (listings(simulator) < wanted) {
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException("no " + wanted + " listings after " + LIMIT);
      }
      Pause.of(Duration.ofMillis(100));
    }
  }
}
