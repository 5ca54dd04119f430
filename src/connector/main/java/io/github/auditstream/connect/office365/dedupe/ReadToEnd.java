package io.github.auditstream.connect.office365.dedupe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads partitions up to given ends, and as far beyond as an answer happens to hold. Topics that
 * are deleted meanwhile are done. For one use, by one thread.
 */
final class ReadToEnd {
  /** How long nothing may come of what is still to be read. */
  static final Duration STALLED_AFTER = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();

  /** After that long without progress it is looked up whether the topics still exist. */
  private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

  private final KeyConsumer consumer;
  private final LongSupplier nanos;
  private final Consumer<ReadProgress> progress;
  private final Map<TopicPartition, Long> unread = new HashMap<>();
  private final Map<TopicPartition, Long> reached = new HashMap<>();

  /**
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   * @param progress gets a report every ten seconds
   */
  ReadToEnd(KeyConsumer consumer, LongSupplier nanos, Consumer<ReadProgress> progress) {
    this.consumer = consumer;
    this.nanos = nanos;
    this.progress = progress;
  }

  /**
   * Reads.
   *
   * @param starts where to begin, of the same partitions as {@code ends}
   * @throws TopicReadException if they cannot be read
   */
  void read(
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], Boolean>> each) {
    consumer.assign(starts);
    reached.putAll(starts);
    unread.putAll(ends);
    long all = left();
    long left = all;
    long movedAt = nanos.getAsLong();
    long lookedAt = movedAt;
    long reportedAt = movedAt;
    while (!unread.isEmpty()) {
      consumer.poll(POLL).forEach(each);
      settle();
      long now = nanos.getAsLong();
      long leftNow = left();
      if (leftNow != left) {
        left = leftNow;
        movedAt = now;
        lookedAt = now;
      } else if (now - movedAt > STALLED_AFTER.toNanos()) {
        throw consumer.failures().stalled(unread.keySet(), STALLED_AFTER);
      } else if (now - lookedAt > LOOK_NANOS) {
        lookedAt = now;
        forgetDeleted();
      }
      if (now - reportedAt > REPORT_NANOS) {
        reportedAt = now;
        progress.accept(new ReadProgress(all - left, all));
      }
    }
  }

  /** How far each partition is read, also after a failure. */
  Map<TopicPartition, Long> reached() {
    return Map.copyOf(reached);
  }

  /** How many offsets are still to come. */
  private long left() {
    return unread.entrySet().stream()
        .mapToLong(end -> end.getValue() - reached.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  private void settle() {
    unread
        .entrySet()
        .removeIf(
            end -> {
              long position = consumer.position(end.getKey());
              reached.put(end.getKey(), position);
              boolean done = position >= end.getValue();
              if (done) {
                consumer.pause(end.getKey());
              }
              return done;
            });
  }

  private void forgetDeleted() {
    try {
      Set<String> topics = consumer.topics().keySet();
      unread.keySet().removeIf(partition -> !topics.contains(partition.topic()));
    } catch (TopicReadException e) {
      // Brokers that come back soon are no failure.
      if (!e.retriable()) {
        throw e;
      }
    }
  }
}
