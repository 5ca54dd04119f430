package io.github.auditstream.connect.office365.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads topics from their beginning and decodes the values with the real converter. Each call reads
 * anew; topics that do not exist (yet) are empty. For one thread at a time.
 */
public final class TopicReader implements AutoCloseable {
  /** Which records of transactions a reader sees. */
  public enum Isolation {
    /** All, also those of aborted transactions. */
    READ_UNCOMMITTED,
    /** Committed ones only, and none behind a transaction that is still open. */
    READ_COMMITTED
  }

  private static final Duration POLL = Duration.ofMillis(100);

  private final AvroDecoder decoder;
  private final KafkaConsumer<String, byte[]> consumer;

  /**
   * @param decoder stays the caller's to close
   */
  public TopicReader(String bootstrapServers, AvroDecoder decoder, Isolation isolation) {
    this.decoder = decoder;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        isolation == Isolation.READ_COMMITTED ? "read_committed" : "read_uncommitted");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 1000);
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** All records that are in the topics now, each partition's in order. */
  public List<ReadRecord> readAll(String... topics) {
    return readAll(List.of(topics));
  }

  /** All records that are in the topics now, each partition's in order. */
  public List<ReadRecord> readAll(Collection<String> topics) {
    List<ReadRecord> records = new ArrayList<>();
    readEach(topics, records::add);
    return records;
  }

  /** Hands over all records that are in the topics now, each partition's in order. */
  public void readEach(Collection<String> topics, Consumer<ReadRecord> each) {
    Set<TopicPartition> partitions = assign(topics);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!reached(ends)) {
      poll(each);
    }
  }

  /** Reads until the records are enough; fails when they are not in time. */
  public List<ReadRecord> readUntil(
      Collection<String> topics, String what, Duration limit, Predicate<List<ReadRecord>> enough) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<ReadRecord> records = new ArrayList<>();
    Set<TopicPartition> partitions = assign(topics);
    while (!enough.test(records)) {
      if (System.nanoTime() - deadline > 0) {
        throw new StackException(
            "No %s in %s after %s, but %d records".formatted(what, topics, limit, records.size()));
      }
      poll(records::add);
      Set<TopicPartition> known = partitions(topics);
      if (!known.equals(partitions)) {
        extend(partitions, known);
        partitions = known;
      }
    }
    return records;
  }

  /** Reads until there are at least that many records. */
  public List<ReadRecord> readAtLeast(int count, Duration limit, String... topics) {
    return readUntil(
        List.of(topics), count + " records", limit, records -> records.size() >= count);
  }

  /** The names of all topics that begin so. */
  public List<String> topics(String prefix) {
    return consumer.listTopics().keySet().stream()
        .filter(topic -> topic.startsWith(prefix))
        .sorted()
        .toList();
  }

  private Set<TopicPartition> assign(Collection<String> topics) {
    Set<TopicPartition> partitions = partitions(topics);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }

  private void extend(Set<TopicPartition> before, Set<TopicPartition> now) {
    Set<TopicPartition> fresh = new HashSet<>(now);
    fresh.removeAll(before);
    consumer.assign(now);
    consumer.seekToBeginning(fresh);
  }

  private Set<TopicPartition> partitions(Collection<String> topics) {
    Map<String, List<PartitionInfo>> all = consumer.listTopics();
    Set<TopicPartition> partitions = new HashSet<>();
    for (String topic : topics) {
      for (PartitionInfo partition : all.getOrDefault(topic, List.of())) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    return partitions;
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void poll(Consumer<ReadRecord> each) {
    if (consumer.assignment().isEmpty()) {
      Pause.of(POLL);
      return;
    }
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      each.accept(decoded(record));
    }
  }

  private ReadRecord decoded(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return new ReadRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        headers,
        decoder.decode(record.topic(), record.value()),
        record.serializedValueSize());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
