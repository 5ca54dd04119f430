package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import io.github.auditstream.connect.office365.testkit.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads all of the connector's topics as committed, new ones as they appear, and counts. For one
 * thread.
 */
final class TopicWatch implements AutoCloseable {
  private static final Duration LOOK_FOR_TOPICS = Duration.ofMillis(500);

  private final TopicNames names;
  private final AvroDecoder decoder;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, TopicTally> tallies = new TreeMap<>();
  private final FeedProblems problems;
  private final Consumer<ConsumerRecord<String, byte[]>> observer;
  private Set<TopicPartition> assigned = Set.of();
  private long lookedNanos;
  private boolean looked;
  private long events;
  private long firstEventNanos;
  private long lastEventNanos;

  TopicWatch(String bootstrapServers, TopicNames names, AvroDecoder decoder) {
    this(bootstrapServers, names, decoder, record -> {});
  }

  /**
   * With somebody who looks at each record.
   *
   * @param observer called from {@link #poll}
   */
  TopicWatch(
      String bootstrapServers,
      TopicNames names,
      AvroDecoder decoder,
      Consumer<ConsumerRecord<String, byte[]>> observer) {
    this.names = names;
    this.observer = observer;
    this.decoder = decoder;
    this.problems = new FeedProblems(names.status(), decoder);
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Takes what arrives within that time. */
  void poll(Duration limit) {
    lookForTopics();
    if (assigned.isEmpty()) {
      Pause.of(limit);
      return;
    }
    for (ConsumerRecord<String, byte[]> record : consumer.poll(limit)) {
      tallies.computeIfAbsent(record.topic(), topic -> new TopicTally(topic, decoder)).add(record);
      problems.add(record);
      observer.accept(record);
      if (names.isEvents(record.topic())) {
        count();
      }
    }
  }

  private void count() {
    lastEventNanos = System.nanoTime();
    if (events == 0) {
      firstEventNanos = lastEventNanos;
    }
    events++;
  }

  private void lookForTopics() {
    long now = System.nanoTime();
    if (looked && now - lookedNanos < LOOK_FOR_TOPICS.toNanos()) {
      return;
    }
    looked = true;
    lookedNanos = now;
    Set<TopicPartition> found = new HashSet<>();
    for (Map.Entry<String, List<PartitionInfo>> topic : consumer.listTopics().entrySet()) {
      if (names.isOurs(topic.getKey())) {
        topic
            .getValue()
            .forEach(part -> found.add(new TopicPartition(part.topic(), part.partition())));
      }
    }
    if (!found.equals(assigned)) {
      Collection<TopicPartition> fresh = new ArrayList<>(found);
      fresh.removeAll(assigned);
      consumer.assign(found);
      consumer.seekToBeginning(fresh);
      assigned = found;
    }
  }

  /** Topics with events by name, then the others. */
  List<TopicTally> tallies() {
    List<TopicTally> sorted = new ArrayList<>(eventTallies());
    tallies.values().stream().filter(tally -> !names.isEvents(tally.topic())).forEach(sorted::add);
    return sorted;
  }

  List<TopicTally> eventTallies() {
    return tallies.values().stream().filter(tally -> names.isEvents(tally.topic())).toList();
  }

  FeedProblems problems() {
    return problems;
  }

  /** Records in all topics with events. */
  long events() {
    return events;
  }

  /** From the first event's arrival to the last one's. */
  Duration span() {
    return Duration.ofNanos(lastEventNanos - firstEventNanos);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
