package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's tables, words and exit statuses. */
class PreflightTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SECRET = "marker-secret";

  private final CapturedProgram captured = new CapturedProgram();

  @TempDir private Path folder;
  private Simulator simulator;
  private Map<String, String> config;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.builder()
            .tenant(setup -> setup.clientSecret(SECRET).subscribed(ContentType.EXCHANGE))
            .start();
    config = SimulatedConnectorConfig.of(simulator, "preflight", 1);
  }

  @AfterEach
  void close() {
    simulator.close();
    assertThat(captured.out() + captured.messages()).doesNotContain("marker");
  }

  private int run(String... options) throws IOException {
    Path file = folder.resolve("connector.json");
    Files.writeString(file, MAPPER.writeValueAsString(config));
    String[] args = new String[options.length + 1];
    args[0] = file.toString();
    System.arraycopy(options, 0, args, 1, options.length);
    captured.forget();
    return captured.run(Preflight::new, args);
  }

  /** The cells of a content type's row, without the tenant's. */
  private List<String> row(String contentType) {
    return captured
        .out()
        .lines()
        .map(line -> List.of(line.split(" *\\| ", -1)))
        .filter(cells -> cells.size() == 8 && cells.get(2).equals(contentType))
        .map(cells -> cells.subList(3, 8))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTenantThatCanBeReadIsATableAndTheStatusZero() throws Exception {
    PublishedBlob older =
        simulator
            .tenant()
            .blob(ContentType.EXCHANGE)
            .createdAgo(Duration.ofHours(9))
            .events(1)
            .add();

    assertThat(run()).isZero();
    assertThat(row("Audit.Exchange"))
        .containsExactly("ok", "ok", "enabled", "on", older.contentCreated().toString());
    assertThat(row("Audit.General")).containsExactly("ok", "ok", "none yet", "on", "?");
    assertThat(captured.out()).contains("Ready: 1 of 1 tenants can be read.");
    assertThat(captured.messages()).isEmpty();

    PublishedBlob newer =
        simulator
            .tenant()
            .blob(ContentType.EXCHANGE)
            .createdAgo(Duration.ofMinutes(3))
            .events(1)
            .add();
    assertThat(run()).isZero();
    assertThat(row("Audit.Exchange")).last().isEqualTo(newer.contentCreated().toString());
    assertThat(simulator.requests().count(Operation.START_SUBSCRIPTION)).isZero();
    assertThat(simulator.requests().count(Operation.RETRIEVE_BLOB)).isZero();
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void theNewestContentIsFoundBehindManyPages() throws Exception {
    simulator.pageSize(3);
    List<PublishedBlob> blobs =
        simulator.tenant().history(ContentType.EXCHANGE, Duration.ofMinutes(50), 40, 1);

    assertThat(run()).isZero();
    assertThat(row("Audit.Exchange"))
        .last()
        .isEqualTo(blobs.get(blobs.size() - 1).contentCreated().toString());
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aFailedListingIsNotReportedAsEmpty() throws Exception {
    simulator.tenant().subscriptions().enable(ContentType.AZURE_ACTIVE_DIRECTORY);
    simulator.tenant().subscriptions().enable(ContentType.SHAREPOINT);
    simulator
        .when(
            "listings of Exchange",
            call ->
                call.operation() == Operation.LIST_CONTENT
                    && call.contentType().equals(Optional.of("Audit.Exchange")))
        .always()
        .meets(Fault.status(503));

    assertThat(run()).isOne();
    assertThat(row("Audit.AzureActiveDirectory"))
        .containsExactly("ok", "ok", "enabled", "on", "none today");
    assertThat(row("Audit.Exchange")).containsExactly("ok", "ok", "enabled", "on", "?");
    assertThat(row("Audit.SharePoint")).containsExactly("ok", "ok", "enabled", "on", "?");
  }

  @Test
  void whatIsMissingIsNamedWithItsKeyAndTheStatusOne() throws Exception {
    simulator.tenant().consentTo(Permission.READ);
    simulator.tenant().subscriptions().disable(ContentType.SHAREPOINT);

    assertThat(run()).isOne();
    assertThat(row("DLP.All")).containsExactly("ok", "NO", "none yet", "on", "?");
    assertThat(row("Audit.SharePoint")).containsExactly("ok", "ok", "DISABLED", "on", "?");
    assertThat(captured.out())
        .contains(
            "\ncontent.types: consent for ActivityFeed.ReadDlp is missing for tenant t0 (",
            "\nNote, content.types: the subscription of Audit.SharePoint is disabled",
            "\nNOT ready: 0 of 1 tenants can be read.");
  }

  @Test
  void aRefusedTokenLeavesTheOtherFindingsUnknown() throws Exception {
    config.put("tenants.t0.client.secret", "marker-wrong");

    assertThat(run()).isOne();
    assertThat(row("Audit.Exchange")).containsExactly("NO", "?", "?", "?", "?");
    assertThat(captured.out()).contains("\ntenants.t0.client.secret: Entra ID (localhost) refuses");
  }

  @Test
  void auditingThatIsOffShowsInEachRow() throws Exception {
    simulator.tenant().switchAuditingOff();

    assertThat(run()).isOne();
    assertThat(row("Audit.Exchange")).containsExactly("ok", "?", "?", "OFF", "?");
  }

  @Test
  void placeholdersAreResolvedWithAndWithoutTheWorkersFile() throws Exception {
    Path secrets = folder.resolve("secrets.properties");
    Files.writeString(secrets, "secret=" + SECRET + "\n");
    config.put("tenants.t0.client.secret", "${file:" + secrets + ":secret}");

    assertThat(run()).isZero();

    Path worker = folder.resolve("worker.properties");
    Files.writeString(
        worker,
        """
        bootstrap.servers=localhost:9092
        config.providers=vault
        config.providers.vault.class=org.apache.kafka.common.config.provider.FileConfigProvider
        """);
    config.put("tenants.t0.client.secret", "${vault:" + secrets + ":secret}");
    assertThat(run("--worker", worker.toString())).isZero();
  }

  @Test
  void configurationErrorsAreListedWithoutAnyRequest() throws Exception {
    config.put("initial.lookback", "P8D");
    config.put("tenants.t0.tenant.id", "contoso.onmicrosoft.com");

    assertThat(run()).isOne();
    assertThat(captured.out())
        .contains("initial.lookback is out of range", "tenants.t0.tenant.id is not a GUID")
        .contains("The configuration has errors; Microsoft was not asked.");
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void otherProgramsGetJsonOrCsv() throws Exception {
    simulator.tenant().consentTo();

    assertThat(run("--format", "json")).isOne();
    JsonNode json = MAPPER.readTree(captured.out());
    assertThat(json.path("well").asBoolean(true)).isFalse();
    assertThat(json.at("/faults/0/key").asText()).isEqualTo("tenants.t0.client.id");
    assertThat(json.at("/tenants/0/token").asText()).isEqualTo("yes");
    assertThat(json.at("/tenants/0/contentTypes/1/consent").asText()).isEqualTo("no");

    assertThat(run("--format=csv")).isOne();
    assertThat(captured.out().lines()).hasSize(6).allMatch(line -> line.split(",", -1).length == 8);
    assertThat(captured.messages()).contains("tenants.t0.client.id: consent for ActivityFeed.Read");
  }

  @Test
  void aUsageErrorIsOneLineAndTheExitStatusTwo() {
    String absent = folder.resolve("absent.json").toString();
    List<List<String>> calls =
        List.of(
            List.of(),
            List.of(absent),
            List.of("--format", "table"),
            List.of("a.json", "b.json"),
            List.of(absent, "--timeout", "soon"),
            List.of(absent, "--timeout", "PT0S"),
            List.of(absent, "--format", "xml"),
            List.of(absent, "--worker", absent));
    for (List<String> call : calls) {
      captured.forget();
      assertThat(captured.run(Preflight::new, call.toArray(String[]::new)))
          .as("%s", call)
          .isEqualTo(2);
      assertThat(captured.messages().lines()).as("%s", call).hasSize(1);
    }
    assertThat(captured.run(Preflight::new, "--help")).isZero();
    assertThat(captured.out())
        .contains("Preflight", "FILE", "--timeout", "${env:...}", "Exit status:");
  }
}
