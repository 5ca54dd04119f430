package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.event.EventSample;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** All parts that were asked for, one after the other, so that none disturbs another. */
final class BenchmarkRun {
  private static final List<Integer> TRANSACTIONS = List.of(1_000, 5_000);
  private static final double MEBIBYTE = 1 << 20;

  private final BenchmarkOptions options;
  private final ConnectStack stack;
  private final Results results;
  private final Consumer<String> log;

  BenchmarkRun(
      BenchmarkOptions options, ConnectStack stack, Results results, Consumer<String> log) {
    this.options = options;
    this.stack = stack;
    this.results = results;
    this.log = log;
  }

  void run() throws RunnerException {
    if (options.wants("steps")) {
      steps();
    }
    if (options.wants("end-to-end")) {
      endToEnd();
    }
    if (options.wants("live-edge")) {
      liveEdge();
    }
    if (options.wants("idle-feeds")) {
      idleFeeds();
    }
    if (options.wants("memory")) {
      memory();
    }
    if (options.wants("history")) {
      history();
    }
  }

  private void steps() throws RunnerException {
    title("Steps, each alone on one thread, and the floors (a) and (c)");
    MicroBenchmarks benchmarks =
        new MicroBenchmarks(
            EventSample.load(),
            options.quick() ? MicroBenchmarks.Effort.BRIEF : MicroBenchmarks.Effort.QUICK);
    List<MicroResult> found = benchmarks.all();
    results.addSteps(found);
    MicroBenchmarks.print(found, new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  private void endToEnd() {
    try (PublishedLoad load = PublishedLoad.start(stack.work(), options)) {
      results.fact("events", load.source());
      results.fact("bytesPerEvent", load.jsonBytes() / load.events());
      title(
          String.format(
              Locale.ROOT,
              "End to end: %,d %s of %,d bytes in %,d blobs; processor time in us an event",
              load.events(),
              load.source(),
              load.jsonBytes() / load.events(),
              load.blobs()));
      log.accept(Tables.HEAD);
      EndToEnd endToEnd = new EndToEnd(load, stack, options, this::cell, this::fromMemory);
      String prefix = endToEnd.run();
      Map<String, String> producer = endToEnd.producerOverrides();
      for (int records : TRANSACTIONS) {
        double rate = new ProducerFloor(stack, producer).recordsPerSecond(prefix, records);
        results.producerFloor(records, rate);
        log.accept(
            String.format(
                Locale.ROOT,
                "floor (b): a bare producer, %,d records a transaction: %,.0f events/s",
                records,
                rate));
      }
    }
  }

  private void fromMemory(int tasks, boolean exactlyOnce, double rate) {
    results.memoryFloor(tasks, exactlyOnce, rate);
    log.accept(
        String.format(
            Locale.ROOT,
            "floor (d): %d tasks, %s, events from memory through Connect, converter and broker:"
                + " %,.0f events/s",
            tasks,
            exactlyOnce ? "exactly once" : "at least once",
            rate));
  }

  private void cell(EndToEndCell cell) {
    results.add(cell);
    log.accept(Tables.line(cell));
  }

  private void liveEdge() {
    title("Live edge: one blob a second for each of five content types, exactly once");
    try (WorkerProcess worker =
        stack.startWorker(
            stack.workerSettings().withExactlyOnce(true).withJvmFlags(Flags.WORKER))) {
      LiveEdge.Result result = new LiveEdge(stack, stack.work()).run(worker, options.watch());
      results.liveEdge(result);
      log.accept(
          Tables.line("from a blob's answer until its events can be read", result.sinceAnswered()));
      log.accept(Tables.line("from its being listed until then", result.sinceListed()));
      log.accept(
          Tables.line(
              "from its being there to be listed, with %.0f s between listings"
                  .formatted(result.pollInterval().toMillis() / 1e3),
              result.sincePublished()));
    }
  }

  private void idleFeeds() {
    title("Idle feeds");
    try (WorkerProcess worker =
        stack.startWorker(
            stack
                .workerSettings()
                .withJvmFlags(Flags.WORKER)
                // As it is by default; the harness flushes offsets each half second.
                .with("offset.flush.interval.ms", "60000"))) {
      IdleFeeds.Result result =
          new IdleFeeds(stack.work()).run(worker, options.watch(), 5, options.quick() ? 1 : 120);
      results.idleFeeds(result);
      log.accept(
          String.format(
              Locale.ROOT,
              "%d feeds, listed every %d s: %.2f %% of a core, %.1f MiB of heap",
              result.feeds(),
              result.pollInterval().toSeconds(),
              100 * result.partOfACore(),
              result.liveBytes() / MEBIBYTE));
    }
  }

  private void history() {
    title("History beside the live connector, exactly once, on a worker with " + HistorySpeed.HEAP);
    List<String> flags = new ArrayList<>(Flags.WORKER);
    flags.add(HistorySpeed.HEAP);
    try (WorkerProcess worker =
        stack.startWorker(stack.workerSettings().withExactlyOnce(true).withJvmFlags(flags))) {
      HistorySpeed.Result result =
          new HistorySpeed(stack, stack.work()).run(worker, options.events(), options.quick());
      results.history(result);
      log.accept(
          String.format(
              Locale.ROOT,
              "%,d events each: live %,.0f events/s, history of %d days %,.0f events/s, %.2f of it;"
                  + " a million Ids take %.1f MB",
              result.events(),
              result.liveEventsPerSecond(),
              result.days(),
              result.historyEventsPerSecond(),
              result.ratio(),
              result.bytesOfAMillionIds() / 1e6));
    }
  }

  private void memory() {
    title("Memory of a worker with " + BoundedMemory.HEAP);
    List<String> flags = new ArrayList<>(Flags.WORKER);
    flags.add(BoundedMemory.HEAP);
    try (WorkerProcess worker =
        stack.startWorker(stack.workerSettings().withExactlyOnce(true).withJvmFlags(flags))) {
      BoundedMemory.Result result =
          new BoundedMemory(stack, stack.work()).run(worker, options.quick());
      results.memory(result);
      Tables.lines(result).forEach(log);
    }
  }

  private void title(String text) {
    log.accept("");
    log.accept(text);
  }
}
