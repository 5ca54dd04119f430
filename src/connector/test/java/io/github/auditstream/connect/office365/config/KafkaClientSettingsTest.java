package io.github.auditstream.connect.office365.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientSettingsTest {
  private static final String SERVERS = "kafka.bootstrap.servers";

  private static Map<String, String> with(String key, String value) {
    Map<String, String> props = new HashMap<>(Map.of(SERVERS, "a:9092, b.example:9093"));
    props.put(key, value);
    return props;
  }

  @Test
  void arePassedOnWithoutTheirPrefix() {
    Map<String, String> props = with("kafka.security.protocol", " SASL_SSL ");
    props.put("kafka.sasl.jaas.config", "x.Module required password=\"marker\";");
    props.put("kafka.of.a.callback.handler", "its own");
    props.put("kafka.client.id", "");
    props.put("topic.prefix", "office365");
    props.put("kafkaesque", "no");

    KafkaClientSettings settings = KafkaClientSettings.parse(props);

    assertThat(settings.consumer())
        .containsOnly(
            Map.entry("bootstrap.servers", "a:9092, b.example:9093"),
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.jaas.config", "x.Module required password=\"marker\";"),
            Map.entry("of.a.callback.handler", "its own"));
    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("marker");
  }

  @Test
  void needServers() {
    assertThatThrownBy(() -> KafkaClientSettings.parse(Map.of("kafka.client.id", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("kafka.bootstrap.servers is missing: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker", "a:9092,,b:9092", "http://a:9092", "a:port", "a:9092;b:9092"})
  void refuseWhatIsNoServer(String servers) {
    assertThatThrownBy(() -> KafkaClientSettings.parse(with(SERVERS, servers)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("kafka.bootstrap.servers lists '")
        .hasMessageContaining("not a host and a port");
  }

  @Test
  void takeAnAddressOfSixteenBytes() {
    assertThat(KafkaClientSettings.parse(with(SERVERS, "[::1]:9092")).consumer())
        .containsEntry("bootstrap.servers", "[::1]:9092");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group.id",
        "group.instance.id",
        "group.protocol",
        "isolation.level",
        "key.deserializer",
        "value.deserializer",
        "enable.auto.commit",
        "auto.offset.reset",
        "allow.auto.create.topics",
        "interceptor.classes"
      })
  void refuseWhatTheConnectorSets(String key) {
    assertThatThrownBy(() -> KafkaClientSettings.parse(with("kafka." + key, "marker")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("kafka." + key + " is set by the connector itself: remove the key.");
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, TLS, must be one of",
    "request.timeout.ms, soon, Not a number",
    "max.poll.records, 0, at least 1"
  })
  void refuseWhatKafkaWould(String key, String value, String word) {
    assertThatThrownBy(() -> KafkaClientSettings.parse(with("kafka." + key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("kafka." + key + ": ")
        .hasMessageContaining(word);
  }

  @Test
  void refuseAPlaceholderThatIsNotResolved() {
    assertThatThrownBy(
            () ->
                KafkaClientSettings.parse(
                    with("kafka.ssl.truststore.password", "${file:/secrets:password}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("kafka.ssl.truststore.password holds a placeholder");
  }
}
