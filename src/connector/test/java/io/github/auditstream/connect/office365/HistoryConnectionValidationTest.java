package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.Office365AuditHistoryConfig;
import io.github.auditstream.connect.office365.fixtures.LeakedThreads;
import io.github.auditstream.connect.office365.preflight.Answered;
import io.github.auditstream.connect.office365.preflight.TenantHistoryReport;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.GraphFault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.SelfSignedCertificate;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.wiring.PreflightRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code validate.connection=true} finds out of a history, and on which key it says so. */
class HistoryConnectionValidationTest {
  private static final String SECRET = "marker-secret~of+the&tests";
  private static final String TENANT = "tenants.t0.tenant.id";
  private static final String CLIENT = "tenants.t0.client.id";
  private static final String CLIENT_SECRET = "tenants.t0.client.secret";
  private static final String ITSELF = "validate.connection";

  @TempDir private Path folder;
  private Simulator simulator;
  private Map<String, String> config;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().tenant(setup -> setup.clientSecret(SECRET)).start();
    config = wanted(simulator);
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private static Map<String, String> wanted(Simulator simulator) {
    Map<String, String> config = SimulatedConnectorConfig.of(simulator, "validated", 1);
    config.put("connector.class", Office365AuditHistoryConnector.class.getName());
    config.put("history.from", "2026-06-01");
    config.put("deduplicate", "none");
    config.put(ITSELF, "true");
    return config;
  }

  /** The errors by key. None holds a secret, each begins with its key. */
  private Map<String, List<String>> errors() {
    Map<String, List<String>> errors = new TreeMap<>();
    for (ConfigValue value : new Office365AuditHistoryConnector().validate(config).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
        assertThat(value.errorMessages())
            .allMatch(message -> message.startsWith(value.name()))
            .noneMatch(message -> message.contains("marker"));
      }
    }
    return errors;
  }

  private String onlyErrorOn(String key) {
    Map<String, List<String>> errors = errors();
    assertThat(errors).containsOnlyKeys(key);
    assertThat(errors.get(key)).hasSize(1);
    return errors.get(key).get(0);
  }

  private TenantHistoryReport report() throws InterruptedException {
    List<TenantHistoryReport> reports =
        PreflightRun.ofHistory(
            Office365AuditHistoryConfig.parse(config), Duration.ofSeconds(25), Clock.systemUTC());
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  @Test
  void aReadableTenantIsAcceptedWithOneTokenAndOneList() {
    assertThat(errors()).isEmpty();

    assertThat(simulator.requests().count(Operation.TOKEN)).isOne();
    assertThat(simulator.requests().count(Operation.LIST_QUERIES)).isOne();
    assertThat(simulator.requests().total()).isEqualTo(2);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void noRequestIsMadeUnlessItIsConfigured() {
    config.remove(ITSELF);
    config.put(CLIENT_SECRET, "marker-wrong");

    assertThat(errors()).isEmpty();
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void noRequestIsMadeWhileTheConfigurationHasErrors() {
    config.put("history.page.size", "0");

    assertThat(errors()).containsOnlyKeys("history.page.size");
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void noRequestIsMadeForFiles() {
    config.remove("history.from");
    config.put("import.folder", folder.toString());

    assertThat(errors()).isEmpty();
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void aWrongSecretIsAnErrorOnTheSecret() {
    config.put(CLIENT_SECRET, "marker-wrong");

    assertThat(onlyErrorOn(CLIENT_SECRET)).contains("the client secret is wrong", "7000215");
  }

  @Test
  void anUnknownTenantIsAnErrorOnItsId() {
    config.put(TENANT, UUID.randomUUID().toString());

    assertThat(onlyErrorOn(TENANT)).contains("no such tenant in this cloud", "AADSTS90002");
  }

  @Test
  void aMissingConsentSaysWhichPermissionForWhomAndWhereToGrantIt() {
    simulator.tenant().consentTo();

    assertThat(onlyErrorOn(CLIENT))
        .contains(
            "consent for AuditLogsQuery.Read.All is missing for tenant t0 ("
                + simulator.tenant().id()
                + "): grant it in the Entra admin center",
            "'Microsoft Graph'",
            "no application permission at all");
    assertThat(simulator.requests().count(Operation.TOKEN)).isOne();
  }

  @Test
  void thePermissionForOtherLogsIsDistinguished() {
    simulator.tenant().consentTo(Permission.AUDIT_LOG);

    assertThat(onlyErrorOn(CLIENT))
        .contains(
            "consent for AuditLogsQuery.Read.All is missing",
            "The token has AuditLog.Read.All only.",
            "AuditLog.Read.All is for Entra ID's own logs.");
  }

  @Test
  void aConsentThatIsStillSpreadingIsDistinguishedFromAMissingOne() {
    simulator
        .on(Operation.LIST_QUERIES)
        .always()
        .meets(GraphFault.error(403, "UnknownError", "App:x dont have any permissions"));

    assertThat(onlyErrorOn(CLIENT))
        .contains("is in the token", "consent can take an hour to spread");
  }

  @Test
  void permissionsForSingleServicesAreNotedUnlessRecordTypesAreNamed() throws Exception {
    simulator.tenant().consentTo(Permission.QUERY_EXCHANGE, Permission.QUERY_ENTRA);

    assertThat(errors()).isEmpty();
    assertThat(report().permission()).isEqualTo(Answered.YES);
    assertThat(report().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.key()).isEqualTo("history.record.types");
              assertThat(finding.description())
                  .contains(
                      "AuditLogsQuery-Entra.Read.All, AuditLogsQuery-Exchange.Read.All alone",
                      "only events of these services",
                      "name the record types");
            });

    config.put("history.record.types", "exchangeAdmin");
    assertThat(report().findings()).isEmpty();
  }

  @Test
  void auditingThatIsOffIsAnErrorOnTheTenant() throws Exception {
    simulator.tenant().switchAuditingOff();

    assertThat(onlyErrorOn(TENANT))
        .contains("unified auditing is off for tenant t0", "Microsoft Purview", "up to an hour");
    assertThat(report().auditing()).isEqualTo(Answered.NO);
  }

  @Test
  void theVersionThatIsServedIsFound() throws Exception {
    assertThat(report().version()).contains("v1.0");

    simulator
        .when(
            "v1.0",
            call -> call.operation() == Operation.LIST_QUERIES && call.path().startsWith("/v1.0"))
        .always()
        .meets(GraphFault.unknownError(404));
    assertThat(errors()).isEmpty();
    assertThat(report().version()).contains("beta");
    assertThat(report().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.description()).contains("in beta only"));

    config.put("history.api.version", "v1.0");
    assertThat(onlyErrorOn("history.api.version")).contains("does not serve audit log queries");
  }

  @ParameterizedTest
  @CsvSource({
    "404, UnknownError, graph.endpoint",
    "401, InvalidAuthenticationToken, graph.endpoint",
    "403, Authorization_RequestDenied, tenants.t0.client.id",
    "403, insufficient_claims, tenants.t0.client.id",
    "500, UnknownError, validate.connection",
    "503, ServiceUnavailable, validate.connection",
    "418, Teapot, graph.endpoint"
  })
  void aRefusalOfGraphIsAnErrorOnTheKeyToFix(int status, String code, String key) {
    simulator.on(Operation.LIST_QUERIES).always().meets(GraphFault.error(status, code, "marker"));

    assertThat(onlyErrorOn(key)).contains("tenant t0");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 65001, tenants.t0.client.id",
    "400, 500011, graph.endpoint",
    "400, 90038, authority.endpoint",
    "503, 90033, validate.connection"
  })
  void aRefusalOfEntraIdIsAnErrorOnTheKeyToFix(int status, int code, String key) {
    simulator
        .on(Operation.TOKEN)
        .always()
        .meets(Fault.tokenError(status, "invalid_request", code, "marker."));

    assertThat(onlyErrorOn(key)).contains("AADSTS" + code);
  }

  @Test
  void throttlingIsNotAConfigurationError() {
    simulator
        .on(Operation.LIST_QUERIES)
        .always()
        .meets(GraphFault.error(429, "TooManyRequests", ""));

    assertThat(errors()).isEmpty();
  }

  @Test
  void aHostThatIsNotReachedIsAnErrorOnItsEndpoint() throws Exception {
    config.put("graph.endpoint", "https://localhost:" + closedPort());

    // Its own name is the audience of the token, which the simulator refuses for another.
    simulator
        .on(Operation.TOKEN)
        .always()
        .meets(
            Fault.answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"of-no-use\"}"));
    assertThat(onlyErrorOn("graph.endpoint")).contains("connection was refused");
  }

  @Test
  void aPageOfAProxyInPlaceOfGraphIsAnErrorOnTheEndpoint() {
    simulator
        .on(Operation.LIST_QUERIES)
        .always()
        .meets(
            Fault.answer(
                403, Map.of("Content-Type", "text/html"), "<html><body>marker</body></html>"));

    assertThat(onlyErrorOn("graph.endpoint")).contains("HTML");
  }

  @Test
  void anUntrustedCertificateIsAnErrorOnTheTrustStore() {
    config.keySet().removeIf(key -> key.startsWith("ssl."));

    assertThat(onlyErrorOn("ssl.truststore.location")).contains("TLS failed");
  }

  @Test
  void aClockThatIsFarOffIsReported() {
    simulator.clockSkew(Duration.ofMinutes(20));

    assertThat(onlyErrorOn(ITSELF)).contains("the worker's clock is", "behind", "NTP");
  }

  @Test
  void aCertificateIsTakenOnceItIsRegistered() throws Exception {
    SelfSignedCertificate certificate =
        SelfSignedCertificate.forApplication(Files.createDirectories(folder.resolve("app")), "app");
    simulator.tenant().registerCertificate(certificate.certificate());
    config.remove(CLIENT_SECRET);
    config.put("tenants.t0.client.certificate.location", certificate.pkcs12().toString());
    config.put("tenants.t0.client.certificate.password", certificate.password());

    assertThat(errors()).isEmpty();
    assertThat(report().findings()).isEmpty();
  }

  @Test
  void aKafkaThatIsNotReachedIsAnErrorOnItsServers() throws Exception {
    config.put("deduplicate", "topics");
    config.put("kafka.bootstrap.servers", "localhost:" + closedPort());
    LeakedThreads left = new LeakedThreads();

    assertThat(onlyErrorOn("kafka.bootstrap.servers"))
        .contains("does not answer", "kafka.security.protocol");
    assertThat(simulator.breaches()).isEmpty();
    left.awaitNone();
  }

  @Test
  void eachTenantHasErrorsOnItsOwnKeysOnly() throws Exception {
    UUID unconsented = UUID.randomUUID();
    UUID unaudited = UUID.randomUUID();
    try (Simulator several =
        Simulator.builder()
            .tenant(setup -> {})
            .tenant(setup -> setup.id(unconsented).consent(Permission.READ))
            .tenant(setup -> setup.id(unaudited).auditingOff())
            .start()) {
      config = wanted(several);

      assertThat(errors())
          .containsOnlyKeys(keyOf(unconsented, "client.id"), keyOf(unaudited, "tenant.id"));
      assertThat(several.breaches()).isEmpty();
    }
  }

  private String keyOf(UUID tenant, String key) {
    return config.entrySet().stream()
        .filter(entry -> entry.getValue().equals(tenant.toString()))
        .map(entry -> entry.getKey().replace("tenant.id", key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void requestsWithoutAnswerByTheDeadlineAreCancelledAndReported() throws Exception {
    LeakedThreads left = new LeakedThreads();
    simulator.on(Operation.LIST_QUERIES).always().meets(Fault.delayed(Duration.ofMinutes(5)));

    List<TenantHistoryReport> reports =
        PreflightRun.ofHistory(
            Office365AuditHistoryConfig.parse(config), Duration.ofMillis(500), Clock.systemUTC());

    assertThat(reports).singleElement().satisfies(report -> assertThat(report.isReady()).isFalse());
    assertThat(reports.get(0).findings().get(0).key()).isEqualTo(ITSELF);
    assertThat(reports.get(0).findings().get(0).description()).contains("were not there");
    left.awaitNone();
  }

  @Test
  void anInterruptEndsItAndIsHandedOn() {
    LeakedThreads left = new LeakedThreads();
    simulator.on(Operation.LIST_QUERIES).always().meets(Fault.delayed(Duration.ofMinutes(5)));
    Thread.currentThread().interrupt();

    String message = onlyErrorOn(ITSELF);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(message).contains("interrupted");
    left.awaitNone();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
