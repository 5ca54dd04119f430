package io.github.auditstream.connect.office365.it.docker;

import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A broker, a registry and workers of the connector's image, each in a container. */
final class ContainerStack implements AutoCloseable {
  /** The name under which the containers know the machine that the tests run on. */
  static final String TEST_HOST = "host.docker.internal";

  /** Where the workers find the simulator's trust store. */
  static final String TRUSTSTORE = "/etc/kafka-connect/simulator.p12";

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final int CONNECT = 8083;
  private static final int REGISTRY = 8080;
  private static final String REGISTRY_API = "/apis/ccompat/v7";
  private static final Path CONVERTER = StackFolders.ofBuild().converter();

  private final Network network = Network.newNetwork();
  private final KafkaContainer kafka =
      new KafkaContainer(
              DockerImageName.parse(Images.named("KAFKA_IMAGE"))
                  .asCompatibleSubstituteFor("apache/kafka"))
          .withNetwork(network)
          .withListener("kafka:19092")
          .withStartupTimeout(START_LIMIT);
  private final GenericContainer<?> registry =
      new GenericContainer<>(DockerImageName.parse(Images.named("REGISTRY_IMAGE")))
          .withNetwork(network)
          .withNetworkAliases("registry")
          .withExposedPorts(REGISTRY)
          .withEnv("QUARKUS_THREAD_POOL_CORE_THREADS", "1")
          .withEnv("QUARKUS_THREAD_POOL_MAX_THREADS", "1")
          .waitingFor(Wait.forHttp("/health/ready").forPort(REGISTRY))
          .withStartupTimeout(START_LIMIT);

  private ContainerStack() {}

  /** Starts broker and registry. */
  static ContainerStack start() {
    ContainerStack stack = new ContainerStack();
    try {
      stack.kafka.start();
      stack.registry.start();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /**
   * Starts a worker and waits until the image's own health check reports it healthy.
   *
   * @param truststore the simulator's
   * @param environment beside what every worker needs here
   * @return the caller's to close
   */
  GenericContainer<?> startWorker(
      ConnectImage image, Path truststore, Map<String, String> environment) {
    GenericContainer<?> worker =
        new GenericContainer<>(DockerImageName.parse(image.name()))
            .withNetwork(network)
            .withExtraHost(TEST_HOST, "host-gateway")
            .withExposedPorts(CONNECT)
            .withEnv("CONNECT_BOOTSTRAP_SERVERS", "kafka:19092")
            .withEnv("CONNECT_PLUGIN_DISCOVERY", "service_load")
            .withEnv("CONNECT_OFFSET_FLUSH_INTERVAL_MS", "500")
            // One that was killed is missed, and what it left open is ended, within seconds.
            .withEnv("CONNECT_SCHEDULED_REBALANCE_MAX_DELAY_MS", "0")
            .withEnv("CONNECT_SESSION_TIMEOUT_MS", "6000")
            .withEnv("CONNECT_HEARTBEAT_INTERVAL_MS", "1500")
            .withEnv("CONNECT_PRODUCER_TRANSACTION_TIMEOUT_MS", "10000")
            .withEnv("CONNECT_VALUE_CONVERTER", "io.confluent.connect.avro.AvroConverter")
            .withEnv(
                "CONNECT_VALUE_CONVERTER_SCHEMA_REGISTRY_URL",
                "http://registry:" + REGISTRY + REGISTRY_API)
            .withEnv(environment)
            .withCopyFileToContainer(
                MountableFile.forHostPath(CONVERTER),
                "/opt/connect-plugins/confluent-avro-converter")
            .withCopyFileToContainer(MountableFile.forHostPath(truststore, 0644), TRUSTSTORE)
            .waitingFor(Wait.forHealthcheck())
            .withStartupTimeout(START_LIMIT);
    worker.start();
    return worker;
  }

  static ConnectRest rest(GenericContainer<?> worker) {
    return new ConnectRest(
        URI.create("http://" + worker.getHost() + ":" + worker.getMappedPort(CONNECT)));
  }

  /** Decodes what the workers' converter wrote. */
  AvroDecoder decoder() {
    return new AvroDecoder(
        CONVERTER,
        URI.create(
            "http://"
                + registry.getHost()
                + ":"
                + registry.getMappedPort(REGISTRY)
                + REGISTRY_API));
  }

  TopicReader reader(AvroDecoder decoder) {
    return new TopicReader(kafka.getBootstrapServers(), decoder, Isolation.READ_COMMITTED);
  }

  @Override
  public void close() {
    registry.stop();
    kafka.stop();
    network.close();
  }
}
