package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.AuthorizedBroker;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The access rights of {@code docs/install.md} against Kafka's own authorizer. */
class AccessRightsIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String WORKER = "Worker";
  private static final String CONNECTOR = "Connector";
  private static final String HISTORY = "History";
  private static final String PROGRAMS = "Programs";
  private static final String GROUP = "office365-connect";
  private static final StackFolders FOLDERS = StackFolders.ofBuild();

  @TempDir private static Path folder;
  private static AuthorizedBroker broker;
  private static WorkerProcess worker;

  @BeforeAll
  static void start() throws Exception {
    broker =
        AuthorizedBroker.start(
            FOLDERS.kafka(KafkaDistribution.NEWEST),
            folder.resolve("broker"),
            JvmFlags.QUICK,
            List.of(WORKER, CONNECTOR, HISTORY, PROGRAMS));
    grant(of(WORKER), "none");
    worker = worker();
  }

  @AfterAll
  static void end() {
    if (worker != null) {
      worker.close();
    }
    broker.close();
  }

  @Test
  void areEnoughAndEachOfThemIsUsed() throws Exception {
    String name = "enough";
    grant(AccessRight.forExactlyOnce(), name);
    try (Simulator simulator = simulator()) {
      Map<String, String> config = new SimulatedConnector(simulator, name).config(1);
      worker.rest().put(name, config);
      worker.rest().awaitRunning(name, 1, LIMIT);

      // The connector makes its topics with its first records.
      await("a run of Reconcile that has all to add up")
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                ToolRun run = reconcile(config);
                assertThat(run.status()).as("%s%n%s", run.out(), run.messages()).isZero();
                assertThat(run.out()).contains("Everything adds up: 1 blobs, 5 events");
              });
      readHistory(simulator, name);
      // What rewinding and Replay do.
      worker.rest().stop(name);
      worker
          .rest()
          .patchOffset(
              name,
              Map.of(
                  "tenant",
                  simulator.tenant().id().toString(),
                  "contentType",
                  ContentType.EXCHANGE.apiName()),
              Map.of("contentCreated", "2026-11-20T00:00:00.000Z"));
      worker.rest().delete(name);
    }
    assertThat(broker.decisions(WORKER)).noneMatch(AccessRightsIT::isDenied);
    assertThat(broker.decisions(HISTORY)).noneMatch(AccessRightsIT::isDenied);
    assertThat(AccessRight.forExactlyOnce())
        .allSatisfy(
            right ->
                assertThat(right.unused(broker.decisions(right.who()), names(name)))
                    .as("%s never used", right)
                    .isEmpty());
  }

  /** A history connector writes as the source connector does, and reads as a user of its own. */
  private static void readHistory(Simulator simulator, String name) {
    String history = startHistory(simulator, name);
    awaitHistory(history);
    worker.rest().delete(history);
  }

  private static String startHistory(Simulator simulator, String name) {
    Map<String, String> config =
        SimulatedConnectorConfig.ofHistory(simulator, name, broker.bootstrapServers());
    AuthorizedBroker.login(HISTORY).forEach((key, value) -> config.put("kafka." + key, value));
    Instant today = Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS);
    config.put("history.from", today.minus(Duration.ofDays(9)).toString());
    config.put("history.until", today.minus(Duration.ofDays(8)).toString());
    config.put("history.settled.after", "PT0S");
    String history = name + "-history";
    worker.rest().put(history, config);
    return history;
  }

  private static void awaitHistory(String history) {
    await("the only slice")
        .atMost(LIMIT)
        .until(() -> worker.rest().offsets(history).toString().contains("\"state\":\"DONE\""));
  }

  @ParameterizedTest
  @MethodSource("ofTheConnector")
  void theTaskFailsWithoutAnyOfTheConnectors(AccessRight left) throws Exception {
    String name = "without-" + of(CONNECTOR).indexOf(left);
    grant(AccessRight.forExactlyOnce(), name);
    revoke(left, name);
    try (Simulator simulator = simulator()) {
      worker.rest().put(name, new SimulatedConnector(simulator, name).config(1));

      ConnectorState failed =
          worker.rest().awaitAnyStatus(name, "failed task", LIMIT, ConnectorState::failed);

      assertThat(failed.failure()).containsPattern("(?i)not authorized|authorization");
      worker.rest().delete(name);
    } finally {
      grant(List.of(left), name);
    }
  }

  @Test
  void theProgramsPrintNoDataWithoutTheirAccessRights() throws Exception {
    String name = "unread";
    grant(of(CONNECTOR), name);
    try (Simulator simulator = simulator()) {
      Map<String, String> config = new SimulatedConnector(simulator, name).config(1);
      worker.rest().put(name, config);
      worker.rest().awaitRunning(name, 1, LIMIT);

      assertThat(reconcile(config).status()).isNotZero();
      grant(of(PROGRAMS), name);
      await("the same with them")
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(reconcile(config).status()).isZero());
      worker.rest().delete(name);
    }
  }

  @Test
  void theHistoryWaitsForItsAccessRight() throws Exception {
    String name = "unseen";
    grant(of(CONNECTOR), name);
    try (Simulator simulator = simulator();
        Admin admin = broker.broker().admin()) {
      worker.rest().put(name, new SimulatedConnector(simulator, name).config(1));
      await("the events' topic")
          .atMost(LIMIT)
          .until(() -> admin.listTopics().names().get().contains(name + ".exchange"));
      String history = startHistory(simulator, name);
      await("what it waits for")
          .atMost(LIMIT)
          .until(
              () ->
                  Files.readString(worker.log())
                      .lines()
                      .anyMatch(line -> line.contains("The history cannot begin yet")));

      grant(of(HISTORY), name);
      awaitHistory(history);
      worker.rest().delete(history);
      worker.rest().delete(name);
    }
  }

  private static boolean isDenied(String decision) {
    return decision.contains(" is Denied ");
  }

  static List<AccessRight> ofTheConnector() throws IOException {
    return of(CONNECTOR);
  }

  private static List<AccessRight> of(String who) throws IOException {
    return AccessRight.forExactlyOnce().stream().filter(right -> right.who().equals(who)).toList();
  }

  private static Simulator simulator() throws Exception {
    Simulator simulator =
        Simulator.builder().tenant(tenant -> tenant.subscribed(ContentType.EXCHANGE)).start();
    simulator.tenant().blob(ContentType.EXCHANGE).createdAgo(Duration.ofHours(1)).events(5).add();
    return simulator;
  }

  private static Map<String, String> names(String name) {
    return Map.of(
        "<group.id>",
        GROUP,
        "<config.storage.topic>",
        GROUP + "-config",
        "<offset.storage.topic>",
        GROUP + "-offset",
        "<status.storage.topic>",
        GROUP + "-status",
        "<topic.prefix>",
        name,
        "<name>",
        name);
  }

  private static void grant(List<AccessRight> rights, String name) throws Exception {
    try (Admin admin = broker.broker().admin()) {
      admin
          .createAcls(rights.stream().flatMap(right -> right.acls(names(name)).stream()).toList())
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  private static void revoke(AccessRight right, String name) throws Exception {
    try (Admin admin = broker.broker().admin()) {
      admin
          .deleteAcls(right.acls(names(name)).stream().map(AclBinding::toFilter).toList())
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  /** The worker logs in as one user, what it runs for the connector as another. */
  private static WorkerProcess worker() {
    WorkerSettings settings =
        new WorkerSettings(
            FOLDERS.kafka(KafkaDistribution.NEWEST),
            GROUP,
            true,
            List.of(FOLDERS.plugin()),
            URI.create("http://localhost"),
            JvmFlags.QUICK,
            AuthorizedBroker.login(WORKER));
    settings =
        settings
            .with("value.converter", "org.apache.kafka.connect.json.JsonConverter")
            .with("value.converter.schemas.enable", "false");
    for (String client : List.of("producer.", "consumer.", "admin.")) {
      for (Map.Entry<String, String> login : AuthorizedBroker.login(CONNECTOR).entrySet()) {
        settings = settings.with(client + login.getKey(), login.getValue());
      }
    }
    return WorkerProcess.start(settings, broker.bootstrapServers(), folder.resolve("worker"));
  }

  private static ToolRun reconcile(Map<String, String> config) throws Exception {
    Properties properties = new Properties();
    properties.putAll(AuthorizedBroker.login(PROGRAMS));
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("value.converter.schemas.enable", "false");
    Path file = Files.createTempFile(folder, "programs", ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return ToolRun.of(
        ToolRun.classPath(FOLDERS),
        file,
        folder,
        "Reconcile",
        "--connector",
        ToolRun.file(folder, config));
  }
}
