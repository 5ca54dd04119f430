package io.github.auditstream.connect.office365.config;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * How a connector's own consumer reaches Kafka: the keys {@code kafka.*}, as a consumer's keys
 * without that prefix. A connector is not given those of its worker.
 *
 * @param consumer the consumer's settings, secrets among them
 */
public record KafkaClientSettings(Map<String, Object> consumer) {
  /** What the keys begin with. */
  public static final String PREFIX = "kafka.";

  private static final String SERVERS = PREFIX + ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
  private static final Pattern SERVER = Pattern.compile("(\\[[^]]+]|[^:\\s/]+):[0-9]{1,5}");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  /** What is read, and as what, is no matter of configuration. */
  private static final Set<String> OWN =
      Set.of(
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);

  public KafkaClientSettings {
    consumer = Map.copyOf(consumer);
  }

  /**
   * Reads them.
   *
   * @param props a connector's or a task's configuration
   * @throws ConfigException naming the keys to change
   */
  public static KafkaClientSettings parse(Map<String, String> props) {
    ConfigErrors errors = new ConfigErrors();
    KafkaClientSettings settings = read(new Values(props, errors));
    errors.throwIfAny();
    return settings;
  }

  /** Reads them; what is wrong is noted. */
  static KafkaClientSettings read(Values values) {
    Map<String, String> consumer = new TreeMap<>();
    for (String key : new TreeSet<>(values.props().keySet())) {
      if (key.startsWith(PREFIX) && values.isSet(key)) {
        read(key, values).ifPresent(value -> consumer.put(key.substring(PREFIX.length()), value));
      }
    }
    if (!values.isSet(SERVERS)) {
      values.refuse(
          SERVERS,
          "is missing",
          "write the brokers that the worker has, such as broker-1:9092,broker-2:9092");
    }
    refuseWhatKafkaDoes(consumer, values.errors());
    return new KafkaClientSettings(Map.copyOf(consumer));
  }

  private static Optional<String> read(String key, Values values) {
    String text = Objects.requireNonNull(values.props().get(key)).strip();
    if (OWN.contains(key.substring(PREFIX.length()))) {
      values.refuse(key, "is set by the connector itself", "remove the key");
    } else if (Placeholder.is(text)) {
      values.refuse(key, Placeholder.REASON, Placeholder.FIX);
    } else if (key.equals(SERVERS)) {
      refuseWrongServers(text, values);
      return Optional.of(text);
    } else {
      return Optional.of(text);
    }
    return Optional.empty();
  }

  private static void refuseWrongServers(String text, Values values) {
    for (String server : COMMA.split(text, -1)) {
      if (!SERVER.matcher(server).matches()) {
        values.refuse(
            SERVERS,
            "lists '" + server + "', which is not a host and a port",
            "write the brokers that the worker has, such as broker-1:9092,broker-2:9092");
      }
    }
  }

  /** What Kafka's own definition has against a value, such as an unknown protocol. */
  private static void refuseWhatKafkaDoes(Map<String, String> consumer, ConfigErrors errors) {
    for (ConfigValue value : ConsumerConfig.configDef().validate(consumer)) {
      String key = PREFIX + value.name();
      if (consumer.containsKey(value.name()) && !errors.has(key)) {
        value.errorMessages().stream()
            .findFirst()
            .ifPresent(message -> errors.addDescribed(key, message + "."));
      }
    }
  }

  /** The keys alone. */
  @Override
  public String toString() {
    return "KafkaClientSettings" + new TreeSet<>(consumer.keySet());
  }
}
