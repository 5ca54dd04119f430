package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.benchmark.memory.MemoryConnector;
import io.github.auditstream.connect.office365.benchmark.memory.MemoryTask;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** The connector as it is deployed, over a grid of latencies and tasks. */
final class EndToEnd {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final int WARM_UPS = 8;
  private static final int EVENTS_IN_MEMORY = 2_000;

  private static final AtomicInteger CONNECTORS = new AtomicInteger();

  private final PublishedLoad load;
  private final ConnectStack stack;
  private final BenchmarkOptions options;
  private final Consumer<EndToEndCell> each;
  private final FromMemory fromMemory;

  /**
   * @param each takes a cell's result as soon as it is there
   * @param fromMemory takes what is possible with events from memory, at the end
   */
  EndToEnd(
      PublishedLoad load,
      ConnectStack stack,
      BenchmarkOptions options,
      Consumer<EndToEndCell> each,
      FromMemory fromMemory) {
    this.load = load;
    this.stack = stack;
    this.options = options;
    this.each = each;
    this.fromMemory = fromMemory;
  }

  /**
   * Runs all cells. The first runs on each worker are for its compiler and count for nothing: on
   * two busy cores it takes minutes until all that is hot is compiled.
   *
   * @return the prefix of topics that still hold the events
   */
  String run() {
    String last = "";
    Path memory =
        MemoryPlugin.in(
            stack.work().resolve("memory-plugin").resolve("memory"), stack.folders().plugin());
    Path sample = load.writeSample(stack.work().resolve("memory.jsonl"), EVENTS_IN_MEMORY);
    for (boolean exactlyOnce : options.exactlyOnce()) {
      Path gcLog = stack.work().resolve("gc-" + exactlyOnce + ".log");
      List<String> flags = new ArrayList<>(Flags.WORKER);
      flags.add(GcLog.flag(gcLog));
      flags.addAll(options.worker());
      WorkerSettings settings =
          stack
              .workerSettings()
              .withPlugins(List.of(stack.folders().converter(), stack.folders().plugin(), memory))
              .withExactlyOnce(exactlyOnce)
              .withJvmFlags(flags);
      try (WorkerProcess worker = stack.startWorker(settings)) {
        for (int run = 0; run < (options.quick() ? 1 : WARM_UPS); run++) {
          last = kept(last, cell(worker, gcLog, Duration.ZERO, 5));
        }
        for (int tasks : options.tasks()) {
          for (Duration latency : options.latencies()) {
            Ran ran = cell(worker, gcLog, latency, tasks);
            each.accept(ran.cell());
            last = kept(last, ran);
          }
        }
        for (int tasks : options.tasks()) {
          fromMemory.floor(tasks, exactlyOnce, fromMemory(worker, sample, tasks));
        }
        worker.stop();
      }
    }
    return last;
  }

  /** Only the last run's topics are kept: all of them would fill the disk. */
  private String kept(String before, Ran ran) {
    if (!before.isEmpty()) {
      try (Admin admin = stack.broker().admin()) {
        Topics.delete(admin, before);
      }
    }
    return ran.prefix();
  }

  /** What the connectors' producers were set to. */
  Map<String, String> producerOverrides() {
    String prefix = "producer.override.";
    return config("unused", 1).entrySet().stream()
        .filter(key -> key.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(key -> key.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  private Map<String, String> config(String name, int tasks) {
    Map<String, String> config = SimulatedConnectorConfig.of(load.simulator(), name, tasks);
    config.put("requests.per.minute", Integer.toString(PublishedLoad.REQUESTS_PER_MINUTE));
    config.put("poll.interval.ms", "1000");
    config.putAll(ShippedSettings.producerOverrides());
    config.putAll(options.connector());
    return config;
  }

  /** Floor (d): events a second where they come from memory and all else is the same. */
  private double fromMemory(WorkerProcess worker, Path sample, int tasks) {
    String name = "memory-" + CONNECTORS.incrementAndGet();
    Map<String, String> config = new LinkedHashMap<>();
    config("unused", tasks)
        .forEach(
            (key, value) -> {
              if (key.startsWith("producer.override.") || key.startsWith("topic.creation.")) {
                config.put(key, value);
              }
            });
    long events = load.events() / tasks / MemoryTask.EVENTS_A_RECEIPT * MemoryTask.EVENTS_A_RECEIPT;
    config.put("connector.class", MemoryConnector.class.getName());
    config.put("tasks.max", Integer.toString(tasks));
    config.put(MemoryConnector.PREFIX, name);
    config.put(MemoryConnector.SAMPLE, sample.toAbsolutePath().toString());
    config.put(MemoryConnector.EVENTS, Long.toString(events));
    try (ReceiptWatch receipts =
            new ReceiptWatch(stack.broker().bootstrapServers(), name + ".receipts");
        Admin admin = stack.broker().admin()) {
      worker.rest().put(name, config);
      receipts.await(events * tasks / MemoryTask.EVENTS_A_RECEIPT, LIMIT);
      worker.rest().delete(name);
      Topics.delete(admin, name);
      return events * tasks / (receipts.span().toNanos() / 1e9);
    }
  }

  /** Takes what floor (d) is. */
  interface FromMemory {
    void floor(int tasks, boolean exactlyOnce, double eventsPerSecond);
  }

  private record Ran(EndToEndCell cell, String prefix) {}

  private Ran cell(WorkerProcess worker, Path gcLog, Duration latency, int tasks) {
    String name = "benchmark-" + CONNECTORS.incrementAndGet();
    ProcessCost workerCost = new ProcessCost(worker.pid());
    ProcessCost brokerCost = new ProcessCost(stack.broker().pid());
    ProcessCost ownCost = new ProcessCost(ProcessHandle.current().pid());
    Map<String, String> config = config(name, tasks);
    load.simulator().latency(latency);
    try (ReceiptWatch receipts =
        new ReceiptWatch(stack.broker().bootstrapServers(), name + ".receipts")) {
      GcLog gc = new GcLog(gcLog);
      workerCost.forgetPeak();
      long requests = load.simulator().requests().total();
      Duration workerCpu = workerCost.cpu();
      Duration brokerCpu = brokerCost.cpu();
      Duration ownCpu = ownCost.cpu();
      long start = System.nanoTime();
      worker.rest().put(name, config);
      receipts.await(load.blobs(), LIMIT);
      Duration whole = Duration.ofNanos(System.nanoTime() - start);
      EndToEndCell cell =
          new EndToEndCell(
              latency,
              tasks,
              worker.settings().exactlyOnce(),
              load.events(),
              load.jsonBytes(),
              receipts.span(),
              whole,
              load.simulator().requests().total() - requests,
              workerCost.cpu().minus(workerCpu),
              brokerCost.cpu().minus(brokerCpu),
              ownCost.cpu().minus(ownCpu),
              gc.heap(),
              workerCost.peakResidentBytes());
      worker.rest().delete(name);
      return new Ran(cell, name);
    }
  }
}
