package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Whether memory grows with what there is to read, on a worker with a heap of 256 MB. */
final class BoundedMemory {
  /** The worker's heap. */
  static final String HEAP = "-Xmx256m";

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int LISTED_BLOBS = 10_000;
  private static final int BLOBS_A_DAY = 2_000;

  /** They make more than 200 MB of JSON. */
  private static final int EVENTS_OF_THE_LARGEST = 230_000;

  private final ConnectStack stack;
  private final Path folder;

  BoundedMemory(ConnectStack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  /**
   * @param largestBlobBytes JSON of the one large blob
   * @param liveBytesLargestBlob the most that was live while that blob passed
   * @param listedBlobs how many blobs were listed at once
   * @param liveBytesListed the most that was live while they passed
   * @param liveBytesByDays the same with that many days of backlog
   */
  record Result(
      long largestBlobBytes,
      long liveBytesLargestBlob,
      int listedBlobs,
      long liveBytesListed,
      Map<Integer, Long> liveBytesByDays) {}

  /**
   * @param quick leaves out the seven days
   */
  Result run(WorkerProcess worker, boolean quick) {
    long[] largest = new long[1];
    long liveLargest =
        live(
            worker,
            "memory-blob",
            simulator -> {
              var blob =
                  simulator.tenant().blob(ContentType.GENERAL).events(EVENTS_OF_THE_LARGEST).add();
              largest[0] = blob.body().length;
            });
    long liveListed =
        live(
            worker,
            "memory-listed",
            simulator ->
                simulator
                    .tenant()
                    .history(ContentType.EXCHANGE, Duration.ofHours(20), LISTED_BLOBS, 5));
    Map<Integer, Long> byDays = new TreeMap<>();
    for (int days : quick ? List.<Integer>of() : List.of(1, 7)) {
      byDays.put(days, live(worker, "memory-" + days, simulator -> backlog(simulator, days)));
    }
    return new Result(largest[0], liveLargest, LISTED_BLOBS, liveListed, byDays);
  }

  private static void backlog(Simulator simulator, int days) {
    simulator
        .tenant()
        .history(
            ContentType.EXCHANGE,
            Duration.ofDays(days).minus(Duration.ofHours(1)),
            days * BLOBS_A_DAY,
            10);
  }

  /** The most that was live while a connector took everything. */
  private long live(WorkerProcess worker, String name, Consumer<Simulator> publish) {
    try (Simulator simulator =
            Simulators.started(
                Simulator.builder()
                    .directory(folder.resolve("simulator-" + name))
                    .tenant(
                        tenant ->
                            tenant
                                .subscribedToAll()
                                .requestsPerMinute(10 * PublishedLoad.REQUESTS_PER_MINUTE)));
        ReceiptWatch receipts =
            new ReceiptWatch(stack.broker().bootstrapServers(), name + ".receipts")) {
      publish.accept(simulator);
      simulator.prepareBodies();
      Map<String, String> config = SimulatedConnectorConfig.of(simulator, name, 1);
      config.put("requests.per.minute", Integer.toString(PublishedLoad.REQUESTS_PER_MINUTE));
      worker.rest().put(name, config);
      List<Long> live = new ArrayList<>();
      AtomicBoolean done = new AtomicBoolean();
      Thread looks =
          new Thread(
              () -> {
                while (!done.get()) {
                  live.add(LiveHeap.bytes(worker.pid()));
                }
              },
              "office365-benchmark-heap");
      looks.start();
      try {
        receipts.await(simulator.ledger().blobs().size(), LIMIT);
      } finally {
        done.set(true);
        join(looks);
      }
      worker.rest().delete(name);
      return live.stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted while measuring", e);
    }
  }
}
