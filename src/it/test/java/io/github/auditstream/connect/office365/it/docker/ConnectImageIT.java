package io.github.auditstream.connect.office365.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.LiveFeed;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The image: what is in it, how it is configured, and that it does the connector's work. */
@ExtendWith({DockerRequired.class, ConnectImage.Builder.class})
class ConnectImageIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CONNECTOR = "in-containers";
  private static final String SECRET = "pl4nted~marker-secret";

  @TempDir private Path folder;

  @Test
  void runsAsAnUnprivilegedUserAndChecksItsHealth(ConnectImage image) {
    ContainerConfig config = inspected(image).getConfig();

    assertThat(config.getUser()).isEqualTo("1000:1000");
    assertThat(config.getHealthcheck().getTest())
        .containsExactly("CMD", "/opt/kafka-connect-office365/is-healthy");
    assertThat(config.getEntrypoint()).containsExactly("/opt/kafka-connect-office365/start-worker");
    assertThat(config.getLabels())
        .containsEntry("org.opencontainers.image.version", Images.named("OFFICE365_VERSION"))
        .containsEntry("org.opencontainers.image.licenses", "Apache-2.0");
  }

  @Test
  void holdsNoSecretAndNoSettingInItsHistoryAndConfiguration(ConnectImage image) throws Exception {
    String history =
        new Bash(folder).run("docker history --no-trunc --format '{{.CreatedBy}}' " + image.name());

    assertThat(history)
        .contains("start-worker")
        .doesNotContainPattern("(?i)(secret|password|token)\\S*\\s*[=:]")
        .doesNotContain("CONNECT_");
    assertThat(inspected(image).getConfig().getEnv())
        .noneMatch(variable -> variable.startsWith("CONNECT_"))
        .noneMatch(variable -> variable.matches("(?i).*(secret|password|token).*"));
  }

  @Test
  void theImagesUserCanChangeNeitherPluginNorScripts(ConnectImage image) throws Exception {
    String found =
        new Bash(folder)
            .run(
                "docker run --rm --entrypoint bash %s -c 'id -u; find /opt/connect-plugins /opt/kafka-connect-office365 -type f | wc -l; find /opt/connect-plugins /opt/kafka-connect-office365 -writable'"
                    .formatted(image.name()));

    List<String> lines = found.lines().map(String::strip).toList();
    assertThat(lines).hasSize(2).first().isEqualTo("1000");
    assertThat(Integer.parseInt(lines.get(1))).isGreaterThan(8);
  }

  @Test
  void filesAreReadableWhateverTheUmask() throws Exception {
    Path hidden = folder.resolve("hidden");
    String image = Images.CONNECT + ":umask-077";

    String found =
        new Bash(folder)
            .with("KAFKA_IMAGE", Images.named("KAFKA_IMAGE"))
            .run(
                """
                mkdir -p %1$s/target/components
                cp -r docker %1$s/docker
                cp -r target/components/packages %1$s/target/components/packages
                chmod -R go-rwx %1$s
                docker build --quiet --build-arg KAFKA_IMAGE -f docker/Dockerfile -t %2$s %1$s > /dev/null
                docker run --rm --entrypoint bash %2$s -c '
                  test -x /opt/kafka-connect-office365/start-worker
                  cd /opt
                  echo readable $(find connect-plugins kafka-connect-office365 -type f -readable | wc -l)
                  echo hidden $(find connect-plugins kafka-connect-office365 ! -readable | wc -l)'
                docker rmi --force %2$s > /dev/null
                """
                    .formatted(hidden, image));

    assertThat(found).containsPattern("readable [1-9][0-9]+\nhidden 0\n");
  }

  @Test
  void saysWhatIsWrongWithItsEnvironment(ConnectImage image) throws Exception {
    assertThat(refusal(image, "")).contains("no broker is named", "CONNECT_BOOTSTRAP_SERVERS");
    assertThat(refusal(image, "--env LOG_FORMAT=xml")).contains("'xml'", "text or json");
    assertThat(refusal(image, "--env CONNECT_SASL_JAAS_CONFIG=gehe$'\\xc3\\xaf'm"))
        .contains("CONNECT_SASL_JAAS_CONFIG", "sasl.jaas.config", "ASCII")
        .doesNotContain("gehe");
  }

  private String refusal(ConnectImage image, String options) throws Exception {
    return new Bash(folder).run("! docker run --rm %s %s 2>&1".formatted(options, image.name()));
  }

  @Test
  void continuesInANewContainerAndEveryEventArrivesOnce(ConnectImage image) throws Exception {
    try (Simulator simulator =
            Simulator.builder()
                .directory(folder.resolve("simulator"))
                .host(ContainerStack.TEST_HOST)
                .tenant(t -> t.clientSecret(SECRET).subscribedToAll())
                .start();
        ContainerStack stack = ContainerStack.start();
        AvroDecoder decoder = stack.decoder();
        TopicReader reader = stack.reader(decoder)) {
      SimulatedConnector connector = new SimulatedConnector(simulator, CONNECTOR);
      for (ContentType contentType : ContentType.values()) {
        simulator.tenant().history(contentType, Duration.ofDays(2), 40, 6);
      }
      LiveFeed live = simulator.tenant().live(ContentType.EXCHANGE, 4, 5);
      Path truststore = simulator.truststore().location();

      try (GenericContainer<?> worker = stack.startWorker(image, truststore, environment("text"))) {
        ConnectRest rest = ContainerStack.rest(worker);
        assertThat(rest.plugins().toString())
            .contains(Office365AuditSourceConnector.class.getName());
        holdsItsSettings(worker);
        rest.put(CONNECTOR, config(connector));
        awaitReceipts(reader, 250);
        worker.getDockerClient().killContainerCmd(worker.getContainerId()).exec();
        assertThat(worker.getLogs()).contains("Task 0 reads").doesNotContain(SECRET);
      }
      try (GenericContainer<?> worker = stack.startWorker(image, truststore, environment("json"))) {
        ConnectRest rest = ContainerStack.rest(worker);
        awaitReceipts(reader, 300);
        live.close();
        awaitReceipts(reader, simulator.ledger().blobCount());

        List<ReadRecord> records = reader.readAll(connector.eventTopics(reader.topics("")));
        assertThat(SimulatedConnector.arrived(records)).isEqualTo(connector.expected());
        assertThat(reader.readAll(CONNECTOR + ".deadletter")).isEmpty();
        assertThat(simulator.breaches()).isEmpty();
        assertThat(rest.status(CONNECTOR).failed()).isFalse();
        assertThat(rest.tasks(CONNECTOR).toString()).doesNotContain(SECRET);
        logsAsJson(worker);
      }
    }
  }

  private static Map<String, String> environment(String logFormat) {
    return Map.of(
        "OFFICE365_CLIENT_SECRET", SECRET,
        "LOG_FORMAT", logFormat,
        "CONNECT_PRODUCER_CLIENT__ODD___NAME", " back\\slash\nand = two lines");
  }

  private static Map<String, String> config(SimulatedConnector connector) {
    Map<String, String> config = connector.config(2);
    config.put("tenants.t0.client.secret", "${env:OFFICE365_CLIENT_SECRET}");
    config.put("ssl.truststore.location", ContainerStack.TRUSTSTORE);
    return config;
  }

  /** A blob's receipt comes with the last of its events. */
  private static void awaitReceipts(TopicReader reader, long count) {
    reader.readUntil(
        List.of(CONNECTOR + ".receipts"),
        count + " receipts",
        LIMIT,
        receipts -> receipts.size() >= count);
  }

  private static void holdsItsSettings(GenericContainer<?> worker) throws Exception {
    Properties settings = new Properties();
    settings.load(
        new StringReader(
            worker.execInContainer("cat", "/tmp/kafka-connect/worker.properties").getStdout()));

    assertThat(settings)
        .containsEntry("bootstrap.servers", "kafka:19092")
        .containsEntry("exactly.once.source.support", "enabled")
        .containsEntry("producer.client_odd-name", " back\\slash\nand = two lines");
    assertThat(
            worker
                .execInContainer("stat", "-c", "%a", "/tmp/kafka-connect/worker.properties")
                .getStdout())
        .isEqualToIgnoringNewLines("600");
    assertThat(worker.getLogs())
        .contains("bootstrap.servers is set by CONNECT_BOOTSTRAP_SERVERS")
        .doesNotContain("two lines");
  }

  private static void logsAsJson(GenericContainer<?> worker) throws Exception {
    List<String> lines = worker.getLogs().lines().dropWhile(line -> !line.startsWith("{")).toList();

    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      JsonNode entry = MAPPER.readTree(line);
      assertThat(entry.path("time").asText()).as(line).matches("20..-.*Z");
      assertThat(entry.path("level").asText()).as(line).isNotEmpty();
      assertThat(entry.path("message").asText()).as(line).isNotEmpty();
    }
    assertThat(lines).anyMatch(line -> line.contains("[" + CONNECTOR + "|task-"));
  }

  private static InspectImageResponse inspected(ConnectImage image) {
    return DockerClientFactory.lazyClient().inspectImageCmd(image.name()).exec();
  }
}
