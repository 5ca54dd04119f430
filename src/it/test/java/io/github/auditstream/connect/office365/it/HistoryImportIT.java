package io.github.auditstream.connect.office365.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.auditstream.connect.office365.Office365AuditHistoryConnector;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Export files on a worker, with Kafka's own converter to JSON for keys and values. */
@ExtendWith(SharedStack.class)
class HistoryImportIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int EVENTS = 3_000;
  private static final String HEADER =
      "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,"
          + "AssociatedAdminUnitsNames";
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

  @TempDir private Path folder;

  private static String id(int number) {
    return new UUID(0xA0D17L, number).toString();
  }

  private static String row(int number) {
    String auditData =
        "{\"CreationTime\":\"2026-05-04T08:28:17\",\"Id\":\"%s\",\"Operation\":\"Send\",\"RecordType\":2,\"Workload\":\"Exchange\",\"Item\":{\"Subject\":\"a, b; %d\"}}"
            .formatted(id(number), number);
    return row(id(number), auditData);
  }

  private static String row(String id, String auditData) {
    return id
        + ",5/4/2026 8:28:17 AM,2,Send,ada@contoso.example,\""
        + auditData.replace("\"", "\"\"")
        + "\",,";
  }

  /** As the Purview portal writes it. */
  private void write(String name, List<String> rows) throws Exception {
    Files.writeString(
        folder.resolve(name), "\uFEFF" + HEADER + "\r\n" + String.join("\r\n", rows) + "\r\n");
  }

  private static List<String> rows(int from, int until) {
    return IntStream.range(from, until).mapToObj(HistoryImportIT::row).toList();
  }

  private Map<String, String> config(ConnectStack stack, String name) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", Office365AuditHistoryConnector.class.getName());
    config.put("tasks.max", "1");
    config.put("topic.prefix", name);
    config.put("import.folder", folder.toString());
    config.put("kafka.bootstrap.servers", stack.broker().bootstrapServers());
    config.put("history.poll.interval.ms", "200");
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    config.put("topic.creation.default.retention.ms", "-1");
    for (String converter : List.of("key.converter", "value.converter")) {
      config.put(converter, JSON);
      config.put(converter + ".schemas.enable", "false");
    }
    return config;
  }

  @Test
  void eachEventOfTheFilesArrivesOnceThoughTheWorkerIsKilled(ConnectStack stack) throws Exception {
    String name = "imported";
    List<String> first = new ArrayList<>(rows(0, EVENTS));
    first.add(EVENTS / 2, row(id(EVENTS * 9), "{\"Id\":\"cut off"));
    write("audit-1.csv", first);
    try (WorkerProcess worker = stack.startWorker(stack.workerSettings().withExactlyOnce(true));
        KafkaConsumer<String, String> consumer = consumer(stack)) {
      worker.rest().put(name, config(stack, name));
      await("the first events")
          .atMost(LIMIT)
          .until(() -> !read(consumer, name + ".exchange").isEmpty());
      worker.kill();
      worker.restart();
      awaitDone(consumer, name, "audit-1.csv");
      worker.stop();
      write("audit-2.csv", rows(EVENTS / 2, EVENTS * 3 / 2));
      worker.restart();
      awaitDone(consumer, name, "audit-2.csv");

      List<ConsumerRecord<String, String>> events = read(consumer, name + ".exchange");
      assertThat(events.stream().map(HistoryImportIT::key))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, EVENTS * 3 / 2).mapToObj(HistoryImportIT::id).toList());
      Set<String> files = new HashSet<>();
      for (ConsumerRecord<String, String> event : events) {
        assertThat(header(event, "origin")).isEqualTo("import");
        files.add(header(event, "file"));
        assertThat(json(event.value()).path("Id").asText()).isEqualTo(key(event));
      }
      assertThat(files).containsExactlyInAnyOrder("audit-1.csv", "audit-2.csv");
      assertThat(read(consumer, name + ".deadletter"))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(header(letter, "file")).isEqualTo("audit-1.csv");
                assertThat(json(letter.value()).path("Index").asLong()).isEqualTo(EVENTS / 2 + 1L);
              });
      try (var lines = Files.lines(worker.log())) {
        assertThat(lines.filter(line -> line.contains(" ERROR "))).isEmpty();
      }
      worker.rest().delete(name);
    }
  }

  private static void awaitDone(KafkaConsumer<String, String> consumer, String name, String file) {
    await("the end of " + file)
        .atMost(LIMIT)
        .until(
            () ->
                read(consumer, name + ".history").stream()
                    .filter(entry -> key(entry).equals("import/" + file))
                    .anyMatch(entry -> json(entry.value()).path("State").asText().equals("DONE")));
  }

  private static KafkaConsumer<String, String> consumer(ConnectStack stack) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.broker().bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static List<ConsumerRecord<String, String>> read(
      KafkaConsumer<String, String> consumer, String topic) {
    if (!consumer.listTopics().containsKey(topic)) {
      return List.of();
    }
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(Set.of(partition));
    consumer.seekToBeginning(Set.of(partition));
    long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    while (consumer.position(partition) < end) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  private static String key(ConsumerRecord<String, String> record) {
    return json(record.key()).asText();
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
