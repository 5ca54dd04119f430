package io.github.auditstream.connect.office365.dedupe;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of Kafka's consumer means for whoever runs the connector.
 *
 * @param servers where Kafka was looked for
 */
record ReadFailures(String servers) {
  TopicReadException of(KafkaException failure) {
    if (failure instanceof SslAuthenticationException) {
      return failed(
          "This worker and Kafka at %s do not agree on TLS (%s): check kafka.ssl.*"
              .formatted(servers, failure.getMessage()),
          failure);
    }
    if (failure instanceof AuthenticationException) {
      return failed(
          "Kafka at %s refuses the login (%s): check kafka.security.protocol and kafka.sasl.*"
              .formatted(servers, failure.getMessage()),
          failure);
    }
    if (failure instanceof TopicAuthorizationException refused) {
      return unauthorized(refused.unauthorizedTopics(), failure);
    }
    if (failure instanceof AuthorizationException) {
      return failed(
          ("Kafka at %s does not let the user of the kafka.* settings read (%s): give it ACLs with"
                  + " DESCRIBE and READ on the connector's topics")
              .formatted(servers, failure.getMessage()),
          failure);
    }
    if (failure instanceof TimeoutException) {
      return new TopicReadException(
          ("Kafka at %s does not answer: check kafka.bootstrap.servers, whether this worker"
                  + " reaches all brokers, and whether kafka.security.protocol is their listener's")
              .formatted(servers),
          true,
          failure);
    }
    return new TopicReadException(
        ("It was not possible to read from Kafka at %s (%s): check kafka.bootstrap.servers and the"
                + " other kafka.* settings")
            .formatted(servers, reason(failure)),
        failure instanceof RetriableException,
        failure);
  }

  TopicReadException unauthorized(Collection<String> topics, KafkaException failure) {
    return failed(
        ("The user of the kafka.* settings may not read %s at %s: give it ACLs with DESCRIBE and READ,"
                + " best on all topics whose names begin with the prefix, also those that do not"
                + " exist yet")
            .formatted(String.join(", ", new TreeSet<>(topics)), servers),
        failure);
  }

  /** A consumer waits for ever for brokers that have gone. */
  TopicReadException stalled(Collection<TopicPartition> unread, Duration after) {
    return new TopicReadException(
        ("Kafka at %s has given nothing more of %s for %s s, and not all of it is read: are all"
                + " brokers up, and has each partition a leader?")
            .formatted(
                servers,
                unread.stream().map(TopicPartition::toString).sorted().collect(joining(", ")),
                after.toSeconds()),
        true,
        null);
  }

  TopicReadException missing(String topic, String key) {
    return failed(
        "There is no topic %s at %s: check %s and kafka.bootstrap.servers"
            .formatted(topic, servers, key),
        null);
  }

  private static TopicReadException failed(String message, @Nullable Throwable cause) {
    return new TopicReadException(message, false, cause);
  }

  /** Kafka's words on a setting; of other causes the name alone, as they may quote a setting. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ConfigException)) {
      cause = cause.getCause();
    }
    return cause instanceof ConfigException
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getSimpleName();
  }
}
