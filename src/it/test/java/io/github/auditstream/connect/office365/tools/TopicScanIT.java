package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.testkit.BrokerProcess;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading from a real broker that goes away. */
class TopicScanIT {
  private static final String TOPIC = "scanned";
  private static final int RECORDS = 20;

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void endsWhenTheBrokerIsLostInTheMiddle() throws Exception {
    StackFolders folders = StackFolders.ofBuild();
    try (BrokerProcess broker =
        BrokerProcess.start(folders.kafka(KafkaDistribution.NEWEST), folder, JvmFlags.QUICK)) {
      produce(broker.bootstrapServers());
      // No more than a record with each answer, so that some are left on the broker.
      Map<String, Object> settings =
          Map.of(
              "bootstrap.servers",
              broker.bootstrapServers(),
              "max.partition.fetch.bytes",
              1,
              "fetch.max.bytes",
              1,
              "max.poll.records",
              1);
      List<Long> seen = new ArrayList<>();
      try (TopicScan scan = new TopicScan(settings, Duration.ofSeconds(3))) {
        scan.begin(List.of(List.of(TOPIC)));

        assertThatThrownBy(
                () ->
                    scan.readToEnd(
                        record -> {
                          seen.add(record.offset());
                          broker.kill();
                        }))
            .isInstanceOf(ToolException.class)
            .hasMessageContaining("has given nothing more of " + TOPIC + "-0")
            .hasMessageContaining(broker.bootstrapServers());
        assertThat(seen).isNotEmpty().hasSizeLessThan(RECORDS);
      }
    }
  }

  private static void produce(String servers) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "batch.size", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(new ProducerRecord<>(TOPIC, new byte[1000])).get();
      }
    }
  }
}
