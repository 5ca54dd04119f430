package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.it.SharedStack;
import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The settings of the resources for Strimzi, worker's and connector's, in a real worker. The Secret
 * is a folder here, read by Kafka's own provider, as where it is mounted into a pod.
 */
@ExtendWith(SharedStack.class)
class StrimziWorkerIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String PREFIX = "strimzi";

  @TempDir private Path folder;

  @Test
  void theResourcesSettingsBringEventsAsJson(ConnectStack stack) throws Exception {
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    WorkerSettings settings = stack.workerSettings();
    for (Map.Entry<String, String> property : StrimziResources.workerConfig().entrySet()) {
      settings = settings.with(property.getKey(), property.getValue());
    }
    settings =
        settings.with("config.providers.secrets.class", DirectoryConfigProvider.class.getName());
    try (Simulator simulator =
            Simulator.builder().tenant(tenant -> tenant.subscribedToAll()).start();
        WorkerProcess worker = stack.startWorker(settings);
        Consumer<String, String> consumer = consumer(stack)) {
      simulator.tenant().history(ContentType.EXCHANGE, Duration.ofHours(20), 5, 3);
      writeSecret(secrets, simulator.tenant());
      SimulatedConnector connector = new SimulatedConnector(simulator, PREFIX);

      worker.rest().put("strimzi-audit", connectorConfig(simulator, secrets));
      worker.rest().awaitRunning("strimzi-audit", 2, LIMIT);

      Map<String, Long> expected = connector.expected();
      Map<String, Long> arrived = new HashMap<>();
      consumer.subscribe(List.of(PREFIX + ".exchange"));
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
                  arrived.merge(name(event), 1L, Long::sum);
                }
                return arrived.values().stream().mapToLong(times -> times).sum()
                    >= expected.values().stream().mapToLong(times -> times).sum();
              });
      assertThat(arrived).isEqualTo(expected);
      assertThat(Files.readString(worker.log())).contains("exactly.once.source.support = enabled");
    }
  }

  /** As {@link SimulatedConnector} names an event. */
  private static String name(ConsumerRecord<String, String> event) throws IOException {
    JsonNode value = new ObjectMapper().readTree(event.value());
    assertThat(value.path("Id").asText()).isEqualTo(event.key());
    JsonNode blob = value.path("ContentBlob");
    return blob.path("Tenant").asText()
        + " "
        + blob.path("ContentType").asText()
        + " "
        + event.key();
  }

  /** One file for each key of the Secret. */
  private static void writeSecret(Path folder, SimulatedTenant tenant) throws IOException {
    Files.writeString(folder.resolve("tenant.id"), tenant.id().toString());
    Files.writeString(folder.resolve("client.id"), tenant.clientId());
    Files.writeString(folder.resolve("client.secret"), tenant.clientSecret());
    TreeSet<String> keys = new TreeSet<>();
    for (String value : StrimziResources.connectorConfig().values()) {
      StrimziResources.SECRET.matcher(value).results().forEach(secret -> keys.add(secret.group(3)));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  private static Map<String, String> connectorConfig(Simulator simulator, Path secrets)
      throws IOException {
    Map<String, String> config = StrimziResources.connectorConfig();
    config.replaceAll(
        (key, value) ->
            value
                .replace("${secrets:kafka/office365-audit:", "${secrets:" + secrets + ":")
                .replaceFirst("^office365(\\\\|$)", PREFIX + "$1"));
    SimulatedConnectorConfig.pointAt(simulator, config);
    return config;
  }

  private static Consumer<String, String> consumer(ConnectStack stack) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.broker().bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG, "strimzi-it",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
            ConsumerConfig.METADATA_MAX_AGE_CONFIG, "500",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
