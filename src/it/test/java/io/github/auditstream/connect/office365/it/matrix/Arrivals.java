package io.github.auditstream.connect.office365.it.matrix;

import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.data.Struct;

/**
 * What a {@code read_committed} reader finds in the topics of one connector, read on and on. Events
 * are only counted, by blob and key; what the connector says of its own work is decoded. For one
 * thread.
 */
final class Arrivals implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String prefix;
  private final AvroDecoder decoder;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<BlobEvent, Long> events = new HashMap<>();
  private final Map<String, List<Struct>> receipts = new TreeMap<>();
  private final Map<String, List<Struct>> deadLetters = new TreeMap<>();
  private final List<Struct> refusedEntries = new ArrayList<>();
  private final List<Struct> statuses = new ArrayList<>();
  private long eventCount;

  /** An event in a blob, as its record's header and key name it. */
  record BlobEvent(String contentId, String key) {}

  Arrivals(ConnectStack stack, String prefix) {
    this.prefix = prefix;
    this.decoder = stack.decoder();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.broker().bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Takes in what has come since. */
  void read() {
    follow();
    if (consumer.assignment().isEmpty()) {
      return;
    }
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      take(record);
    }
  }

  private void follow() {
    Set<TopicPartition> fresh = new HashSet<>();
    consumer
        .listTopics()
        .forEach(
            (topic, partitions) -> {
              if (topic.startsWith(prefix + ".")) {
                partitions.forEach(
                    partition -> fresh.add(new TopicPartition(topic, partition.partition())));
              }
            });
    fresh.removeAll(consumer.assignment());
    if (!fresh.isEmpty()) {
      Set<TopicPartition> all = new HashSet<>(consumer.assignment());
      all.addAll(fresh);
      consumer.assign(all);
      consumer.seekToBeginning(fresh);
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    String kind = record.topic().substring(prefix.length() + 1);
    switch (kind) {
      case "receipts" -> add(receipts, record);
      case "deadletter" -> {
        Struct letter = decoded(record);
        if (letter.getString("Scope").equals("ENTRY")) {
          refusedEntries.add(letter);
        } else {
          add(deadLetters, record);
        }
      }
      case "status" -> statuses.add(decoded(record));
      default -> {
        eventCount++;
        events.merge(new BlobEvent(header(record), String.valueOf(record.key())), 1L, Long::sum);
      }
    }
  }

  private void add(Map<String, List<Struct>> to, ConsumerRecord<String, byte[]> record) {
    to.computeIfAbsent(String.valueOf(record.key()), any -> new ArrayList<>()).add(decoded(record));
  }

  private Struct decoded(ConsumerRecord<String, byte[]> record) {
    return (Struct) decoder.decode(record.topic(), record.value()).value();
  }

  private static String header(ConsumerRecord<String, byte[]> record) {
    Header header = record.headers().lastHeader("contentId");
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  long eventCount() {
    return eventCount;
  }

  /** How often each event is in the topics. */
  Map<BlobEvent, Long> events() {
    return events;
  }

  /** By contentId. */
  Map<String, List<Struct>> receipts() {
    return receipts;
  }

  /** Dead letters for entries of listings. */
  List<Struct> refusedEntries() {
    return refusedEntries;
  }

  /** By contentId, those of blobs and of their elements. */
  Map<String, List<Struct>> deadLetters() {
    return deadLetters;
  }

  /** A feed's status records, in order. */
  List<Struct> statuses(String contentType) {
    return statuses.stream()
        .filter(status -> status.getString("ContentType").equals(contentType))
        .toList();
  }

  Optional<Struct> lastStatus(String contentType) {
    List<Struct> all = statuses(contentType);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  Set<String> topics() {
    Set<String> topics = new HashSet<>();
    consumer.assignment().forEach(partition -> topics.add(partition.topic()));
    return topics;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
