package io.github.auditstream.connect.office365.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class SimulatorMainTest {

  @Test
  void explainsItself() {
    StringWriter out = new StringWriter();

    int exit = SimulatorMain.commandLine().setOut(new PrintWriter(out)).execute("--help");

    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains(
            "--port",
            "--graph-port",
            "--history-connector",
            "--tenants",
            "--history",
            "NONE, FLAKY, THROTTLED")
        .contains("QUERY_EXCHANGE");
  }

  @Test
  void printsItsVersion() {
    StringWriter out = new StringWriter();

    SimulatorMain.commandLine().setOut(new PrintWriter(out)).execute("--version");

    assertThat(out.toString()).matches("office365-simulator \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }

  @ParameterizedTest
  @CsvSource({
    "--history=P181D, --history must be from PT0S to P180D",
    "--history=soon, Invalid value for option '--history'",
    "--tenants=0, --tenants must be at least 1",
    "--rate=-1, --rate must be 0 or more",
    "--client-id=x, --client-id and --client-secret need --tenant",
    "--content-types=Audit.Teams, is not one of",
    "--tenant=contoso, Invalid value for option '--tenant'",
    "--faults=some, Invalid value for option '--faults'"
  })
  void refusesAWrongOptionAndSaysWhy(String option, String message) {
    StringWriter err = new StringWriter();

    int exit = SimulatorMain.commandLine().setErr(new PrintWriter(err)).execute(option);

    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void saysThatAFileCannotBeRead(@TempDir Path folder) {
    StringWriter err = new StringWriter();

    int exit =
        SimulatorMain.commandLine()
            .setErr(new PrintWriter(err))
            .execute("--events", folder.resolve("missing.jsonl").toString());

    assertThat(exit).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(err.toString()).contains("missing.jsonl").doesNotContain("\tat ");
  }

  @Test
  void theSnippetPointsAConnectorAtOneTenant() throws Exception {
    UUID id = UUID.fromString("11111111-2222-3333-4444-555555555555");
    try (Simulator simulator =
        Simulator.builder().tenant(t -> t.id(id).clientId("app").clientSecret("s")).start()) {
      var config =
          TestClient.JSON
              .readTree(ConnectorSnippet.json(simulator, Duration.ofDays(7)))
              .path("config");

      assertThat(config.path("cloud").asText()).isEqualTo("custom");
      assertThat(config.path("management.endpoint").asText())
          .isEqualTo(config.path("authority.endpoint").asText())
          .isEqualTo(simulator.baseUri().toString());
      assertThat(config.path("graph.endpoint").asText()).isEqualTo(simulator.graphUri().toString());
      assertThat(config.path("ssl.truststore.location").asText())
          .isEqualTo(simulator.truststore().location().toString());
      assertThat(config.path("tenant.id").asText()).isEqualTo(id.toString());
      assertThat(config.path("client.secret").asText()).isEqualTo("s");
      assertThat(config.path("initial.lookback").asText()).isEqualTo("PT168H");
      assertThat(config.has("tenants")).isFalse();
    }
  }

  @Test
  void theSnippetOfHistoryPointsAtMicrosoftGraphAndKafka() throws Exception {
    Clock clock = Clock.fixed(Instant.parse("2026-11-30T20:15:30Z"), ZoneOffset.UTC);
    try (Simulator simulator =
        Simulator.builder().clock(clock).tenant(t -> t.clientSecret("s")).start()) {
      var config =
          TestClient.JSON
              .readTree(ConnectorSnippet.historyJson(simulator, "broker:9092"))
              .path("config");

      assertThat(config.path("connector.class").asText())
          .endsWith(".Office365AuditHistoryConnector");
      assertThat(config.path("cloud").asText()).isEqualTo("custom");
      assertThat(config.path("authority.endpoint").asText())
          .isEqualTo(simulator.baseUri().toString());
      assertThat(config.path("graph.endpoint").asText()).isEqualTo(simulator.graphUri().toString());
      assertThat(config.has("management.endpoint")).isFalse();
      assertThat(config.path("history.from").asText()).isEqualTo("2026-10-31T00:00:00Z");
      assertThat(config.path("kafka.bootstrap.servers").asText()).isEqualTo("broker:9092");
      assertThat(config.path("tenant.id").asText()).isEqualTo(simulator.tenant().id().toString());
      assertThat(config.path("client.secret").asText()).isEqualTo("s");
    }
  }

  @Test
  void theSnippetNamesSeveralTenantsByAlias() throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> {}).tenant(t -> {}).start()) {
      var config =
          TestClient.JSON.readTree(ConnectorSnippet.json(simulator, Duration.ZERO)).path("config");

      assertThat(config.path("tenants").asText()).isEqualTo("tenant1,tenant2");
      assertThat(config.path("tenants.tenant2.tenant.id").asText())
          .isEqualTo(simulator.tenants().get(1).id().toString());
    }
  }

  @ParameterizedTest
  @EnumSource(FaultProfile.class)
  void aProfileScriptsItsFaults(FaultProfile profile) throws Exception {
    try (Simulator simulator = Simulator.builder().start()) {
      profile.script(simulator, 1);

      assertThat(simulator.faultsNotMet().isEmpty()).isEqualTo(profile == FaultProfile.NONE);
    }
  }

  @Test
  void theSummaryHasTheFiguresOfTheRun() throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(TenantSetup::subscribedToAll).start()) {
      SimulatedTenant tenant = simulator.tenant();
      ContentType type = ContentType.EXCHANGE;
      PublishedBlob blob = tenant.blob(type).events(3).add();
      tenant.blob(type).events(3).add();
      TestClient client = TestClient.of(simulator).signedIn();
      client.retrieve(blob);
      assertThat(RunSummary.of(simulator)).contains("No documented rule was broken.");
      client.publisher("x").subscriptions();

      assertThat(RunSummary.of(simulator))
          .contains(
              "Published 2 blobs with 6 events; retrieved 1 blob with 3 events.",
              "Audit.Exchange: 1 of 2 blobs, 3 of 6 events",
              "Answered 3 requests.",
              "TOKEN: 1 x 200",
              "1 time a documented rule was broken.",
              "PUBLISHER_NOT_A_GUID",
              "Note: RETRIEVE_BLOB without Accept-Encoding: gzip");
    }
  }
}
