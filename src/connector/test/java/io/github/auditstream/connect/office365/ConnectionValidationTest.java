package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.fixtures.ConnectProxy;
import io.github.auditstream.connect.office365.fixtures.LeakedThreads;
import io.github.auditstream.connect.office365.fixtures.SettableClock;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.preflight.Depth;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.SelfSignedCertificate;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.simulator.Subscriptions;
import io.github.auditstream.connect.office365.wiring.ConnectionCheck;
import io.github.auditstream.connect.office365.wiring.PreflightRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code validate.connection=true} finds out, and on which key it says so. */
class ConnectionValidationTest {
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
    config.put(ITSELF, "true");
    return config;
  }

  /** The errors by key. None holds a secret, each begins with its key. */
  private Map<String, List<String>> errors() {
    Map<String, List<String>> errors = new TreeMap<>();
    for (ConfigValue value : new Office365AuditSourceConnector().validate(config).configValues()) {
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

  @Test
  void aReadableTenantIsAcceptedWithoutStartingOrReadingAnything() {
    simulator.tenant().subscriptions().enable(ContentType.EXCHANGE);
    simulator.tenant().subscriptions().disable(ContentType.SHAREPOINT);
    simulator.tenant().blob(ContentType.EXCHANGE).createdAgo(Duration.ofMinutes(2)).events(1).add();

    assertThat(errors()).isEmpty();

    assertThat(simulator.requests().count(Operation.TOKEN)).isOne();
    assertThat(simulator.requests().count(Operation.LIST_SUBSCRIPTIONS)).isOne();
    assertThat(simulator.requests().count(Operation.LIST_CONTENT)).isEqualTo(5);
    assertThat(simulator.requests().total()).isEqualTo(7);
    assertThat(simulator.tenant().subscriptions().state(ContentType.SHAREPOINT))
        .isEqualTo(Subscriptions.State.DISABLED);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aCheckThatBreaksDownIsAnErrorOnTheCheck() {
    Clock broken =
        new SettableClock(Instant.EPOCH) {
          @Override
          public Instant instant() {
            throw new IllegalStateException("marker");
          }
        };

    Config validated =
        Office365AuditSourceConfig.validate(config, List.of(new ConnectionCheck(broken)));

    assertThat(validated.configValues())
        .filteredOn(value -> !value.errorMessages().isEmpty())
        .singleElement()
        .satisfies(
            value -> {
              assertThat(value.name()).isEqualTo(ITSELF);
              assertThat(value.errorMessages())
                  .singleElement(STRING)
                  .contains("IllegalStateException")
                  .doesNotContain("marker");
            });
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
    config.put("initial.lookback", "P8D");

    assertThat(errors()).containsOnlyKeys("initial.lookback");
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void aWrongSecretIsAnErrorOnTheSecret() {
    config.put(CLIENT_SECRET, "marker-wrong");

    assertThat(onlyErrorOn(CLIENT_SECRET))
        .contains("the client secret is wrong", "its value, not its id", "tenant t0 (", "7000215");
  }

  @Test
  void anExpiredSecretIsAnErrorOnTheSecret() {
    simulator.tenant().expireSecret();

    assertThat(onlyErrorOn(CLIENT_SECRET)).contains("has expired", "make a new secret");
  }

  @Test
  void aSharedSecretIsAnErrorOnTheSharedKey() {
    config.remove(CLIENT_SECRET);
    config.put("client.secret", "marker-wrong");

    assertThat(onlyErrorOn("client.secret")).contains("the client secret is wrong");
  }

  @Test
  void anUnknownTenantIsAnErrorOnItsId() {
    config.put(TENANT, UUID.randomUUID().toString());

    assertThat(onlyErrorOn(TENANT)).contains("no such tenant in this cloud", "AADSTS90002");
  }

  @Test
  void anUnknownApplicationIsAnErrorOnItsId() {
    config.put(CLIENT, UUID.randomUUID().toString());

    assertThat(onlyErrorOn(CLIENT)).contains("does not know the application", "AADSTS700016");
  }

  @Test
  void aCertificateIsAnErrorUntilItIsRegistered() throws Exception {
    SelfSignedCertificate certificate =
        SelfSignedCertificate.forApplication(Files.createDirectories(folder.resolve("app")), "app");
    config.remove(CLIENT_SECRET);
    config.put("tenants.t0.client.certificate.location", certificate.pkcs12().toString());
    config.put("tenants.t0.client.certificate.password", certificate.password());

    assertThat(onlyErrorOn("tenants.t0.client.certificate.location"))
        .contains("upload the certificate");

    simulator.tenant().registerCertificate(certificate.certificate());
    assertThat(errors()).isEmpty();
  }

  @Test
  void aMissingConsentSaysWhichPermissionForWhomAndWhereToGrantIt() {
    simulator.tenant().consentTo();

    assertThat(onlyErrorOn(CLIENT))
        .contains(
            "consent for ActivityFeed.Read is missing for tenant t0 ("
                + simulator.tenant().id()
                + "): grant it in the Entra admin center",
            "'Office 365 Management APIs'",
            "no application permission at all");
    assertThat(simulator.requests().count(Operation.TOKEN)).isOne();
  }

  @Test
  void thePermissionForDlpIsAskedForOnContentTypes() {
    simulator.tenant().consentTo(Permission.READ);

    assertThat(onlyErrorOn("content.types"))
        .contains(
            "consent for ActivityFeed.ReadDlp is missing for tenant t0",
            "The token has ActivityFeed.Read only.",
            "take DLP.All out of content.types");
    assertThat(simulator.requests().count(Operation.TOKEN)).isOne();

    config.put("content.types", "Audit.Exchange,Audit.General");
    assertThat(errors()).isEmpty();
  }

  @Test
  void aMissingDlpPermissionIsSeenInTheTokenWhereTheApiSpeaksOfTheSubscriptionFirst() {
    simulator.tenant().consentTo(Permission.READ);
    simulator
        .on(Operation.LIST_CONTENT)
        .of(ContentType.DLP)
        .always()
        .meets(Fault.afError(400, "AF20022"));

    assertThat(onlyErrorOn("content.types")).contains("consent for ActivityFeed.ReadDlp");
  }

  @Test
  void aConsentThatIsStillSpreadingIsDistinguishedFromAMissingOne() {
    simulator.on(Operation.LIST_SUBSCRIPTIONS).always().meets(Fault.afError(401, "AF10001"));

    assertThat(onlyErrorOn(CLIENT))
        .contains("ActivityFeed.Read is in the token", "consent can take an hour to spread");
  }

  @Test
  void auditingThatIsOffIsAnErrorOnTheTenant() {
    simulator.tenant().switchAuditingOff();

    assertThat(onlyErrorOn(TENANT))
        .contains("unified auditing is off for tenant t0", "Microsoft Purview", "up to an hour");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 650052, tenants.t0.tenant.id",
    "400, 500014, tenants.t0.tenant.id",
    "400, 65001, tenants.t0.client.id",
    "400, 53003, tenants.t0.client.id",
    "400, 7000112, tenants.t0.client.id",
    "401, 700024, tenants.t0.client.secret",
    "400, 123456, tenants.t0.client.id",
    "400, 500011, management.endpoint",
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

  @ParameterizedTest
  @CsvSource({
    "LIST_SUBSCRIPTIONS, 403, AF20010, tenants.t0.tenant.id",
    "LIST_SUBSCRIPTIONS, 400, AF20011, tenants.t0.tenant.id",
    "LIST_SUBSCRIPTIONS, 500, AF50000, validate.connection",
    "LIST_CONTENT, 400, AF20020, content.types",
    "LIST_CONTENT, 503, AF50000, validate.connection"
  })
  void aRefusalOfTheApiIsAnErrorOnTheKeyToFix(
      Operation operation, int status, String code, String key) {
    simulator.on(operation).call(1).meets(Fault.afError(status, code));

    assertThat(onlyErrorOn(key)).contains(code);
  }

  @Test
  void throttlingIsNotAConfigurationError() {
    simulator.on(Operation.LIST_SUBSCRIPTIONS).always().meets(Fault.afError(403, "AF429"));

    assertThat(errors()).isEmpty();
  }

  @Test
  void aNameThatCannotBeResolvedIsAnErrorOnItsEndpoint() {
    config.put("authority.endpoint", "https://login.office365.invalid");

    assertThat(onlyErrorOn("authority.endpoint")).contains("cannot be resolved");

    config.put("authority.endpoint", simulator.baseUri().toString());
    config.put("management.endpoint", "https://manage.office365.invalid");
    simulator
        .on(Operation.TOKEN)
        .always()
        .meets(
            Fault.answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"of-no-use\"}"));
    assertThat(onlyErrorOn("management.endpoint")).contains("cannot be resolved");
  }

  @Test
  void anUnacceptedConnectionIsAnErrorOnTheEndpointOrOnTheProxy() throws Exception {
    int closed = closedPort();
    config.put("authority.endpoint", "https://localhost:" + closed);

    assertThat(onlyErrorOn("authority.endpoint")).contains("connection was refused");

    config.put("authority.endpoint", "https://login.example.com");
    config.put("proxy.host", "127.0.0.1");
    config.put("proxy.port", Integer.toString(closed));
    assertThat(onlyErrorOn("proxy.host")).contains("connection was refused", "proxy.host");
  }

  @Test
  void aProxyThatAsksForAPasswordIsAnErrorOnItsUser() throws Exception {
    try (ConnectProxy proxy =
        new ConnectProxy(simulator.baseUri().getPort(), Optional.of("Basic bWFya2Vy"))) {
      config.put("authority.endpoint", "https://login.example.com");
      config.put("proxy.host", "127.0.0.1");
      config.put("proxy.port", Integer.toString(proxy.port()));

      assertThat(onlyErrorOn("proxy.user")).contains("the proxy refuses the tunnel");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 502, 503, 504})
  void aProxyThatRefusesTheTunnelOtherwiseIsNamedWithItsStatus(int status) throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(simulator.baseUri().getPort(), Optional.empty())) {
      proxy.refuseAll(status);
      config.put("authority.endpoint", "https://login.example.com");
      config.put("proxy.host", "127.0.0.1");
      config.put("proxy.port", Integer.toString(proxy.port()));

      assertThat(onlyErrorOn("proxy.host"))
          .contains("the proxy refuses the tunnel", "HTTP " + status, "login.example.com")
          .doesNotContain("proxy.user", "password", "disabledSchemes");
    }
  }

  @Test
  void anUntrustedCertificateIsAnErrorOnTheTrustStore() {
    config.keySet().removeIf(key -> key.startsWith("ssl."));

    assertThat(onlyErrorOn("ssl.truststore.location")).contains("TLS failed");
  }

  @Test
  void aPageOfAProxyInPlaceOfTheApiIsAnErrorOnTheEndpoint() {
    simulator
        .on(Operation.LIST_SUBSCRIPTIONS)
        .always()
        .meets(
            Fault.answer(
                403, Map.of("Content-Type", "text/html"), "<html><body>marker</body></html>"));

    assertThat(onlyErrorOn("management.endpoint")).contains("HTML");
  }

  @Test
  void aClockThatIsFarOffIsReported() {
    simulator.clockSkew(Duration.ofMinutes(20));

    assertThat(onlyErrorOn(ITSELF)).contains("the worker's clock is", "behind", "NTP");

    simulator.clockSkew(Duration.ofMinutes(2));
    assertThat(errors()).isEmpty();
  }

  @Test
  void eachTenantHasErrorsOnItsOwnKeysOnly() throws Exception {
    UUID secretless = UUID.randomUUID();
    UUID unconsented = UUID.randomUUID();
    UUID unaudited = UUID.randomUUID();
    try (Simulator several =
        Simulator.builder()
            .tenant(setup -> setup.subscribedToAll())
            .tenant(setup -> setup.id(secretless))
            .tenant(setup -> setup.id(unconsented).consent(Permission.READ_DLP))
            .tenant(setup -> setup.id(unaudited).auditingOff())
            .start()) {
      config = wanted(several);
      config.put(keyOf(secretless, "client.secret"), "marker-wrong");

      assertThat(errors())
          .containsOnlyKeys(
              keyOf(secretless, "client.secret"),
              keyOf(unconsented, "client.id"),
              keyOf(unaudited, "tenant.id"));
      assertThat(several.requests().count(Operation.TOKEN)).isEqualTo(4);
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
  void moreTenantsThanAreAskedAtOnceAreAllAsked() throws Exception {
    Simulator.Builder builder = Simulator.builder();
    for (int i = 0; i < 40; i++) {
      builder.tenant(setup -> setup.subscribedToAll());
    }
    try (Simulator many = builder.start()) {
      config = wanted(many);

      assertThat(errors()).isEmpty();
      assertThat(many.requests().count(Operation.TOKEN)).isEqualTo(40);
    }
  }

  @Test
  void requestsWithoutAnswerByTheDeadlineAreCancelledAndReported() throws Exception {
    LeakedThreads left = new LeakedThreads();
    simulator.on(Operation.TOKEN).always().meets(Fault.delayed(Duration.ofMinutes(5)));

    List<TenantReport> reports =
        PreflightRun.run(
            Office365AuditSourceConfig.parse(config),
            Depth.SHORT,
            Duration.ofMillis(200),
            Clock.systemUTC());

    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).isReady()).isFalse();
    assertThat(reports.get(0).findings().get(0).key()).isEqualTo(ITSELF);
    assertThat(reports.get(0).findings().get(0).description())
        .contains("tenant t0", "were not there");
    left.awaitNone();
  }

  @Test
  void anInterruptEndsItAndIsHandedOn() {
    LeakedThreads left = new LeakedThreads();
    simulator.on(Operation.TOKEN).always().meets(Fault.delayed(Duration.ofMinutes(5)));
    Thread.currentThread().interrupt();

    String message = onlyErrorOn(ITSELF);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(message).contains("interrupted");
    left.awaitNone();
  }

  @Test
  void noThreadIsLeftBehind() {
    LeakedThreads left = new LeakedThreads();

    assertThat(errors()).isEmpty();

    left.awaitNone();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
