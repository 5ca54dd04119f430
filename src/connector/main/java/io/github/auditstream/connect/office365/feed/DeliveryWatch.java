package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.records.Deliveries;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Kafka Connect does not get rid of what the task has handed over. A worker's producer
 * waits without an end and without an error for a topic that does not exist ({@code max.block.ms}
 * of source tasks is {@link Long#MAX_VALUE}), on the task's own thread: there is no poll, so that
 * no status record can be written, and the task stays {@code RUNNING}.
 *
 * <p>Safe for many threads: the task's thread reports its polls, a timer looks.
 */
final class DeliveryWatch {
  /** How often to look. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Longer than any poll and than what a transaction takes when nothing is wrong. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWatch.class);
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private final List<? extends Watched> feeds;
  private final LongSupplier nanos;
  private volatile long polledAt;
  private long times;

  /** A feed whose records are on their way. */
  interface Watched {
    Deliveries deliveries();

    /**
     * Its records do not get through.
     *
     * @param reason what happened, what it means and what to do
     */
    void undelivered(String reason);

    /** They do. */
    void delivered();
  }

  /**
   * @param nanos a clock that only goes forward
   */
  DeliveryWatch(List<? extends Watched> feeds, LongSupplier nanos) {
    this.feeds = feeds;
    this.nanos = nanos;
    this.polledAt = nanos.getAsLong();
  }

  /** Connect asks for records. */
  void polled() {
    polledAt = nanos.getAsLong();
  }

  /** How long Connect has not asked for records while some of the feed's are not confirmed. */
  double blockedSeconds(Watched feed) {
    return feed.deliveries().unconfirmed() > 0 ? sincePoll() / NANOS : 0;
  }

  private long sincePoll() {
    return Math.max(0, nanos.getAsLong() - polledAt);
  }

  /** Looks once; for one thread at a time. */
  void look() {
    long since = sincePoll();
    long open = feeds.stream().mapToLong(feed -> feed.deliveries().unconfirmed()).sum();
    if (open <= 0 || since < PATIENCE.toNanos()) {
      if (times > 0) {
        times = 0;
        LOG.info("Kafka Connect asks for records again");
        feeds.forEach(Watched::delivered);
      }
      return;
    }
    times++;
    String reason = reason(open, Duration.ofNanos(since));
    feeds.stream()
        .filter(feed -> feed.deliveries().unconfirmed() > 0)
        .forEach(feed -> feed.undelivered(reason));
    if (Long.bitCount(times) == 1) {
      LOG.warn("{} (time {})", reason, times);
    }
  }

  private String reason(long open, Duration since) {
    TreeSet<String> topics = new TreeSet<>();
    feeds.forEach(feed -> topics.addAll(feed.deliveries().unconfirmedTopics()));
    return "Kafka Connect has not asked for records for "
        + since.toSeconds()
        + " s, and has not confirmed "
        + open
        + " that it has, which are for the topics "
        + String.join(", ", topics)
        + " (named as before transforms). Most likely one of them does not exist and nobody may create"
        + " it: create it, or set topic.creation.default.replication.factor and"
        + " topic.creation.default.partitions and let the worker create topics. Else no broker answers,"
        + " or a converter waits for its schema registry. Nothing is lost: the task goes on by itself"
        + " when this is fixed.";
  }
}
