package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Records that a worker does not write, or cannot write. The broker creates no topic by itself, as
 * most in production do not. What takes a minute of waiting is begun for all workers at once; each
 * is a test of its own, which waits for its worker.
 */
class DeliveryIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String EVENT =
      "{\"Id\":\"mail\",\"Workload\":\"Exchange\",\"Operation\":\"Send\"}";

  private static ConnectStack stack;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final Map<Delivery, Future<?>> WITHOUT_A_TOPIC = new LinkedHashMap<>();

  /** A worker's version of Kafka, and whether it writes exactly once. */
  private record Delivery(String version, boolean exactlyOnce) {
    String name(String what) {
      return what + "-" + version + "-" + exactlyOnce;
    }
  }

  @BeforeAll
  static void start() {
    stack =
        ConnectStack.start(StackFolders.ofBuild(), Map.of("auto.create.topics.enable", "false"));
    for (Delivery delivery :
        List.of(
            new Delivery("3.7.2", false),
            new Delivery("3.9.2", true),
            new Delivery("4.3.1", false),
            new Delivery("4.3.1", true))) {
      WITHOUT_A_TOPIC.put(
          delivery,
          THREADS.submit(
              () -> {
                namesTheTopicAndGoesOnOnceItIsThere(delivery);
                return null;
              }));
    }
  }

  @AfterAll
  static void close() {
    THREADS.shutdownNow();
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"3.7.2, false", "3.9.2, true", "4.3.1, false", "4.3.1, true"})
  void aTopicThatCannotBeCreatedIsNamedAndTheTaskContinuesOnceItExists(
      String version, boolean exactlyOnce) throws Exception {
    Future<?> begun = WITHOUT_A_TOPIC.get(new Delivery(version, exactlyOnce));
    assertThat(begun).isNotNull();
    try {
      begun.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private static void namesTheTopicAndGoesOnOnceItIsThere(Delivery delivery) throws Exception {
    String name = delivery.name("missing");
    createTopics(name + ".status", name + ".receipts", name + ".deadletter");
    try (Simulator simulator = oneFeed();
        WorkerProcess worker = worker(delivery);
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      worker.rest().put(name, config(simulator, name));
      awaitStatus(reader, name, status -> status.getString("State").equals("RUNNING"));
      simulator.tenant().blob(ContentType.EXCHANGE).events(EVENT).add();

      awaitLogged(worker, "has not asked for records", name + ".exchange", "topic.creation.");
      assertThat(worker.rest().status(name).running(1)).isTrue();

      createTopics(name + ".exchange");
      assertThat(reader.readAtLeast(1, LIMIT, name + ".exchange")).hasSize(1);
      reader.readAtLeast(1, LIMIT, name + ".receipts");
      awaitStatus(reader, name, status -> reason(status).contains(name + ".exchange"));
      reader.readUntil(
          List.of(name + ".status"),
          "a healthy feed again",
          LIMIT,
          statuses ->
              !statuses.isEmpty()
                  && statuses
                      .get(statuses.size() - 1)
                      .struct()
                      .getString("State")
                      .equals("RUNNING"));
      worker.rest().delete(name);
    }
  }

  @ParameterizedTest
  @CsvSource({"3.7.2, false", "3.9.2, true", "4.3.1, false", "4.3.1, true"})
  void recordsDroppedByATransformAreCounted(String version, boolean exactlyOnce) throws Exception {
    Delivery delivery = new Delivery(version, exactlyOnce);
    String name = delivery.name("dropped");
    createTopics(name + ".status", name + ".exchange", name + ".deadletter");
    try (Simulator simulator = oneFeed();
        WorkerProcess worker = worker(delivery);
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      Map<String, String> config = config(simulator, name);
      config.put("transforms", "drop");
      config.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
      config.put("transforms.drop.predicate", "receipts");
      config.put("predicates", "receipts");
      config.put(
          "predicates.receipts.type",
          "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
      config.put("predicates.receipts.pattern", ".*\\.receipts");
      worker.rest().put(name, config);
      for (int blob = 0; blob < 4; blob++) {
        simulator.tenant().blob(ContentType.EXCHANGE).events(EVENT).add();
      }

      awaitStatus(
          reader, name, status -> Objects.equals(status.get("DroppedRecords"), Long.valueOf(4)));
      assertThat(reader.readAtLeast(4, LIMIT, name + ".exchange")).hasSize(4);
      awaitLogged(worker, "has not written a record for " + name + ".receipts", "number 4 since");
      worker.rest().delete(name);
    }
  }

  private static Simulator oneFeed() throws Exception {
    return Simulator.builder().tenant(t -> t.subscribed(ContentType.EXCHANGE)).start();
  }

  private static WorkerProcess worker(Delivery delivery) {
    return stack.startWorker(
        stack
            .workerSettings()
            .withKafka(stack.folders().kafka(delivery.version()))
            .withExactlyOnce(delivery.exactlyOnce()));
  }

  private static Map<String, String> config(Simulator simulator, String name) {
    Map<String, String> config = new SimulatedConnector(simulator, name).config(1);
    config.keySet().removeIf(key -> key.startsWith("topic.creation."));
    config.put("content.types", ContentType.EXCHANGE.apiName());
    return config;
  }

  private static void createTopics(String... names) throws Exception {
    try (Admin admin = stack.broker().admin()) {
      admin
          .createTopics(Stream.of(names).map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  private interface Sign {
    boolean in(Struct status);
  }

  private static void awaitStatus(TopicReader reader, String name, Sign sign) {
    reader.readUntil(
        List.of(name + ".status"),
        "the status",
        LIMIT,
        statuses -> statuses.stream().map(ReadRecord::struct).anyMatch(sign::in));
  }

  private static String reason(Struct status) {
    Struct problem = status.getStruct("Problem");
    return problem != null && problem.getString("Kind").equals("NOT_DELIVERED")
        ? problem.getString("Reason")
        : "";
  }

  private static void awaitLogged(WorkerProcess worker, String... parts) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              try (Stream<String> lines = Files.lines(worker.log())) {
                return lines.anyMatch(line -> Stream.of(parts).allMatch(line::contains));
              }
            });
  }
}
