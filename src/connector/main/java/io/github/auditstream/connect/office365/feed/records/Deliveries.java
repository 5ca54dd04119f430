package io.github.auditstream.connect.office365.feed.records;

import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.records.Delivery;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has become of the records that one feed has handed to Kafka Connect, as its calls of {@code
 * SourceTask.commitRecord} say: with the record's place in Kafka, or without where it was dropped.
 * A worker that writes at least once makes them from its producer's thread, one that writes exactly
 * once from the task's, when the transaction is committed ({@code AbstractWorkerSourceTask} and its
 * subclasses of Kafka 3.7.2, 3.9.2 and 4.3.1).
 *
 * <p>Safe for many threads; confirming a record takes no lock.
 */
public final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final FeedId feed;
  private final FeedMetrics metrics;
  private final Map<String, ToTopic> topics = new ConcurrentHashMap<>();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean changed = new AtomicBoolean();

  public Deliveries(FeedId feed, FeedMetrics metrics) {
    this.feed = feed;
    this.metrics = metrics;
  }

  /** Those for one topic, by its name before transforms. */
  public ToTopic to(String topic) {
    ToTopic known = topics.get(topic);
    return known != null ? known : topics.computeIfAbsent(topic, ToTopic::new);
  }

  /** How many records Connect has dropped since the task's start. */
  public long dropped() {
    return dropped.get();
  }

  /** Whether a drop is worth a status record that has not been asked for yet. */
  public boolean takeChanged() {
    return changed.getAndSet(false);
  }

  /** How many records have been handed over and neither written nor dropped yet. */
  public long unconfirmed() {
    return topics.values().stream().mapToLong(ToTopic::unconfirmed).sum();
  }

  /** The topics of those, in alphabetical order. */
  public List<String> unconfirmedTopics() {
    return topics.values().stream()
        .filter(topic -> topic.unconfirmed() > 0)
        .map(topic -> topic.name)
        .sorted()
        .toList();
  }

  private void drop(String topic) {
    metrics.dropped();
    long times = dropped.incrementAndGet();
    // The 1st, 2nd, 4th, 8th time and so on: a filter may drop thousands a second.
    if (Long.bitCount(times) == 1) {
      changed.set(true);
      LOG.warn(
          "Feed {}: Kafka Connect has not written a record for {}, number {} since the task's start. A"
              + " transform of the connector dropped it, or errors.tolerance=all skipped an error."
              + " It is in no topic, and a restart does not bring it. Where no transform is meant to"
              + " drop records, remove the transform or errors.tolerance, and rewind the feed.",
          feed,
          topic,
          times);
    }
  }

  /** The records for one topic. */
  public final class ToTopic implements Delivery {
    private final String name;
    private final LongAdder handed = new LongAdder();
    private final LongAdder confirmed = new LongAdder();

    private ToTopic(String name) {
      this.name = name;
    }

    /** A record goes to Connect. */
    public void handed() {
      handed.increment();
    }

    @Override
    public void confirmed(boolean written) {
      if (!written) {
        drop(name);
      }
      confirmed.increment();
    }

    private long unconfirmed() {
      // In this order: what is handed over in between is not taken for less than nothing.
      long done = confirmed.sum();
      return handed.sum() - done;
    }
  }
}
