package io.github.auditstream.connect.office365.it;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclPermissionType.ALLOW;
import static org.apache.kafka.common.acl.AclPermissionType.DENY;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.SelfSignedCertificate;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.testkit.Ports;
import io.github.auditstream.connect.office365.testkit.SecuredBroker;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs over TLS, to Kafka with a login and an authorizer and to Connect, with the Kafka
 * jars of every supported worker, and with permissions that lack something.
 */
@ExtendWith(SharedStack.class)
class SecuredProgramsIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String NAME = "secured";
  private static final int BLOBS = 6;
  private static final int EVENTS = 4;
  private static final String READER = "reader";
  private static final String SEES_NO_EVENTS = "sees-no-events";
  private static final String READS_NO_EVENTS = "reads-no-events";
  private static final String SEES_NO_LETTERS = "sees-no-letters";
  private static final String NOBODY = "nobody";

  @TempDir private static Path folder;
  private static Path certificate;
  private static SecuredBroker broker;
  private static WorkerProcess worker;
  private static Simulator simulator;
  private static String connector;
  private static String https;

  @BeforeAll
  static void startAll(ConnectStack stack) throws Exception {
    SelfSignedCertificate keys = SelfSignedCertificate.forHosts(folder, List.of("localhost"));
    certificate = Files.writeString(folder.resolve("certificate.pem"), keys.certificatePem());
    broker =
        SecuredBroker.start(
            stack.folders().kafka(KafkaDistribution.NEWEST),
            stack.work().resolve("secured-broker"),
            JvmFlags.QUICK,
            new SecuredBroker.Keys(keys.pkcs12(), keys.password(), certificate),
            List.of(READER, SEES_NO_EVENTS, READS_NO_EVENTS, SEES_NO_LETTERS, NOBODY));
    for (String user : List.of(READER, SEES_NO_EVENTS, READS_NO_EVENTS, SEES_NO_LETTERS)) {
      // READ goes with DESCRIBE.
      broker.acl(user, ALLOW, TOPIC, PREFIXED, NAME + ".", READ);
    }
    broker.acl(SEES_NO_EVENTS, DENY, TOPIC, LITERAL, NAME + ".exchange", DESCRIBE);
    broker.acl(READS_NO_EVENTS, DENY, TOPIC, LITERAL, NAME + ".exchange", READ);
    broker.acl(SEES_NO_LETTERS, DENY, TOPIC, LITERAL, NAME + ".deadletter", DESCRIBE);
    https = "https://localhost:" + Ports.free();
    WorkerSettings settings =
        stack
            .workerSettings()
            .withExactlyOnce(true)
            .with("listeners", https)
            .with("listeners.https.ssl.keystore.type", "PKCS12")
            .with("listeners.https.ssl.keystore.location", keys.pkcs12().toString())
            .with("listeners.https.ssl.keystore.password", keys.password())
            .with("listeners.https.ssl.key.password", keys.password());
    worker =
        WorkerProcess.start(
            settings, broker.broker().bootstrapServers(), stack.work().resolve("secured-worker"));
    simulator = Simulator.builder().tenant(t -> t.subscribed(EXCHANGE)).start();
    simulator.tenant().history(EXCHANGE, Duration.ofDays(2), BLOBS, EVENTS);
    simulator
        .tenant()
        .blob(EXCHANGE)
        .createdAgo(Duration.ofHours(10))
        .body("[{\"Id\": \"sound\", \"Workload\": \"Exchange\"}, 17]")
        .add();
    Map<String, String> config = new SimulatedConnector(simulator, NAME).config(1);
    config.put("content.types", "Audit.Exchange");
    config.put("overlap", "PT1H");
    connector = ToolRun.file(folder, config);
    worker.rest().put(NAME, config);
    try (TopicReader reader =
        new TopicReader(
            broker.broker().bootstrapServers(), stack.decoder(), Isolation.READ_COMMITTED)) {
      reader.readAtLeast(BLOBS + 1, LIMIT, NAME + ".receipts");
      reader.readAtLeast(1, LIMIT, NAME + ".deadletter");
    }
  }

  @AfterAll
  static void endAll() {
    if (worker != null) {
      worker.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  /** The worker's properties file, but that it comes as a user by TLS. */
  private static Path properties(String user, Map<String, String> more) throws Exception {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(ToolRun.properties(worker))) {
      properties.load(in);
    }
    properties.putAll(broker.clientSettings(user));
    properties.putAll(more);
    Path file = Files.createTempFile(folder, user, ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private static ToolRun run(
      ConnectStack stack, String version, String user, String program, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--connect", https, "--name", NAME));
    all.addAll(List.of("--truststore", certificate.toString()));
    return ToolRun.of(
        ToolRun.classPath(stack.folders(), version),
        properties(user, Map.of()),
        folder,
        program,
        all.toArray(String[]::new));
  }

  private static ToolRun reconcile(ConnectStack stack, String version, String user)
      throws Exception {
    return run(
        stack,
        version,
        user,
        "Reconcile",
        "--connector",
        connector,
        "--live",
        "--patience",
        "PT1S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.7.2", "3.9.2", "4.3.1"})
  void bothRunOverTlsWithTheJarsOf(String version, ConnectStack stack) throws Exception {
    ToolRun reconciled = reconcile(stack, version, READER);
    ToolRun replayed = run(stack, version, READER, "Replay");

    assertThat(reconciled.status()).as("%s", reconciled).isZero();
    assertThat(reconciled.out())
        .contains(
            "Everything adds up: 7 blobs, 26 events found = 25 in their topics + 1 in the dead");
    assertThat(replayed.status()).as("%s", replayed).isZero();
    assertThat(replayed.out()).contains("elements 1, expires", "Done. Each replay has a receipt");
    assertThat(worker.rest().awaitRunning(NAME, 1, LIMIT).state()).isEqualTo("RUNNING");
    try (TopicReader reader =
        new TopicReader(
            broker.broker().bootstrapServers(), stack.decoder(), Isolation.READ_COMMITTED)) {
      // The next one begins once this replay has come to its end.
      String requested = replayed.out().replaceAll("(?s).*with Replay (\\S+),.*", "$1");
      reader.readUntil(
          List.of(NAME + ".receipts"),
          "the replay's receipt",
          LIMIT,
          receipts ->
              receipts.stream()
                  .anyMatch(one -> requested.equals(one.struct().getString("Replay"))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.7.2", "4.3.1"})
  void anUnreadableTopicDoesNotCountAsMissingEvents(String version, ConnectStack stack)
      throws Exception {
    assertRefused(reconcile(stack, version, SEES_NO_EVENTS), "DESCRIBE secured.exchange:");
    assertRefused(reconcile(stack, version, READS_NO_EVENTS), "READ secured.exchange:");
    assertRefused(reconcile(stack, version, NOBODY), "secured.receipts");
    assertRefused(run(stack, version, SEES_NO_LETTERS, "Replay"), "DESCRIBE secured.deadletter:");
  }

  @Test
  void aRefusedLoginAndARefusedCertificateAreDistinguished(ConnectStack stack) throws Exception {
    Path wrongPassword =
        properties(
            READER,
            Map.of(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " username=\"reader\" password=\"wrong\";"));
    Path noTrust = properties(READER, Map.of("ssl.truststore.location", stranger().toString()));
    Path plain = properties(READER, Map.of("security.protocol", "PLAINTEXT"));
    String classPath = ToolRun.classPath(stack.folders());

    ToolRun login = ToolRun.of(classPath, wrongPassword, folder, "Reconcile", "--prefix", NAME);
    ToolRun trust = ToolRun.of(classPath, noTrust, folder, "Reconcile", "--prefix", NAME);
    ToolRun protocol = ToolRun.of(classPath, plain, folder, "Reconcile", "--prefix", NAME);
    ToolRun connect =
        ToolRun.of(
            classPath,
            properties(READER, Map.of()),
            folder,
            "Replay",
            "--connect",
            https,
            "--name",
            NAME);

    assertUntold(login, "refuses the login");
    assertUntold(trust, "certificate");
    assertUntold(protocol, "security.protocol");
    assertUntold(connect, "does --truststore hold its authority?");
  }

  private static Path stranger() throws Exception {
    SelfSignedCertificate stranger = SelfSignedCertificate.forApplication(folder, "a-stranger");
    return Files.writeString(folder.resolve("stranger.pem"), stranger.certificatePem());
  }

  private static void assertRefused(ToolRun run, String words) {
    assertUntold(run, words);
    assertThat(run.messages()).contains("No permission to ");
  }

  private static void assertUntold(ToolRun run, String words) {
    assertThat(run.status()).as("%s", run).isEqualTo(2);
    assertThat(run.messages()).contains(words).doesNotContain("\tat ");
  }
}
