package io.github.auditstream.connect.office365.dedupe;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the Ids of events that are in Kafka to a set: the keys of committed records, from each
 * partition's first one of a time on. What an open transaction holds is read when it is committed.
 * Safe for many threads, of which one reads at a time.
 */
public final class TopicIds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);

  private final EventTopics topics;
  private final Instant from;
  private final EventIdSet ids;
  private final LongSupplier nanos;
  private final Consumer<ReadProgress> progress;
  private final RecordKeys keys = new RecordKeys();
  private final Lock reading = new ReentrantLock();
  private final KeyConsumer consumer;

  /** What is read; guarded by {@code reading}, like the consumer. */
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  private boolean reported;

  private volatile boolean closed;

  /**
   * Asks Kafka for nothing yet.
   *
   * @param consumerSettings of Kafka's consumer, with {@code bootstrap.servers}
   * @param from records before the first one of this time or later are not read
   * @param ids gets the Ids
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   * @param progress gets a report every ten seconds of a reading
   * @throws TopicReadException if the settings cannot be used
   */
  public TopicIds(
      Map<String, Object> consumerSettings,
      EventTopics topics,
      Instant from,
      EventIdSet ids,
      LongSupplier nanos,
      Consumer<ReadProgress> progress) {
    this.topics = topics;
    this.from = from;
    this.ids = ids;
    this.nanos = nanos;
    this.progress = progress;
    this.consumer = new KeyConsumer(consumerSettings);
  }

  /**
   * Reads on up to where the topics end now, with those that are new. The first call reads all, and
   * one after a failure goes on where that came.
   *
   * @return how many records were read
   * @throws TopicReadException if they cannot be read
   * @throws CancellationException if it is closed meanwhile, or the thread is interrupted
   */
  public long catchUp() {
    reading.lock();
    try {
      if (closed) {
        throw new CancellationException("reading topics was ended");
      }
      KeyCounts before = keys.counts();
      Plan plan = plan();
      positions.keySet().retainAll(plan.existing());
      positions.putAll(plan.done());
      positions.putAll(plan.starts());
      if (!plan.starts().isEmpty()) {
        ReadToEnd read = new ReadToEnd(consumer, nanos, this::report);
        try {
          read.read(plan.starts(), plan.ends(), this::add);
        } finally {
          // What was read before a failure need not be read again.
          positions.putAll(read.reached());
        }
      }
      return log(before, keys.counts());
    } finally {
      reading.unlock();
    }
  }

  /**
   * What to read.
   *
   * @param existing all partitions
   * @param starts where to begin in those that have more
   * @param ends where those end
   * @param done new partitions that have nothing, and where they end
   */
  private record Plan(
      Set<TopicPartition> existing,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> done) {}

  private Plan plan() {
    while (true) {
      Set<TopicPartition> partitions = partitions();
      try {
        return plan(partitions);
      } catch (TopicReadException e) {
        // Kafka does not answer for a topic that was deleted meanwhile.
        if (!e.retriable() || partitions().containsAll(partitions)) {
          throw e;
        }
      }
    }
  }

  private Set<TopicPartition> partitions() {
    Map<String, List<TopicPartition>> listed = consumer.topics();
    Set<String> unlisted = new HashSet<>(topics.named());
    unlisted.removeAll(listed.keySet());
    Set<TopicPartition> partitions = new HashSet<>(consumer.partitions(unlisted));
    listed.keySet().stream()
        .filter(topics::contains)
        .forEach(topic -> partitions.addAll(listed.getOrDefault(topic, List.of())));
    return partitions;
  }

  private Plan plan(Set<TopicPartition> partitions) {
    // The ends first: what is written after them is behind them, also where nothing is found.
    Map<TopicPartition, Long> ends = consumer.ends(partitions);
    Map<TopicPartition, Long> first =
        consumer.firstSince(from, partitions.stream().filter(each -> isNew(each, ends)).toList());
    Plan plan = new Plan(partitions, new HashMap<>(), new HashMap<>(), new HashMap<>());
    ends.forEach(
        (partition, end) -> {
          long start =
              isNew(partition, ends)
                  ? first.getOrDefault(partition, end)
                  : positions.getOrDefault(partition, end);
          if (start < end) {
            plan.starts().put(partition, start);
            plan.ends().put(partition, end);
          } else {
            plan.done().put(partition, Math.min(start, end));
          }
        });
    return plan;
  }

  /** A topic that ends before what was read of it is another one of the same name. */
  private boolean isNew(TopicPartition partition, Map<TopicPartition, Long> ends) {
    Long position = positions.get(partition);
    return position == null || position > ends.getOrDefault(partition, position);
  }

  private void add(ConsumerRecord<byte[], Boolean> record) {
    keys.text(record.key()).ifPresent(ids::add);
  }

  private void report(ReadProgress read) {
    LOG.info(
        "Reading record keys: {} of {} offsets done, {} event Ids known",
        read.read(),
        read.all(),
        ids.size());
    progress.accept(read);
  }

  private long log(KeyCounts before, KeyCounts after) {
    if (!reported) {
      reported = true;
      LOG.info(
          "Read the record keys of {} since {}: {} records, {} of them without key; {} event Ids"
              + " known",
          topicNames(),
          from,
          after.total(),
          after.none(),
          ids.size());
    }
    if (after.unreadable() > before.unreadable()) {
      LOG.warn(
          "{} record keys of the topics {} cannot be read back as text, so the events of those"
              + " records are not known to be in Kafka and may be sent again. The connector's keys"
              + " are texts: does a transform change them, or was the key.converter changed?",
          after.unreadable(),
          topicNames());
    }
    return after.total() - before.total();
  }

  private Set<String> topicNames() {
    return positions.keySet().stream()
        .map(TopicPartition::topic)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The keys read so far, those that were read twice after a failure among them. */
  public KeyCounts keys() {
    return keys.counts();
  }

  /** Ends a reading of another thread. */
  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    reading.lock();
    try {
      consumer.close();
    } finally {
      reading.unlock();
    }
  }
}
