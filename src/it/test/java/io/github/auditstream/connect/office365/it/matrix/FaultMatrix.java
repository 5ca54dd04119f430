package io.github.auditstream.connect.office365.it.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.ServedRequest;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the rows, some at the same time, on one worker. The results are asked for one by one, in
 * whatever order.
 */
public final class FaultMatrix implements AutoCloseable {
  private static final int AT_THE_SAME_TIME = 6;
  private static final int LOG_LINES_SHOWN = 40;
  private static final long LARGEST_BODY_LOOKED_INTO = 1 << 20;

  private final ExecutorService pool;
  private final Scene.Stage stage;
  private final Path report;
  private final Map<Row, Future<RowResult>> rows = new LinkedHashMap<>();

  /**
   * A row that went well.
   *
   * @param note what the report is to say of it beside the numbers
   * @param secrets that must not be in any log: client secrets and access tokens
   * @param personal values of its events, which must not be either
   * @param lost ids of blobs whose loss is rightly logged as an error
   */
  public record RowResult(
      String name,
      Duration took,
      long blobs,
      long events,
      String note,
      Set<String> secrets,
      Set<String> personal,
      Set<String> lost) {}

  private FaultMatrix(ExecutorService pool, Scene.Stage stage, Path report) {
    this.pool = pool;
    this.stage = stage;
    this.report = report;
  }

  /**
   * Starts all rows.
   *
   * @param slow rows that take so long that each runs on a thread of its own, beside the others
   */
  public static FaultMatrix start(
      ConnectStack stack, WorkerProcess worker, List<Row> rows, List<Row> slow) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            AT_THE_SAME_TIME + slow.size(),
            work -> new Thread(work, "office365-matrix-" + number.getAndIncrement()));
    FaultMatrix matrix =
        new FaultMatrix(
            pool,
            new Scene.Stage(stack, worker.rest(), WorkerLog.fromNowOn(worker.log())),
            stack.folders().work().resolveSibling("fault-matrix.txt"));
    // The long ones first: they take their threads at once and keep them.
    slow.forEach(matrix::submit);
    rows.forEach(matrix::submit);
    return matrix;
  }

  private void submit(Row row) {
    rows.put(row, pool.submit(() -> run(row)));
  }

  private RowResult run(Row row) throws Exception {
    long start = System.nanoTime();
    try (Scene scene = new Scene(row.name(), stage)) {
      try {
        row.script().run(scene);
        OutcomeCheck.check(scene);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(describe(row, scene, e), e);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return result(row, scene, took);
    }
  }

  private static RowResult result(Row row, Scene scene, Duration took) throws Exception {
    Simulator simulator = scene.simulator();
    Set<String> secrets = new LinkedHashSet<>(scene.secrets());
    for (ServedRequest request : simulator.requests().latest()) {
      String header = request.call().authorization();
      if (header.startsWith("Bearer ")) {
        secrets.add(header.substring("Bearer ".length()));
      }
    }
    Set<String> personal = new LinkedHashSet<>();
    Set<String> lost = new LinkedHashSet<>();
    for (PublishedBlob blob : simulator.ledger().blobs()) {
      if (scene.expectations().lossOf(blob.contentId()).isPresent()) {
        lost.add(blob.contentId());
      }
      if (blob.events() < 100 && personal.size() < 100) {
        personal(blob.body(), personal);
      }
    }
    return new RowResult(
        row.name(),
        took,
        simulator.ledger().blobCount(),
        scene.arrivals().eventCount(),
        scene.note(),
        secrets,
        personal,
        lost);
  }

  private static void personal(byte[] body, Set<String> into) throws IOException {
    if (body.length > LARGEST_BODY_LOOKED_INTO) {
      return;
    }
    for (JsonNode event : new ObjectMapper().readTree(body)) {
      String user = event.path("UserId").asText();
      if (user.contains("@")) {
        into.add(user);
      }
      String id = event.path("Id").asText();
      if (id.length() == 36) {
        into.add(id);
      }
    }
  }

  private String describe(Row row, Scene scene, Throwable failure) {
    List<String> about = new ArrayList<>();
    String tenant = scene.tenant().id().toString();
    // What Kafka knows of the connector is only worth reading where something failed.
    List<String> lines =
        stage
            .log()
            .lines(
                line ->
                    line.contains(tenant) || (line.contains(row.name()) && line.contains("ERROR")));
    about.add("Row " + row.name() + ": " + failure.getMessage());
    about.add("Receipts of " + scene.arrivals().receipts().size() + " blobs; the last statuses:");
    scene
        .feeds()
        .forEach(
            type ->
                about.add(
                    type
                        + ": "
                        + scene.arrivals().lastStatus(type.apiName()).map(Object::toString)));
    about.add("Requests: " + scene.simulator().requests().counts());
    about.add("The worker's log of it:");
    about.addAll(lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    return String.join("\n", about);
  }

  /** Waits for a row's result and throws what failed it. */
  public RowResult result(Row row) throws Exception {
    Future<RowResult> future = rows.get(row);
    if (future == null) {
      throw new IllegalArgumentException("no such row: " + row);
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** What all rows that passed have left behind, once all have ended; writes the report. */
  public List<RowResult> all() throws Exception {
    List<RowResult> passed = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Row row : rows.keySet()) {
      try {
        RowResult result = result(row);
        passed.add(result);
        lines.add(
            "%-52s %4d s %4d blobs %7d events  %s"
                .formatted(
                    row, result.took().toSeconds(), result.blobs(), result.events(), result.note())
                .stripTrailing());
      } catch (Exception | AssertionError e) {
        lines.add("%-52s FAILED".formatted(row));
      }
    }
    lines.add(
        "%d rows, %d passed, %d blobs, %d events"
            .formatted(
                rows.size(),
                passed.size(),
                passed.stream().mapToLong(RowResult::blobs).sum(),
                passed.stream().mapToLong(RowResult::events).sum()));
    Files.write(report, lines);
    return passed;
  }

  /** The worker's log since the start. */
  public List<String> log() {
    return stage.log().lines(line -> true);
  }

  @Override
  public void close() {
    pool.shutdownNow();
    try {
      if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("rows still run");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
