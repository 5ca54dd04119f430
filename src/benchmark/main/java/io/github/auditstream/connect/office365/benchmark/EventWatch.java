package io.github.auditstream.connect.office365.benchmark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the events in a connector's topics as they come, committed ones only. For one thread. */
final class EventWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private long events;
  private long firstNanos;
  private long lastNanos;

  /**
   * @param prefix of the topics, whose own records about themselves are not counted
   */
  EventWatch(String bootstrapServers, String prefix) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "watch-" + prefix);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 200);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(
        Pattern.compile(
            Pattern.quote(prefix) + "\\.(?!receipts$|status$|deadletter$|history$)[a-z0-9]+"));
  }

  /** Reads until there are so many. */
  void await(long wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (events < wanted) {
      int come = consumer.poll(POLL).count();
      if (come > 0) {
        lastNanos = System.nanoTime();
        if (events == 0) {
          firstNanos = lastNanos;
        }
        events += come;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "only %d of %d events after %s".formatted(events, wanted, limit));
      }
    }
  }

  /** Events a second between the first and the last. */
  double perSecond() {
    return events / (Math.max(1, lastNanos - firstNanos) / 1e9);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
