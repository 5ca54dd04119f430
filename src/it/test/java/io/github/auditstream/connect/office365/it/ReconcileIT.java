package io.github.auditstream.connect.office365.it;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The receipts added up by the program that users run, when nothing is wrong and when it is not.
 */
@ExtendWith(SharedStack.class)
class ReconcileIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK = Clock.systemUTC();
  private static final int BLOBS = 12;
  private static final int EVENTS = 5;

  @TempDir private Path folder;

  private Simulator simulator() throws Exception {
    Simulator simulator =
        Simulator.builder()
            .directory(folder.resolve("simulator"))
            .pageSize(5)
            .tenant(t -> t.subscribed(EXCHANGE, SHAREPOINT))
            .start();
    // Each small problem, and its end, causes a status record: so these come often.
    simulator.on(Operation.LIST_CONTENT).everyNth(15).meets(Fault.status(503));
    simulator.tenant().history(EXCHANGE, Duration.ofDays(2), BLOBS, EVENTS);
    simulator.tenant().history(SHAREPOINT, Duration.ofDays(2), BLOBS, EVENTS);
    return simulator;
  }

  /** Waits until the feeds say that everything up to an hour ago is done. */
  private static void awaitComplete(TopicReader reader, String name, int receipts) {
    Instant hourAgo = CLOCK.instant().minus(Duration.ofMinutes(70));
    reader.readAtLeast(receipts, LIMIT, name + ".receipts");
    reader.readUntil(
        List.of(name + ".status"),
        "word that both feeds are complete",
        LIMIT,
        statuses ->
            statuses.stream()
                    .filter(
                        status ->
                            Instant.parse(status.struct().getString("CompleteUntil"))
                                .isAfter(hourAgo))
                    .map(ReadRecord::key)
                    .distinct()
                    .count()
                == 2);
  }

  private static Map<String, String> config(Simulator simulator, String name) {
    Map<String, String> config = new SimulatedConnector(simulator, name).config(1);
    config.put("content.types", "Audit.Exchange,Audit.SharePoint");
    config.put("overlap", "PT1H");
    return config;
  }

  @Test
  void everythingAddsUpWhereNothingIsWrong(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    String name = "reconcile-well";
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      Map<String, String> config = config(simulator, name);
      worker.rest().put(name, config);
      awaitComplete(reader, name, 2 * BLOBS);
      String file = ToolRun.file(folder, config);
      String address = worker.rest().address().toString();

      ToolRun table =
          ToolRun.of(
              stack,
              worker,
              folder,
              "Reconcile",
              "--connector",
              file,
              "--live",
              "--connect",
              address,
              "--name",
              name);
      ToolRun csv =
          ToolRun.of(stack, worker, folder, "Reconcile", "--prefix", name, "--format", "csv");
      ToolRun json =
          ToolRun.of(
              stack,
              worker,
              folder,
              "Reconcile",
              "--prefix",
              name,
              "--format=json",
              "--since",
              CLOCK.instant().minus(Duration.ofHours(24)).toString());

      assertThat(table.status()).as("%s", table).isZero();
      assertThat(table.out())
          .contains("tenant", "events found", simulator.tenant().id().toString())
          .contains("Everything adds up: 24 blobs, 120 events found = 120 in their topics");
      assertThat(csv.status()).as("%s", csv).isZero();
      assertThat(csv.out().lines().skip(1)).allMatch(line -> line.split(",", -1).length == 10);
      JsonNode rows = JSON.readTree(json.out()).path("rows");
      assertThat(json.status()).as("%s", json).isZero();
      assertThat(rows.findValues("blobs").stream().mapToInt(JsonNode::asInt).sum())
          .isBetween(1, 2 * BLOBS - 1);
      assertThat(simulator.breaches()).isEmpty();
      worker.rest().delete(name);
    }
  }

  @Test
  void missingItemsAreNamed(ConnectStack stack, WorkerProcess worker) throws Exception {
    String name = "reconcile-errors";
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      SimulatedTenant tenant = simulator.tenant();
      PublishedBlob poison =
          tenant
              .blob(EXCHANGE)
              .createdAgo(Duration.ofHours(3))
              .expires(CLOCK.instant().plusSeconds(30))
              .body("[{\"Id\": \"whole\"}, {\"Id\": ")
              .add();
      Map<String, String> config = config(simulator, name);
      worker.rest().put(name, config);
      awaitComplete(reader, name, 2 * BLOBS + 1);
      PublishedBlob hidden =
          tenant.blob(SHAREPOINT).createdAgo(Duration.ofHours(5)).events(EVENTS).add();
      List<ReadRecord> receipts = reader.readAll(name + ".receipts");
      String tombstoned = lastReceiptOf(receipts, "Audit.SharePoint");
      produce(stack, name + ".receipts", tombstoned, List.of());
      List<ReadRecord> events = reader.readAll(eventTopics(reader, simulator, name));
      ReadRecord deleted = events.get(0);
      ReadRecord repeated =
          events.stream()
              .filter(event -> !event.topic().equals(deleted.topic()))
              .filter(event -> !event.headers().get("contentId").equals(tombstoned))
              .reduce((first, last) -> last)
              .orElseThrow();
      produce(
          stack,
          repeated.topic(),
          repeated.key(),
          List.of("tenant", "contentType", "contentId").stream()
              .map(header -> Map.entry(header, repeated.headers().get(header)))
              .toList());
      stack
          .broker()
          .admin()
          .deleteRecords(
              Map.of(
                  new TopicPartition(deleted.topic(), deleted.partition()),
                  RecordsToDelete.beforeOffset(deleted.offset() + 1)))
          .all()
          .get();

      ToolRun run =
          ToolRun.of(
              stack,
              worker,
              folder,
              "Reconcile",
              "--connector",
              ToolRun.file(folder, config),
              "--live",
              "--patience",
              "PT1S",
              "--connect",
              worker.rest().address().toString(),
              "--name",
              name);

      assertThat(run.status()).as("%s", run).isEqualTo(1);
      assertThat(run.out())
          .containsPattern(line(hidden.contentId(), "missing: the API lists it"))
          .containsPattern(line(poison.contentId(), "lost: "))
          .containsPattern(line(tombstoned, "no receipt: "))
          .containsPattern(line(repeated.headers().get("contentId"), "twice: 1 events more"))
          .containsPattern(line(deleted.headers().get("contentId"), "1 events are missing"))
          .contains("It does not add up");
      worker.rest().delete(name);
    }
  }

  @Test
  void recordsDroppedByConnectAreMissing(ConnectStack stack, WorkerProcess worker)
      throws Exception {
    String name = "reconcile-dropped";
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      SimulatedTenant tenant = simulator.tenant();
      Map<String, String> config = config(simulator, name);
      Map<String, String> dropsAll = new HashMap<>(config);
      // Connect stores an offset only with a record that arrives.
      drop(dropsAll, Pattern.quote(name) + "\\.(?!status).*");
      worker.rest().put(name, dropsAll);
      awaitComplete(reader, name, 0);
      assertThat(reader.topics(name)).containsExactly(name + ".status");
      Map<String, String> dropsEvents = new HashMap<>(config);
      drop(dropsEvents, Pattern.quote(name) + "\\.(?!receipts|status|deadletter).*");
      PublishedBlob later = tenant.blob(EXCHANGE).createdAgo(Duration.ZERO).events(EVENTS).add();
      worker.rest().stop(name);
      // A compacted topic has the latest one of each feed alone.
      ReadRecord last = last(reader.readAll(name + ".status"));
      stack
          .broker()
          .admin()
          .deleteRecords(
              Map.of(
                  new TopicPartition(last.topic(), last.partition()),
                  RecordsToDelete.beforeOffset(last.offset() + 1)))
          .all()
          .get();
      worker.rest().put(name, dropsEvents);
      worker.rest().resume(name);
      reader.readAtLeast(1, LIMIT, name + ".receipts");
      reader.readUntil(
          List.of(name + ".status"),
          "a status record of both feeds, and word of what was dropped",
          LIMIT,
          statuses ->
              statuses.stream().map(ReadRecord::key).distinct().count() == 2
                  && statuses.stream().anyMatch(ReconcileIT::reportsDrops));
      String file = ToolRun.file(folder, config);

      List<String> arguments =
          List.of("--connector", file, "--live", "--patience", "PT1S", "--format", "json");
      ToolRun live =
          ToolRun.of(stack, worker, folder, "Reconcile", arguments.toArray(String[]::new));
      List<String> asking = new ArrayList<>(arguments);
      asking.addAll(List.of("--connect", worker.rest().address().toString(), "--name", name));
      ToolRun asked = ToolRun.of(stack, worker, folder, "Reconcile", asking.toArray(String[]::new));

      for (ToolRun run : List.of(live, asked)) {
        assertThat(run.status()).as("%s", run).isEqualTo(1);
        List<String> errors = new ArrayList<>();
        JSON.readTree(run.out())
            .path("wrong")
            .forEach(
                error ->
                    errors.add(
                        error.path("contentId").asText() + " " + error.path("what").asText()));
        assertThat(errors)
            .as("%s", run)
            .hasSize(2 * BLOBS + 1)
            .filteredOn(error -> error.startsWith(later.contentId()))
            .singleElement()
            .asString()
            .startsWith(
                later.contentId() + " 5 events are missing: its receipts say 5, the topics hold 0")
            .containsPattern("Kafka Connect has dropped \\d+ records of this feed: if .* filters");
        assertThat(errors.stream().filter(error -> error.contains(" missing: the API lists it")))
            .hasSize(2 * BLOBS);
      }
      worker.rest().delete(name);
    }
  }

  private static boolean reportsDrops(ReadRecord status) {
    return status.struct().get("DroppedRecords") instanceof Number dropped
        && dropped.longValue() > 0;
  }

  /** What Kafka's Filter drops is as gone for the connector as what a converter cannot write. */
  private static void drop(Map<String, String> config, String topics) {
    config.put("transforms", "drop");
    config.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
    config.put("transforms.drop.predicate", "named");
    config.put("predicates", "named");
    config.put(
        "predicates.named.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    config.put("predicates.named.pattern", topics);
  }

  private static ReadRecord last(List<ReadRecord> records) {
    return records.get(records.size() - 1);
  }

  private static List<String> eventTopics(TopicReader reader, Simulator simulator, String name) {
    return new SimulatedConnector(simulator, name).eventTopics(reader.topics(name));
  }

  private static String line(String contentId, String what) {
    return Pattern.quote(contentId) + " .*" + Pattern.quote(what);
  }

  private static String lastReceiptOf(List<ReadRecord> receipts, String contentType) {
    return receipts.stream()
        .filter(receipt -> receipt.headers().get("contentType").equals(contentType))
        .map(ReadRecord::key)
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  /** A record with a key and headers and no value. */
  private static void produce(
      ConnectStack stack, String topic, String key, List<Map.Entry<String, String>> headers)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.broker().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), null);
      headers.forEach(
          header ->
              record
                  .headers()
                  .add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)));
      producer.send(record).get();
    }
  }

  @Test
  void whyItCannotCheckIsOneLine(ConnectStack stack, WorkerProcess worker) throws Exception {
    String name = "reconcile-words";
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      Map<String, String> config = config(simulator, name);
      worker.rest().put(name, config);
      reader.readAtLeast(2 * BLOBS, LIMIT, name + ".receipts");
      Map<String, String> otherConverter = new HashMap<>(config);
      otherConverter.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
      Map<String, String> noConverter = new HashMap<>(config);
      noConverter.put("value.converter", "com.example.Absent");

      assertCannotCheck(stack, worker, "There is no topic nowhere.receipts", "--prefix", "nowhere");
      assertCannotCheck(
          stack,
          worker,
          "cannot be read with the value.converter",
          "--connector",
          ToolRun.file(folder, otherConverter));
      assertCannotCheck(
          stack, worker, "not on the class path", "--connector", ToolRun.file(folder, noConverter));
      assertCannotCheck(stack, worker, "Unknown option: '--fast'", "--fast");
      assertCannotCheck(stack, worker, "absent.json", "--connector", "absent.json");
      assertCannotCheck(
          stack,
          worker,
          "does not answer",
          "--prefix",
          name,
          "--connect",
          "http://localhost:1",
          "--name",
          name);
      worker.rest().delete(name);
    }
  }

  private void assertCannotCheck(
      ConnectStack stack, WorkerProcess worker, String words, String... arguments)
      throws Exception {
    ToolRun run = ToolRun.of(stack, worker, folder, "Reconcile", arguments);
    assertThat(run.status()).as("%s", run).isEqualTo(2);
    assertThat(run.messages().lines().filter(line -> line.contains(words)))
        .as("%s", run)
        .hasSize(1);
    assertThat(run.messages()).doesNotContain("\tat ");
  }
}
