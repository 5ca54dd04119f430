package io.github.auditstream.connect.office365.dedupe;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads keys and headers of committed records, and of values nothing. Belongs to no consumer group.
 * For one thread at a time, but for {@link #wakeup}. Its methods throw {@link TopicReadException},
 * and {@link CancellationException} once it was woken up or its thread interrupted.
 */
final class KeyConsumer implements AutoCloseable {
  private static final int TIMEOUT_MS = 20_000;

  /** An answer of a broker; Kafka's own default would be a tenth of a small worker's heap. */
  private static final int ANSWER_BYTES = 8 << 20;

  private static final int RECORDS_AT_ONCE = 2_000;

  private final ReadFailures failures;
  private final KafkaConsumer<byte[], Boolean> consumer;

  /**
   * @param settings of a consumer; what would change what is read is overridden
   */
  KeyConsumer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent(DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    all.putIfAbsent(REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    all.putIfAbsent(FETCH_MAX_BYTES_CONFIG, ANSWER_BYTES);
    all.putIfAbsent(MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    all.put(ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    failures = new ReadFailures(String.valueOf(all.get(BOOTSTRAP_SERVERS_CONFIG)));
    consumer =
        asking(
            () -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new UnreadDeserializer()));
  }

  ReadFailures failures() {
    return failures;
  }

  /** All topics that the user may see, with their partitions. */
  Map<String, List<TopicPartition>> topics() {
    return asking(consumer::listTopics).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, topic -> partitions(topic.getValue())));
  }

  private static List<TopicPartition> partitions(List<PartitionInfo> infos) {
    return infos.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
  }

  /**
   * The partitions of those topics that exist.
   *
   * @throws TopicReadException if the user may not see one of them: it is not taken for missing
   */
  Set<TopicPartition> partitions(Collection<String> topics) {
    Set<String> refused = new TreeSet<>();
    Set<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> partitions(topic, refused).stream())
            .collect(Collectors.toSet());
    if (!refused.isEmpty()) {
      throw failures.unauthorized(refused, new TopicAuthorizationException(refused));
    }
    return partitions;
  }

  private List<TopicPartition> partitions(String topic, Set<String> refused) {
    return asking(
        () -> {
          try {
            return partitions(Optional.ofNullable(consumer.partitionsFor(topic)).orElse(List.of()));
          } catch (TopicAuthorizationException e) {
            refused.add(topic);
            return List.of();
          }
        });
  }

  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return asking(() -> consumer.beginningOffsets(partitions));
  }

  /** Where committed records end: the first record of an open transaction is behind it. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return asking(() -> consumer.endOffsets(partitions));
  }

  /** Each partition's first record of that time or later; without those that have none. */
  Map<TopicPartition, Long> firstSince(Instant time, Collection<TopicPartition> partitions) {
    long millis = time.isBefore(Instant.EPOCH) ? 0 : time.toEpochMilli();
    Map<TopicPartition, Long> times =
        partitions.stream().collect(Collectors.toMap(Function.identity(), each -> millis));
    Map<TopicPartition, Long> first = new HashMap<>();
    asking(() -> consumer.offsetsForTimes(times))
        .forEach(
            (partition, found) ->
                Optional.ofNullable(found)
                    .map(OffsetAndTimestamp::offset)
                    .ifPresent(offset -> first.put(partition, offset)));
    return first;
  }

  /** Begins to read there, and nowhere else. */
  void assign(Map<TopicPartition, Long> positions) {
    run(
        () -> {
          consumer.assign(positions.keySet());
          // One that was assigned before stays paused.
          consumer.resume(positions.keySet());
          positions.forEach(consumer::seek);
        });
  }

  void pause(TopicPartition partition) {
    run(() -> consumer.pause(List.of(partition)));
  }

  long position(TopicPartition partition) {
    return asking(() -> consumer.position(partition));
  }

  ConsumerRecords<byte[], Boolean> poll(Duration atMost) {
    return asking(() -> consumer.poll(atMost));
  }

  /** Ends the present or the next call of another thread. */
  void wakeup() {
    consumer.wakeup();
  }

  private void run(Runnable call) {
    asking(
        () -> {
          call.run();
          return true;
        });
  }

  private <T> T asking(Supplier<T> call) {
    try {
      return call.get();
    } catch (WakeupException | InterruptException e) {
      throw cancelled(e);
    } catch (KafkaException e) {
      throw failures.of(e);
    }
  }

  private static CancellationException cancelled(KafkaException cause) {
    CancellationException cancelled = new CancellationException("reading topics was ended");
    cancelled.initCause(cause);
    return cancelled;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
