package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.testkit.ConnectStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Floor (b): a bare producer that sends the same records, already serialised, in transactions to
 * the same broker, alone on the machine.
 */
final class ProducerFloor {
  private static final int RECORDS = 50_000;
  private static final int ROUNDS = 4;
  private static final Duration POLL = Duration.ofMillis(200);

  private final ConnectStack stack;
  private final Map<String, String> overrides;

  /**
   * @param overrides of the producer, as the connector has them
   */
  ProducerFloor(ConnectStack stack, Map<String, String> overrides) {
    this.stack = stack;
    this.overrides = overrides;
  }

  /**
   * Records a second.
   *
   * @param prefix of the topics that hold the records
   * @param recordsPerTransaction how many are committed at once
   */
  double recordsPerSecond(String prefix, int recordsPerTransaction) {
    List<ConsumerRecord<byte[], byte[]>> records = read(prefix);
    Map<String, Object> settings = new HashMap<>(overrides);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.broker().bootstrapServers());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "floor-" + recordsPerTransaction);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.max(best, send(producer, records, recordsPerTransaction));
      }
      return best;
    }
  }

  private static double send(
      KafkaProducer<byte[], byte[]> producer,
      List<ConsumerRecord<byte[], byte[]>> records,
      int recordsPerTransaction) {
    long start = System.nanoTime();
    for (int from = 0; from < records.size(); from += recordsPerTransaction) {
      producer.beginTransaction();
      int until = Math.min(records.size(), from + recordsPerTransaction);
      for (ConsumerRecord<byte[], byte[]> record : records.subList(from, until)) {
        // A failure shows at the commit.
        var unused =
            producer.send(
                new ProducerRecord<>(
                    "floor." + record.topic(),
                    null,
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    record.headers()));
      }
      producer.commitTransaction();
    }
    return records.size() / ((System.nanoTime() - start) / 1e9);
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String prefix) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.broker().bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Admin admin = stack.broker().admin()) {
      List<TopicPartition> partitions =
          Topics.eventTopics(admin, prefix).stream()
              .map(topic -> new TopicPartition(topic, 0))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.size() < RECORDS) {
        int before = records.size();
        consumer.poll(POLL).forEach(records::add);
        if (records.size() == before) {
          break;
        }
      }
    }
    return records;
  }
}
