package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.DLP;
import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");
  private static final String BEARER_ASSERTION =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final AdjustableClock clock = AdjustableClock.standingAt(NOW);
  private Simulator simulator;
  private SimulatedTenant tenant;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().clock(clock).tenant(TenantSetup::subscribedToAll).start();
    tenant = simulator.tenant();
    client = TestClient.of(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void givesATokenForTheSecret() throws Exception {
    Reply reply = client.askForToken(Map.of());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(reply.json().path("expires_in").asInt()).isEqualTo(3_599);
    assertThat(reply.json().path("access_token").asText()).isNotEmpty();
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void givesATokenAtTheFormerEndpointForTheResource() throws Exception {
    Reply reply =
        client.post(
            "/" + tenant.id() + "/oauth2/token",
            Map.of(
                "grant_type", "client_credentials",
                "client_id", tenant.clientId(),
                "client_secret", tenant.clientSecret(),
                "resource", simulator.baseUri().toString()));

    assertThat(client.bearing(reply.json().path("access_token").asText()).subscriptions().status())
        .isEqualTo(200);
  }

  @Test
  void refusesRequestsWithTheErrorsOfEntraId() throws Exception {
    assertThat(refusal(Map.of("client_secret", "another"))).isEqualTo("401 invalid_client 7000215");
    assertThat(refusal(Map.of("client_secret", ""))).isEqualTo("401 invalid_client 7000218");
    assertThat(refusal(Map.of("client_id", "another"))).isEqualTo("400 unauthorized_client 700016");
    assertThat(refusal(Map.of("client_id", ""))).isEqualTo("400 invalid_request 900144");
    assertThat(refusal(Map.of("grant_type", "password")))
        .isEqualTo("400 unsupported_grant_type 70003");
    assertThat(refusal(Map.of("scope", ""))).isEqualTo("400 invalid_request 900144");
    assertThat(refusal(Map.of("scope", simulator.baseUri().toString())))
        .isEqualTo("400 invalid_scope 1002012");
    assertThat(refusal(Map.of("scope", "https://graph.microsoft.com/.default")))
        .isEqualTo("400 invalid_resource 500011");
    tenant.expireSecret();
    assertThat(refusal(Map.of())).isEqualTo("401 invalid_client 7000222");
    tenant.rotateSecret("fresh");
    assertThat(client.askForToken(Map.of()).status()).isEqualTo(200);
  }

  @Test
  void passesOverTheScopesThatMsalAdds() throws Exception {
    String wanted = simulator.baseUri() + "/.default";

    for (String scope :
        new String[] {"openid profile offline_access " + wanted, wanted + " openid", wanted}) {
      assertThat(client.askForToken(Map.of("scope", scope)).status()).as(scope).isEqualTo(200);
    }
    assertThat(refusal(Map.of("scope", "openid"))).isEqualTo("400 invalid_scope 1002012");
  }

  @Test
  void refusesATenantThatDoesNotExist() throws Exception {
    Reply reply = client.post("/" + UUID.randomUUID() + "/oauth2/v2.0/token", Map.of());

    assertThat(reply.json().path("error_codes").get(0).asInt()).isEqualTo(90002);
  }

  @Test
  void acceptsAssertionsThatARegisteredCertificateSigned(@TempDir Path folder) throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.forApplication(folder, "connector");
    tenant.registerCertificate(certificate.certificate());

    for (String algorithm : new String[] {"PS256", "RS256"}) {
      String assertion = assertionBy(certificate).algorithm(algorithm).sign();
      assertThat(withAssertion(assertion).status()).as(algorithm).isEqualTo(200);
    }
  }

  @Test
  void refusesInvalidAssertions(@TempDir Path folder) throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.forApplication(folder, "connector");
    SelfSignedCertificate stranger = SelfSignedCertificate.forApplication(folder, "stranger");
    tenant.registerCertificate(certificate.certificate());

    assertThat(aadsts(withAssertion(assertionBy(stranger).sign()))).isEqualTo(700027);
    assertThat(aadsts(withAssertion(assertionBy(certificate).about("another").sign())))
        .isEqualTo(700027);
    assertThat(aadsts(withAssertion(assertionBy(certificate).audience("https://login").sign())))
        .isEqualTo(700027);
    assertThat(aadsts(withAssertion(assertionBy(certificate).expires(NOW).sign())))
        .isEqualTo(700024);
    assertThat(aadsts(withAssertion("not a JWT"))).isEqualTo(700027);
    assertThat(aadsts(withAssertion("a.b.c"))).isEqualTo(700027);
  }

  @Test
  void trustsTheFederatedAssertionThatIsCurrent() throws Exception {
    tenant.trustFederatedAssertion("assertion of the cluster");
    assertThat(withAssertion("assertion of the cluster").status()).isEqualTo(200);

    tenant.trustFederatedAssertion("the next one");
    assertThat(aadsts(withAssertion("assertion of the cluster"))).isEqualTo(700027);
    assertThat(withAssertion("the next one").status()).isEqualTo(200);
  }

  @Test
  void aTokenEndsWithItsLife() throws Exception {
    tenant.issueTokensFor(Duration.ofSeconds(30));
    client.signedIn();
    assertThat(client.subscriptions().status()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(31));

    Reply refused = client.subscriptions();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().path("Message").asText()).contains("Authorization has been denied");
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aRevokedTokenIsRefusedAndANewOneIsNot() throws Exception {
    client.signedIn();
    tenant.revokeTokens();

    assertThat(client.subscriptions().status()).isEqualTo(401);
    assertThat(client.signedIn().subscriptions().status()).isEqualTo(200);
  }

  @Test
  void consentIsInTokensIssuedAfterIt() throws Exception {
    tenant.consentTo(Permission.READ);
    client.signedIn();

    assertThat(client.lastDay(EXCHANGE).status()).isEqualTo(200);
    Reply refused = client.lastDay(DLP);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("AF10001");
    tenant.consentTo(Permission.READ, Permission.READ_DLP);
    assertThat(client.lastDay(DLP).status()).isEqualTo(401);
    assertThat(client.signedIn().lastDay(DLP).status()).isEqualTo(200);
  }

  @Test
  void withoutAnyConsentTokensAreIssuedButGrantNothing() throws Exception {
    tenant.consentTo();
    client.signedIn();

    assertThat(client.bearer()).isNotEmpty();
    assertThat(client.subscriptions().code()).isEqualTo("AF10001");
  }

  private String refusal(Map<String, String> changes) throws IOException, InterruptedException {
    Reply reply = client.askForToken(changes);
    return reply.status() + " " + reply.json().path("error").asText() + " " + aadsts(reply);
  }

  private static int aadsts(Reply reply) throws IOException {
    assertThat(reply.json().path("error_description").asText())
        .startsWith("AADSTS" + reply.json().path("error_codes").get(0).asInt());
    return reply.json().path("error_codes").get(0).asInt();
  }

  private Reply withAssertion(String assertion) throws IOException, InterruptedException {
    return client.askForToken(
        Map.of(
            "client_secret", "",
            "client_assertion_type", BEARER_ASSERTION,
            "client_assertion", assertion));
  }

  private TestAssertion assertionBy(SelfSignedCertificate certificate) {
    return new TestAssertion(simulator, tenant, certificate.privateKey());
  }
}
