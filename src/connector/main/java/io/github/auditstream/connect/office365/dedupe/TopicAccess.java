package io.github.auditstream.connect.office365.dedupe;

import static org.apache.kafka.clients.consumer.ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Tries out whether topics could be read. */
public final class TopicAccess {
  private TopicAccess() {}

  /**
   * Reaches Kafka and asks for the topics. Reads nothing; topics need not exist.
   *
   * @param consumerSettings of Kafka's consumer, with {@code bootstrap.servers}
   * @param topics their names
   * @param longestWait for each answer
   * @throws TopicReadException if Kafka is not reached, or the user may not describe one of them
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static void check(
      Map<String, Object> consumerSettings, Collection<String> topics, Duration longestWait) {
    Map<String, Object> impatient = new HashMap<>(consumerSettings);
    int milliseconds = Math.toIntExact(longestWait.toMillis());
    impatient.put(DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds);
    impatient.put(REQUEST_TIMEOUT_MS_CONFIG, milliseconds);
    try (KeyConsumer consumer = new KeyConsumer(impatient)) {
      var unused = consumer.partitions(topics);
    }
  }
}
