package io.github.auditstream.connect.office365.testkit;

import io.github.auditstream.connect.office365.testkit.JvmProcess.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** One KRaft node that is broker and controller, on this machine only, without replication. */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final long PROBE_SECONDS = 5;

  private final JvmProcess process;
  private final int port;

  private BrokerProcess(JvmProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Formats a new log folder under {@code folder}, starts the broker and waits until it serves. */
  public static BrokerProcess start(KafkaDistribution kafka, Path folder, List<String> jvmFlags) {
    return start(kafka, folder, jvmFlags, UnaryOperator.identity());
  }

  /**
   * The same with further settings.
   *
   * @param extra broker properties; they win over the ones set here
   */
  public static BrokerProcess start(
      KafkaDistribution kafka, Path folder, List<String> jvmFlags, Map<String, String> extra) {
    return start(
        kafka,
        folder,
        jvmFlags,
        usual -> {
          Map<String, String> settings = new LinkedHashMap<>(usual);
          settings.putAll(extra);
          return settings;
        });
  }

  /**
   * The same with other settings.
   *
   * @param change makes them of the usual ones; asked again where a port was taken
   */
  static BrokerProcess start(
      KafkaDistribution kafka,
      Path folder,
      List<String> jvmFlags,
      UnaryOperator<Map<String, String>> change) {
    return Ports.retryingTakenPorts(() -> startOnFreePorts(kafka, folder, jvmFlags, change));
  }

  private static BrokerProcess startOnFreePorts(
      KafkaDistribution kafka,
      Path folder,
      List<String> jvmFlags,
      UnaryOperator<Map<String, String>> change) {
    Path work = folder.toAbsolutePath();
    int port = Ports.free();
    Path properties =
        PropertiesFile.write(
            work.resolve("broker.properties"), change.apply(settings(work, port, Ports.free())));
    format(kafka, work, properties, jvmFlags);
    JvmProcess process =
        JvmProcess.start(
            new Program(
                "broker",
                jvmFlags,
                kafka.classpath(),
                "kafka.Kafka",
                List.of(properties.toString()),
                work,
                Map.of()));
    BrokerProcess broker = new BrokerProcess(process, port);
    try {
      broker.awaitServing();
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private static Map<String, String> settings(Path work, int port, int controllerPort) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", "1"),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("controller.quorum.voters", "1@localhost:" + controllerPort),
        Map.entry(
            "listeners",
            "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort)),
        Map.entry("advertised.listeners", "PLAINTEXT://localhost:" + port),
        Map.entry("log.dirs", work.resolve("data").toString()),
        Map.entry("num.partitions", "1"),
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"));
  }

  private static void format(
      KafkaDistribution kafka, Path work, Path properties, List<String> jvmFlags) {
    try (JvmProcess format =
        JvmProcess.start(
            new Program(
                "format",
                jvmFlags,
                kafka.classpath(),
                "kafka.tools.StorageTool",
                List.of(
                    "format",
                    "--ignore-formatted",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    properties.toString()),
                work,
                Map.of()))) {
      int status = format.awaitExit(START_LIMIT);
      if (status != 0) {
        throw new StackException(
            "The broker's log folder was not formatted (status %d):%n%s"
                .formatted(status, format.logTail()));
      }
    }
  }

  private void awaitServing() {
    process.await("open port " + port, START_LIMIT, () -> Ports.open(port));
    process.await("answer on port " + port, START_LIMIT, this::serves);
  }

  private boolean serves() {
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(PROBE_SECONDS, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting for the broker", e);
    }
  }

  /** For {@code bootstrap.servers}; stays the same over {@link #restart()}. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** A new client, the caller's to close. */
  public Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The operating system's number of it, for {@code jcmd}. */
  public long pid() {
    return process.pid();
  }

  public Path log() {
    return process.log();
  }

  /** Stops it as an administrator would (SIGTERM). */
  public void stop() {
    process.stop();
  }

  /** Ends it without warning (SIGKILL). */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same port and data after {@link #stop()} or {@link #kill()}. */
  public void restart() {
    process.restart();
    awaitServing();
  }

  /** Ends it at once: nothing of its data is needed any more. */
  @Override
  public void close() {
    process.close();
  }
}
