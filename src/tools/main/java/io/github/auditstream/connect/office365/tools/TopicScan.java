package io.github.auditstream.connect.office365.tools;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning up to where they end now, committed records only, and then, if
 * asked, on to where they end later. Belongs to no consumer group and commits nothing. For one
 * thread.
 */
final class TopicScan implements AutoCloseable {
  /** How long nothing may come of what is still to be read. */
  static final Duration STALLED_AFTER = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final String DESCRIBE = "DESCRIBE";
  private static final String READ = "READ";
  private static final int API_TIMEOUT_MS = 20_000;

  private final String servers;
  private final Duration stalledAfter;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<List<TopicPartition>> groups = new ArrayList<>();
  private Map<TopicPartition, Long> beginnings = Map.of();

  TopicScan(Map<String, Object> consumerSettings) {
    this(consumerSettings, STALLED_AFTER);
  }

  /**
   * @param stalledAfter how long nothing may come of what is still to be read
   */
  TopicScan(Map<String, Object> consumerSettings, Duration stalledAfter) {
    this.stalledAfter = stalledAfter;
    Map<String, Object> settings = new HashMap<>(consumerSettings);
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    settings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "office365-tools");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    servers = String.valueOf(settings.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    consumer = asking(DESCRIBE, () -> new KafkaConsumer<>(settings, bytes, bytes));
  }

  /**
   * Begins with the topics' beginnings.
   *
   * @param topics in groups: the ends of one group are looked up before those of the next, so that
   *     for whatever is seen of a former one its counterpart in a latter one is seen too
   * @return the topics that exist
   * @throws ToolException if this user may not see one of them, which is not that it does not exist
   */
  Set<String> begin(List<? extends Collection<String>> topics) {
    Set<String> refused = new TreeSet<>();
    for (Collection<String> group : topics) {
      groups.add(
          group.stream()
              .flatMap(topic -> asking(DESCRIBE, () -> partitions(topic, refused)).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList());
    }
    if (!refused.isEmpty()) {
      throw refused(DESCRIBE, refused);
    }
    List<TopicPartition> partitions = groups.stream().flatMap(List::stream).toList();
    beginnings = asking(DESCRIBE, () -> consumer.beginningOffsets(partitions));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions.stream().map(TopicPartition::topic).collect(toCollection(LinkedHashSet::new));
  }

  /** By its name: a list of all topics leaves out those that this user may not see. */
  private List<PartitionInfo> partitions(String topic, Set<String> refused) {
    try {
      return consumer.partitionsFor(topic);
    } catch (TopicAuthorizationException e) {
      refused.add(topic);
      return List.of();
    }
  }

  /** Reads on up to where the topics end now. */
  void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<TopicPartition, Long> ends = new LinkedHashMap<>();
    groups.forEach(group -> ends.putAll(asking(DESCRIBE, () -> consumer.endOffsets(group))));
    ends.entrySet().removeIf(this::isReached);
    long left = left(ends);
    long movedAt = System.nanoTime();
    while (!ends.isEmpty()) {
      ConsumerRecords<byte[], byte[]> records = asking(READ, () -> consumer.poll(POLL));
      for (ConsumerRecord<byte[], byte[]> record : records) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        // What comes behind the end is for another time: it is read again then.
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          each.accept(record);
        }
      }
      ends.entrySet().removeIf(this::isReached);
      long leftNow = left(ends);
      if (leftNow < left) {
        left = leftNow;
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > stalledAfter.toNanos()) {
        throw stalled(ends.keySet());
      }
    }
  }

  /** How many offsets are still to come. */
  private long left(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().mapToLong(end -> end.getValue() - position(end.getKey())).sum();
  }

  private long position(TopicPartition partition) {
    return asking(READ, () -> consumer.position(partition));
  }

  /** A consumer waits for ever for brokers that have gone. */
  private ToolException stalled(Set<TopicPartition> unread) {
    return new ToolException(
        ("Kafka at %s has given nothing more of %s for %s s, and not all of it is read: are"
                + " all brokers up, and has each partition a leader?")
            .formatted(
                servers,
                unread.stream().map(TopicPartition::toString).sorted().collect(joining(", ")),
                stalledAfter.toSeconds()));
  }

  private boolean isReached(Map.Entry<TopicPartition, Long> end) {
    long position = position(end.getKey());
    if (position > end.getValue()) {
      consumer.seek(end.getKey(), end.getValue());
    }
    if (position >= end.getValue()) {
      consumer.pause(List.of(end.getKey()));
      return true;
    }
    consumer.resume(List.of(end.getKey()));
    return false;
  }

  /** The partitions of a topic of which the first records are gone. */
  Set<Integer> cutOff(String topic) {
    return beginnings.entrySet().stream()
        .filter(begin -> begin.getKey().topic().equals(topic) && begin.getValue() > 0)
        .map(begin -> begin.getKey().partition())
        .collect(toSet());
  }

  private static ToolException refused(String operation, Set<String> topics) {
    return new ToolException(
        ("No permission to %s %s: this user needs DESCRIBE and READ on the connector's topics. Best"
                + " on all whose names begin with its prefix, also on those that are not there yet")
            .formatted(operation, String.join(", ", topics)));
  }

  /**
   * @param operation that Kafka may refuse
   */
  private <T> T asking(String operation, Supplier<T> call) {
    try {
      return call.get();
    } catch (AuthenticationException e) {
      throw new ToolException(
          "Kafka at %s refuses the login: check the worker's security settings (%s)"
              .formatted(servers, WorkerFile.name(e)),
          e);
    } catch (TopicAuthorizationException e) {
      throw refused(operation, new TreeSet<>(e.unauthorizedTopics()));
    } catch (AuthorizationException e) {
      throw new ToolException(
          ("No permission to %s the topics at %s (%s): this user needs DESCRIBE and READ on"
                  + " the connector's topics")
              .formatted(operation, servers, e.getMessage()),
          e);
    } catch (TimeoutException e) {
      throw new ToolException(
          "Kafka at " + servers + " does not answer: check bootstrap.servers and security.protocol",
          e);
    } catch (KafkaException e) {
      throw new ToolException(
          "It was not possible to read the topics at %s (%s): check the worker's settings"
              .formatted(servers, WorkerFile.name(e.getCause() == null ? e : e.getCause())),
          e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
