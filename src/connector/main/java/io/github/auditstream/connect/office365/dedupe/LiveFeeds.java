package io.github.auditstream.connect.office365.dedupe;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the live connector's status records say of its feeds and of gaps. The records have headers
 * with all of that, since their values have many forms; those of older versions have none.
 *
 * <p>Safe for many threads, of which one reads at a time.
 */
public final class LiveFeeds implements AutoCloseable {
  private static final String GAP = "/gap/";

  private final Map<String, Object> consumerSettings;
  private final String statusTopic;
  private final LongSupplier nanos;
  private final RecordKeys texts = new RecordKeys();
  private final Set<Gap> gaps = new LinkedHashSet<>();
  private final Set<String> readable = new LinkedHashSet<>();
  private final Set<String> keysOfGaps = new LinkedHashSet<>();
  private final Map<String, FeedProgress> feeds = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private boolean exists;
  private volatile @Nullable KeyConsumer consumer;
  private volatile boolean closed;

  /**
   * Asks Kafka for nothing yet.
   *
   * @param consumerSettings of Kafka's consumer, with {@code bootstrap.servers}
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   */
  public LiveFeeds(Map<String, Object> consumerSettings, String statusTopic, LongSupplier nanos) {
    this.consumerSettings = Map.copyOf(consumerSettings);
    this.statusTopic = statusTopic;
    this.nanos = nanos;
  }

  /**
   * Reads on up to where the status topic ends now; nothing where it does not exist.
   *
   * @throws TopicReadException if it cannot be read
   * @throws CancellationException if it is closed meanwhile, or the thread is interrupted
   */
  public synchronized void catchUp() {
    if (closed) {
      throw new CancellationException("reading topics was ended");
    }
    KeyConsumer reading = consumer;
    if (reading == null) {
      reading = new KeyConsumer(consumerSettings);
      consumer = reading;
    }
    try {
      catchUp(reading);
    } catch (TopicReadException e) {
      consumer = null;
      reading.close();
      throw e;
    }
  }

  private void catchUp(KeyConsumer reading) {
    Set<TopicPartition> partitions = reading.partitions(Set.of(statusTopic));
    exists = !partitions.isEmpty();
    Map<TopicPartition, Long> starts = new HashMap<>(reading.beginnings(partitions));
    Map<TopicPartition, Long> ends = new HashMap<>(reading.ends(partitions));
    starts.replaceAll((partition, first) -> start(partition, first, ends));
    ends.entrySet().removeIf(end -> starts.getOrDefault(end.getKey(), 0L) >= end.getValue());
    starts.keySet().retainAll(ends.keySet());
    if (!starts.isEmpty()) {
      ReadToEnd read = new ReadToEnd(reading, nanos, progress -> {});
      try {
        read.read(starts, ends, this::look);
      } finally {
        positions.putAll(read.reached());
      }
    }
  }

  /** A topic that ends before what was read of it is another one of the same name. */
  private long start(TopicPartition partition, long first, Map<TopicPartition, Long> ends) {
    long read = positions.getOrDefault(partition, first);
    return read > ends.getOrDefault(partition, read) ? first : Math.max(first, read);
  }

  /** Whether the topic existed at the last reading. */
  public synchronized boolean exists() {
    return exists;
  }

  /** The gaps that were reported, each once, in the order of the topic. */
  public synchronized List<Gap> gaps() {
    return List.copyOf(gaps);
  }

  /**
   * The keys, {@code <tenant>/<contentType>/gap/<from>}, of reported gaps whose end is not known:
   * their records have no headers that say it, so a person has to name the range.
   */
  public synchronized List<String> unreadableGaps() {
    return keysOfGaps.stream().filter(key -> !readable.contains(key)).toList();
  }

  /** How far the feeds of a tenant are; none where no live connector writes to the topic. */
  public synchronized List<FeedProgress> feeds(String tenant) {
    return feeds.values().stream().filter(feed -> feed.tenant().equals(tenant)).toList();
  }

  private void look(ConsumerRecord<byte[], Boolean> record) {
    Optional<String> key = texts.text(record.key());
    Headers headers = record.headers();
    if (key.filter(text -> text.contains(GAP)).isPresent()) {
      keysOfGaps.add(key.get());
    }
    Optional<Gap> gap = gap(headers);
    gap.ifPresent(
        found -> {
          gaps.add(found);
          key.ifPresent(readable::add);
        });
    feed(headers).ifPresent(feed -> feeds.put(feed.tenant() + "/" + feed.contentType(), feed));
  }

  private Optional<Gap> gap(Headers headers) {
    Optional<String> tenant = text(headers, "tenant");
    Optional<ContentType> type = text(headers, "contentType").flatMap(ContentType::find);
    Optional<Instant> from = time(headers, "gapFrom");
    Optional<Instant> until = time(headers, "gapUntil");
    return tenant.isPresent() && type.isPresent() && from.isPresent() && until.isPresent()
        ? Optional.of(new Gap(tenant.get(), type.get(), from.get(), until.get()))
        : Optional.empty();
  }

  private Optional<FeedProgress> feed(Headers headers) {
    Optional<String> tenant = text(headers, "tenant");
    Optional<ContentType> type = text(headers, "contentType").flatMap(ContentType::find);
    Optional<Instant> completeUntil = time(headers, "completeUntil");
    return tenant.isPresent() && type.isPresent() && completeUntil.isPresent()
        ? Optional.of(
            new FeedProgress(
                tenant.get(),
                type.get(),
                completeUntil.get(),
                time(headers, "readFrom"),
                text(headers, "parkedBlobs").filter(number -> !number.equals("0")).isPresent()))
        : Optional.empty();
  }

  private Optional<Instant> time(Headers headers, String name) {
    try {
      return text(headers, name).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<String> text(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name)).map(Header::value).flatMap(texts::text);
  }

  /** Ends a reading of another thread. */
  @Override
  public void close() {
    closed = true;
    KeyConsumer reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    synchronized (this) {
      if (consumer != null) {
        consumer.close();
        consumer = null;
      }
    }
  }
}
