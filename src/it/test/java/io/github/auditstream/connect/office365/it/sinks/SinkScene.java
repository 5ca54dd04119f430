package io.github.auditstream.connect.office365.it.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;

/**
 * A broker, a registry and a worker with the connector and the sinks, and topics with the shipped
 * names full of the events of two simulated tenants. It lasts as long as the tests; a test adds
 * sinks and takes them away again, and nothing else.
 */
final class SinkScene implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(4);

  private static final String PREFIX = "office365";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * One event that was published.
   *
   * @param topic the topic that it belongs in
   */
  record Published(String tenant, String topic, JsonNode event) {
    String id() {
      return event.path("Id").asText();
    }

    /** The property's text; empty where it is missing or no text. */
    String text(String property) {
      JsonNode value = event.path(property);
      return value.isTextual() ? value.asText() : "";
    }
  }

  private final Simulator simulator;
  private final ConnectStack stack;
  private final WorkerProcess worker;
  private final List<Published> published = new ArrayList<>();

  private SinkScene(Simulator simulator, ConnectStack stack, WorkerProcess worker) {
    this.simulator = simulator;
    this.stack = stack;
    this.worker = worker;
  }

  static SinkScene start() throws IOException, InterruptedException {
    Simulator simulator =
        Simulator.builder()
            .seed(7)
            .tenant(t -> t.subscribedToAll())
            .tenant(t -> t.subscribedToAll())
            .start();
    ConnectStack stack = null;
    try {
      publish(simulator);
      stack = ConnectStack.start(StackFolders.ofBuild());
      SinkScene scene = new SinkScene(simulator, stack, startWorker(stack));
      scene.fillTheTopics();
      return scene;
    } catch (IOException | RuntimeException | Error e) {
      simulator.close();
      if (stack != null) {
        stack.close();
      }
      throw e;
    }
  }

  private static void publish(Simulator simulator) throws IOException {
    for (SimulatedTenant tenant : simulator.tenants()) {
      for (ContentType contentType : ContentType.values()) {
        tenant.history(contentType, Duration.ofDays(2), 8, 25);
      }
    }
    SimulatedTenant tenant = simulator.tenants().iterator().next();
    PublishedBlob questions = null;
    for (ContentType contentType : List.of(ContentType.SHAREPOINT, ContentType.EXCHANGE)) {
      questions =
          tenant
              .blob(contentType)
              .createdAgo(Duration.ofHours(5))
              .events(SinkEvents.of(contentType))
              .add();
    }
    // Microsoft repeats events in later blobs.
    tenant.blob(questions.contentType()).createdAgo(Duration.ofHours(1)).eventsOf(questions).add();
  }

  /** The zone proves that a sink writes times in UTC wherever its worker runs. */
  private static WorkerProcess startWorker(ConnectStack stack) throws IOException {
    Path folder = Repository.file("target/sinks");
    List<Path> plugins = new ArrayList<>(stack.workerSettings().plugins());
    try (Stream<Path> sinks = Files.list(folder)) {
      plugins.addAll(sinks.filter(Files::isDirectory).toList());
    }
    plugins.add(StandInSink.plugin(stack.work().resolve("stand-in/plugin")));
    List<String> flags = new ArrayList<>(stack.workerSettings().jvmFlags());
    flags.add("-Duser.timezone=America/New_York");
    return stack.startWorker(
        stack
            .workerSettings()
            .withPlugins(plugins)
            .withJvmFlags(flags)
            .withExactlyOnce(true)
            .with("connector.client.config.override.policy", "All"));
  }

  private void fillTheTopics() throws IOException {
    SimulatedConnector source = new SimulatedConnector(simulator, PREFIX);
    rest().put(PREFIX, source.config(2));
    rest().awaitRunning(PREFIX, 2, LIMIT);
    long wanted = simulator.ledger().eventCount();
    try (TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      reader.readUntil(
          List.of(PREFIX + ".receipts"),
          "receipts of all blobs",
          LIMIT,
          records -> records.size() >= simulator.ledger().blobCount());
      Map<String, JsonNode> blobs = new HashMap<>();
      for (PublishedBlob blob : simulator.ledger().blobs()) {
        blobs.put(blob.contentId(), MAPPER.readTree(blob.body()));
      }
      for (ReadRecord record : reader.readAll(source.eventTopics(reader.topics(PREFIX + ".")))) {
        Struct origin = record.struct().getStruct("ContentBlob");
        published.add(
            new Published(
                origin.getString("Tenant"),
                record.topic(),
                blobs.get(origin.getString("ContentId")).get(origin.getInt64("Index").intValue())));
      }
    }
    if (published.size() != wanted) {
      throw new IllegalStateException(published.size() + " events are there, not " + wanted);
    }
    // It has done its work; its feeds would only take time from the sinks.
    rest().stop(PREFIX);
  }

  ConnectRest rest() {
    return worker.rest();
  }

  /** Every event of every blob, what Microsoft repeats as often as it is there. */
  List<Published> published() {
    return List.copyOf(published);
  }

  @Override
  public void close() {
    stack.close();
    simulator.close();
  }
}
