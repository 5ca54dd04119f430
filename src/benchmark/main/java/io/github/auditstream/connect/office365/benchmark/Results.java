package io.github.auditstream.connect.office365.benchmark;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one run found, as it comes in. For one thread. */
final class Results {
  private static final double MEBIBYTE = 1 << 20;

  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<EndToEndCell> cells = new ArrayList<>();
  private final Map<Integer, Double> producerFloors = new LinkedHashMap<>();
  private final Map<String, Double> memoryFloors = new LinkedHashMap<>();
  private final List<MicroResult> steps = new ArrayList<>();
  private LiveEdge.@Nullable Result liveEdge;
  private IdleFeeds.@Nullable Result idleFeeds;
  private BoundedMemory.@Nullable Result memory;
  private HistorySpeed.@Nullable Result history;

  Results() {
    facts.put("time", Instant.now().toString());
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("java", System.getProperty("java.vm.version"));
  }

  void fact(String name, Object value) {
    facts.put(name, value);
  }

  void add(EndToEndCell cell) {
    cells.add(cell);
  }

  void addSteps(List<MicroResult> results) {
    steps.addAll(results);
  }

  void producerFloor(int recordsPerTransaction, double recordsPerSecond) {
    producerFloors.put(recordsPerTransaction, recordsPerSecond);
  }

  void memoryFloor(int tasks, boolean exactlyOnce, double eventsPerSecond) {
    memoryFloors.put(tasks + (exactlyOnce ? " exactly once" : " at least once"), eventsPerSecond);
  }

  void liveEdge(LiveEdge.Result result) {
    liveEdge = result;
  }

  void idleFeeds(IdleFeeds.Result result) {
    idleFeeds = result;
  }

  void memory(BoundedMemory.Result result) {
    memory = result;
  }

  void history(HistorySpeed.Result result) {
    history = result;
  }

  /** What was expected of the parts that ran. */
  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    addStepTargets(targets);
    addEndToEndTargets(targets);
    LiveEdge.@Nullable Result edge = liveEdge;
    if (edge != null) {
      double interval = edge.pollInterval().toMillis() / 1e3;
      targets.add(
          Target.atMost(
              "live edge: median seconds from a blob's answer until it can be read",
              edge.sinceAnswered().median(),
              0.2));
      targets.add(
          Target.atMost(
              "live edge: p99 seconds from a blob's being listed until it can be read",
              edge.sinceListed().p99(),
              1 + interval));
    }
    IdleFeeds.@Nullable Result idle = idleFeeds;
    if (idle != null) {
      targets.add(
          Target.atMost(
              idle.feeds() + " idle feeds: per cent of a core", 100 * idle.partOfACore(), 1));
      targets.add(
          Target.atMost(
              idle.feeds() + " idle feeds: MiB of heap", idle.liveBytes() / MEBIBYTE, 100));
    }
    BoundedMemory.@Nullable Result bounded = memory;
    if (bounded != null && bounded.liveBytesByDays().size() > 1) {
      double one = bounded.liveBytesByDays().getOrDefault(1, 0L);
      double seven = bounded.liveBytesByDays().getOrDefault(7, 0L);
      targets.add(Target.atMost("live heap with 7 days of backlog / with 1 day", seven / one, 1.1));
    }
    HistorySpeed.@Nullable Result ofHistory = history;
    if (ofHistory != null) {
      targets.add(
          Target.atLeast("history / live connector: events a second", ofHistory.ratio(), 0.6));
      targets.add(
          Target.atMost(
              "a million Ids of events that are there: MB",
              ofHistory.bytesOfAMillionIds() / 1e6,
              40));
    }
    return targets;
  }

  private void addStepTargets(List<Target> targets) {
    Optional<MicroResult> floor = step("jacksonSkips");
    Optional<MicroResult> map = step("parseAndMap");
    if (floor.isPresent() && map.isPresent()) {
      targets.add(
          Target.atMost(
              "parse and map / floor (a), Jackson merely skipping the same bytes",
              map.get().nanos() / floor.get().nanos(),
              3.2));
      targets.add(
          Target.atMost(
              "parse and map: bytes allocated / bytes of JSON",
              map.get().allocatedPerJsonByte(),
              3.7));
    }
  }

  private void addEndToEndTargets(List<Target> targets) {
    Optional<EndToEndCell> best = cell(5, 0, true);
    if (best.isPresent()) {
      double rate = best.get().eventsPerSecond();
      floor()
          .ifPresent(
              floor ->
                  targets.add(
                      Target.atLeast(
                          "5 tasks, exactly once, 0 ms / lower of floors (b) and (c)",
                          rate / floor,
                          0.7)));
      targets.add(
          Target.atLeast(
              "5 tasks, exactly once, 0 ms: events a second (aim 40,000)", rate, 30_000));
      cell(5, 200, true)
          .ifPresent(
              slow ->
                  targets.add(
                      Target.atLeast(
                          "5 tasks, exactly once: 200 ms / 0 ms",
                          slow.eventsPerSecond() / rate,
                          0.9)));
    }
    Optional<EndToEndCell> one = cell(1, 0, true);
    Optional<EndToEndCell> oneSlow = cell(1, 50, true);
    if (one.isPresent() && oneSlow.isPresent()) {
      targets.add(
          Target.atLeast(
              "1 task, exactly once: 50 ms / 0 ms",
              oneSlow.get().eventsPerSecond() / one.get().eventsPerSecond(),
              0.95));
    }
  }

  /** The lower of the floors (b) and (c); empty if neither was measured. */
  private Optional<Double> floor() {
    List<Double> floors = new ArrayList<>();
    producerFloors.values().stream().max(Double::compare).ifPresent(floors::add);
    step("convert").map(MicroResult::perSecond).ifPresent(floors::add);
    return floors.stream().min(Double::compare);
  }

  private Optional<MicroResult> step(String part) {
    Predicate<MicroResult> fits = result -> result.name().contains(part);
    return steps.stream().filter(fits).findFirst();
  }

  private Optional<EndToEndCell> cell(int tasks, long latencyMillis, boolean exactlyOnce) {
    return cells.stream()
        .filter(cell -> cell.tasks() == tasks && cell.exactlyOnce() == exactlyOnce)
        .filter(cell -> cell.latency().equals(Duration.ofMillis(latencyMillis)))
        .findFirst();
  }

  /** Writes everything as JSON, so that two runs can be compared. */
  void write(Path file) {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.put("endToEnd", cells.stream().map(Results::json).toList());
    all.put("producerFloor", producerFloors);
    all.put("memoryFloor", memoryFloors);
    all.put("steps", steps);
    putIfThere(all, "liveEdge", liveEdge);
    putIfThere(all, "idleFeeds", idleFeeds);
    putIfThere(all, "memory", memory);
    putIfThere(all, "history", history);
    all.put("targets", targets());
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Duration.class, ToStringSerializer.instance))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(file.toFile(), all);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void putIfThere(Map<String, Object> all, String name, @Nullable Object value) {
    if (value != null) {
      all.put(name, value);
    }
  }

  private static Map<String, Object> json(EndToEndCell cell) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("exactlyOnce", cell.exactlyOnce());
    json.put("tasks", cell.tasks());
    json.put("latencyMs", cell.latency().toMillis());
    json.put("events", cell.events());
    json.put("eventsPerSecond", cell.eventsPerSecond());
    json.put("megabytesPerSecond", cell.megabytesPerSecond());
    json.put("workerMicrosPerEvent", cell.workerMicrosPerEvent());
    json.put("brokerMicrosPerEvent", cell.brokerMicrosPerEvent());
    json.put("apiMicrosPerEvent", cell.simulatorMicrosPerEvent());
    json.put("requestsPerEvent", cell.requestsPerEvent());
    json.put("peakHeapBytes", cell.heap().peakBytes());
    json.put("peakResidentBytes", cell.residentBytes().orElse(0));
    json.put("seconds", cell.took().toNanos() / 1e9);
    json.put("secondsFromCreation", cell.wholeTook().toNanos() / 1e9);
    return json;
  }
}
