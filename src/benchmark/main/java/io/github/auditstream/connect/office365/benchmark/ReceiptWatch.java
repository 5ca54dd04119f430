package io.github.auditstream.connect.office365.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a connector's receipts as they come, committed ones only: with a blob's receipt its events
 * can be read too. One small record a blob costs next to nothing. For one thread.
 */
final class ReceiptWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private long receipts;
  private long firstNanos;
  private long lastNanos;
  private final Map<String, Instant> readable = new HashMap<>();

  ReceiptWatch(String bootstrapServers, String topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 200);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** Reads until there are so many. */
  void await(long wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (receipts < wanted) {
      look();
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "only %d of %d receipts after %s".formatted(receipts, wanted, limit));
      }
    }
  }

  /** Reads for a while. */
  void lookFor(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() - end < 0) {
      look();
    }
  }

  private void look() {
    for (ConsumerRecord<byte[], byte[]> receipt : consumer.poll(POLL)) {
      if (receipts == 0) {
        firstNanos = System.nanoTime();
      }
      receipts++;
      readable.putIfAbsent(new String(receipt.key(), StandardCharsets.UTF_8), Instant.now());
      lastNanos = System.nanoTime();
    }
  }

  /** When a blob's receipt, and so its events, could be read. */
  Optional<Instant> readableAt(String contentId) {
    return Optional.ofNullable(readable.get(contentId));
  }

  /** The time between the first and the last receipt. */
  Duration span() {
    return Duration.ofNanos(lastNanos - firstNanos);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
