package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program with a configuration of the history. */
class HistoryPreflightTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SECRET = "marker-secret";

  private final CapturedProgram captured = new CapturedProgram();

  @TempDir private Path folder;
  private Simulator simulator;
  private Map<String, String> config;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().tenant(setup -> setup.clientSecret(SECRET)).start();
    config = SimulatedConnectorConfig.of(simulator, "preflight", 1);
    config.put(
        "connector.class",
        "io.github.auditstream.connect.office365.Office365AuditHistoryConnector");
    config.put("history.from", "2026-06-01");
    config.put("deduplicate", "none");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.github.auditstream.connect.office365.Office365AuditHistoryConnector",
        "Office365AuditHistoryConnector",
        "Office365AuditHistory"
      })
  void aReadableTenantIsATableAndTheStatusZero(String name) throws Exception {
    config.put("connector.class", name);

    assertThat(run()).isZero();

    assertThat(captured.out())
        .containsPattern(
            "tenant +\\| tenant id +\\| token +\\| permission +\\| auditing +\\| version")
        .containsPattern(
            "t0 +\\| " + simulator.tenant().id() + " +\\| ok +\\| ok +\\| \\? +\\| v1.0")
        .contains("Ready: the history of 1 of 1 tenants can be read.");
    assertThat(simulator.requests().count(Operation.CREATE_QUERY)).isZero();
    assertThat(simulator.requests().total()).isEqualTo(2);
  }

  @Test
  void whatIsMissingIsNamedWithItsKeyAndTheStatusOne() throws Exception {
    simulator.tenant().consentTo(Permission.READ);

    assertThat(run()).isOne();
    assertThat(captured.out())
        .contains(
            "\ntenants.t0.client.id: consent for AuditLogsQuery.Read.All is missing",
            "\nNOT ready: the history of 0 of 1 tenants can be read.");
  }

  @Test
  void aKafkaThatIsNotReachedIsNamed() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    config.remove("deduplicate");
    config.put("kafka.bootstrap.servers", "localhost:" + closed);

    assertThat(run()).isOne();
    assertThat(captured.out())
        .contains(
            "kafka.bootstrap.servers: Kafka at localhost:" + closed + " does not answer",
            "NOT ready: the history of 1 of 1 tenants can be read, but not what is in the topics.");
  }

  @Test
  void configurationErrorsAreListedWithoutAnyRequest() throws Exception {
    config.put("cloud", "dod");
    config.put("history.from", "2999-01-01");

    assertThat(run()).isOne();
    assertThat(captured.out())
        .contains("does not offer audit log queries", "lies in the future", "nobody was asked");
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void otherProgramsGetJson() throws Exception {
    simulator.tenant().switchAuditingOff();

    assertThat(run("--format", "json")).isOne();
    JsonNode json = MAPPER.readTree(captured.out());
    assertThat(json.path("well").asBoolean(true)).isFalse();
    assertThat(json.at("/faults/0/key").asText()).isEqualTo("tenants.t0.tenant.id");
    assertThat(json.at("/tenants/0/token").asText()).isEqualTo("yes");
    assertThat(json.at("/tenants/0/auditing").asText()).isEqualTo("no");
  }
}
