package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The harness itself: what other integration tests rely on. */
@ExtendWith(SharedStack.class)
class StackIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static WorkerSettings settings(ConnectStack stack) {
    Path plugin = CountingPlugin.in(stack.work().resolve("plugins/counting"));
    WorkerSettings usual = stack.workerSettings();
    List<Path> plugins = new ArrayList<>(usual.plugins());
    plugins.add(plugin);
    return usual.withPlugins(plugins);
  }

  private static Map<String, String> counting(String topic, long last) {
    return Map.of(
        "connector.class",
        CountingConnector.class.getName(),
        "tasks.max",
        "1",
        "topic",
        topic,
        "last",
        Long.toString(last));
  }

  private static List<Long> numbers(List<ReadRecord> records) {
    return records.stream().map(record -> record.struct().getInt64("number")).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "3.9.2", "3.7.2"})
  void bringsRecordsThroughAWorkerOfEachVersion(String version, ConnectStack stack) {
    String topic = "counts-" + version;
    WorkerSettings settings = settings(stack).withKafka(stack.folders().kafka(version));
    try (WorkerProcess worker = stack.startWorker(settings);
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      worker.rest().put("counting", counting(topic, 250));
      worker.rest().awaitRunning("counting", 1, LIMIT);

      List<ReadRecord> records = reader.readAtLeast(250, LIMIT, topic);

      assertThat(numbers(records)).isEqualTo(upTo(250));
      assertThat(records.get(6).key()).isEqualTo("7");
      assertThat(stack.registry().rest().latestSchema(topic + "-value")).contains("Count");
      worker.stop();
    }
  }

  @Test
  void givesASharedWorkerThatFindsThePackagedPlugins(ConnectRest rest, WorkerProcess worker) {
    assertThat(rest.plugins().findValuesAsText("class"))
        .contains("io.confluent.connect.avro.AvroConverter");
    assertThat(worker.settings().exactlyOnce()).isTrue();
  }

  @Test
  void losesAndRepeatsNothingWhenAnExactlyOnceWorkerIsKilled(ConnectStack stack) {
    String topic = "counts-killed";
    WorkerSettings settings = settings(stack).withExactlyOnce(true);
    try (WorkerProcess worker = stack.startWorker(settings);
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      worker.rest().put("counting", counting(topic, 2_000_000));
      reader.readAtLeast(1, LIMIT, topic);
      worker.kill();
      worker.restart();
      worker.rest().put("counting", counting(topic, 1000));
      worker.rest().awaitRunning("counting", 1, LIMIT);
      worker.rest().stop("counting");

      List<Long> numbers = numbers(reader.readAll(topic));

      assertThat(numbers).isEqualTo(upTo(numbers.size()));
    }
  }

  @Test
  void showsAltersAndForgetsOffsets(ConnectStack stack) {
    String topic = "counts-rewound";
    try (WorkerProcess worker = stack.startWorker(settings(stack));
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      ConnectRest rest = worker.rest();
      rest.put("counting", counting(topic, 10));
      reader.readAtLeast(10, LIMIT, topic);
      rest.stop("counting");
      assertThat(rest.offsets("counting").get(0).path("offset").path("number").asLong())
          .isEqualTo(10);

      rest.patchOffset("counting", Map.of("counter", "one"), Map.of("number", 8));
      rest.resume("counting");
      assertThat(numbers(reader.readAtLeast(12, LIMIT, topic))).endsWith(9L, 10L, 9L, 10L);

      rest.stop("counting");
      rest.deleteOffsets("counting");
      assertThat(rest.offsets("counting")).isEmpty();
      rest.delete("counting");
      assertThat(rest.connectors()).doesNotContain("counting");
    }
  }

  @Test
  void reportsConfigurationErrorsByKey(ConnectStack stack) {
    try (WorkerProcess worker = stack.startWorker(settings(stack))) {
      assertThat(
              worker
                  .rest()
                  .validationErrors(CountingConnector.class.getName(), Map.of("last", "-1")))
          .containsOnlyKeys("topic", "last");
    }
  }

  @Test
  void bringsTheBrokerBackOnItsPortWithItsData(ConnectStack shared) {
    try (ConnectStack stack = ConnectStack.start(shared.folders());
        WorkerProcess worker = stack.startWorker(settings(stack));
        TopicReader reader = stack.reader(Isolation.READ_UNCOMMITTED)) {
      worker.rest().put("counting", counting("counts", 5));
      reader.readAtLeast(5, LIMIT, "counts");

      stack.broker().kill();
      assertThat(stack.broker().isAlive()).isFalse();
      stack.broker().restart();

      assertThat(numbers(reader.readAll("counts"))).isEqualTo(upTo(5));
    }
  }

  @Test
  void saysWhyAWorkerDidNotStart(ConnectStack stack) {
    WorkerSettings broken = settings(stack).with("offset.flush.interval.ms", "soon");

    assertThatThrownBy(() -> stack.startWorker(broken))
        .hasMessageContaining("worker ended with status")
        .hasMessageContaining("offset.flush.interval.ms");
  }
}
