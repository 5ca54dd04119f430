package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.ServedRequest;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a blob takes at the live edge: one blob of twenty events a second for each content type,
 * written exactly once.
 */
final class LiveEdge {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int EVENTS = 20;
  private static final String NAME = "live-edge";

  private final ConnectStack stack;
  private final Path folder;

  LiveEdge(ConnectStack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  /**
   * @param pollInterval between two listings of a feed
   * @param sinceAnswered seconds from the API's answer with the blob until its events can be read
   * @param sinceListed seconds from when the API first listed a blob until its events can be read
   * @param sincePublished seconds from when the blob can be listed until its events can be read
   */
  record Result(
      Duration pollInterval, Samples sinceAnswered, Samples sinceListed, Samples sincePublished) {}

  Result run(WorkerProcess worker, Duration length) {
    try (Simulator simulator =
            Simulators.started(
                Simulator.builder()
                    .directory(folder.resolve("simulator-live"))
                    .tenant(tenant -> tenant.subscribedToAll()));
        ReceiptWatch receipts =
            new ReceiptWatch(stack.broker().bootstrapServers(), NAME + ".receipts")) {
      for (ContentType type : ContentType.values()) {
        simulator.tenant().blob(type).events(EVENTS).add();
      }
      Map<String, String> config = SimulatedConnectorConfig.of(simulator, NAME, 5);
      config.put("poll.interval.ms", Long.toString(POLL_INTERVAL.toMillis()));
      worker.rest().put(NAME, config);
      receipts.await(ContentType.values().length, LIMIT);
      Instant start = Instant.now();
      for (ContentType type : ContentType.values()) {
        simulator.tenant().live(type, 1, EVENTS);
      }
      receipts.lookFor(length);
      List<PublishedBlob> live =
          simulator.ledger().blobs().stream()
              .filter(blob -> blob.contentCreated().isAfter(start))
              .filter(blob -> receipts.readableAt(blob.contentId()).isPresent())
              .toList();
      worker.rest().delete(NAME);
      return result(simulator, live, receipts);
    }
  }

  private static Result result(
      Simulator simulator, List<PublishedBlob> live, ReceiptWatch receipts) {
    List<Double> sinceAnswered = new ArrayList<>();
    List<Double> sinceListed = new ArrayList<>();
    List<Double> sincePublished = new ArrayList<>();
    for (ServedRequest request : simulator.requests().latest(Operation.RETRIEVE_BLOB)) {
      for (PublishedBlob blob : live) {
        if (request.call().path().endsWith(blob.contentUri().getRawPath())) {
          sinceAnswered.add(seconds(request.call().at(), receipts, blob));
        }
      }
    }
    for (PublishedBlob blob : live) {
      blob.firstListed().ifPresent(time -> sinceListed.add(seconds(time, receipts, blob)));
      sincePublished.add(seconds(blob.visibleFrom(), receipts, blob));
    }
    return new Result(
        POLL_INTERVAL,
        Samples.of(sinceAnswered),
        Samples.of(sinceListed),
        Samples.of(sincePublished));
  }

  private static double seconds(Instant from, ReceiptWatch receipts, PublishedBlob blob) {
    Instant readable = receipts.readableAt(blob.contentId()).orElse(Instant.MAX);
    return Duration.between(from, readable).toNanos() / 1e9;
  }
}
