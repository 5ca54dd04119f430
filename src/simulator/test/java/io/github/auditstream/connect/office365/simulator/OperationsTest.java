package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.DLP;
import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private final AdjustableClock clock =
      AdjustableClock.standingAt(Instant.parse("2026-08-05T12:00:00Z"));
  private Simulator simulator;
  private SimulatedTenant tenant;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().clock(clock).tenant(t -> t.subscribed(EXCHANGE, DLP)).start();
    tenant = simulator.tenant();
    client = TestClient.of(simulator).signedIn();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void listsTheSubscriptionsThatExist() throws Exception {
    tenant.subscriptions().disable(DLP);

    List<String> listed = new ArrayList<>();
    for (JsonNode entry : client.subscriptions().json()) {
      listed.add(entry.path("contentType").asText() + " " + entry.path("status").asText());
      assertThat(entry.path("webhook").isNull()).isTrue();
    }

    assertThat(listed).containsExactlyInAnyOrder("Audit.Exchange enabled", "DLP.All disabled");
  }

  @Test
  void startsASubscriptionThatIsMissingOrDisabled() throws Exception {
    assertThat(client.lastDay(SHAREPOINT).code()).isEqualTo("AF20022");
    assertThat(client.start(SHAREPOINT).json().path("status").asText()).isEqualTo("enabled");
    assertThat(client.lastDay(SHAREPOINT).status()).isEqualTo(200);

    tenant.subscriptions().disable(DLP);
    assertThat(client.lastDay(DLP).code()).isEqualTo("AF20023");
    assertThat(client.start(DLP).status()).isEqualTo(200);
    assertThat(client.lastDay(DLP).status()).isEqualTo(200);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aBarredSubscriptionComesBackDisabled() throws Exception {
    tenant.subscriptions().startsComeBackDisabled();

    assertThat(client.start(SHAREPOINT).json().path("status").asText()).isEqualTo("disabled");
    assertThat(tenant.subscriptions().state(SHAREPOINT)).isEqualTo(Subscriptions.State.DISABLED);
  }

  @Test
  void stoppingDisables() throws Exception {
    Reply stopped = client.stop(EXCHANGE);

    assertThat(stopped.status()).isEqualTo(200);
    assertThat(stopped.bytes()).isEmpty();
    assertThat(client.lastDay(EXCHANGE).code()).isEqualTo("AF20023");
  }

  @Test
  void retrievesWhatWasPublished() throws Exception {
    PublishedBlob given =
        tenant.blob(EXCHANGE).events("{\"Id\":\"a\",\"n\":1.10}", "{\"Id\":\"b\"}").add();
    PublishedBlob generated = tenant.blob(EXCHANGE).events(25).add();

    assertThat(client.retrieve(given).text())
        .isEqualTo("[{\"Id\":\"a\",\"n\":1.10},{\"Id\":\"b\"}]");
    assertThat(given.eventIds()).containsExactly("a", "b");
    List<String> ids = new ArrayList<>();
    for (JsonNode event : client.withGzip().retrieve(generated).json()) {
      ids.add(event.path("Id").asText());
      assertThat(event.path("OrganizationId").asText()).isEqualTo(tenant.id().toString());
    }
    assertThat(ids).hasSize(25).containsExactlyElementsOf(generated.eventIds());
    assertThat(given.retrievals()).isEqualTo(1);
    assertThat(generated.retrievals()).isEqualTo(1);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void deliversTheSameEventsAgainInANewBlob() throws Exception {
    PublishedBlob first = tenant.blob(EXCHANGE).events(3).add();
    PublishedBlob again = tenant.blob(EXCHANGE).eventsOf(first).add();

    assertThat(client.retrieve(again).bytes()).isEqualTo(client.retrieve(first).bytes());
    assertThat(simulator.ledger().events().values()).containsOnly(2L);
  }

  @Test
  void withAuditingOffEveryOperationSaysSoInASentence() throws Exception {
    tenant.switchAuditingOff();

    Reply reply = client.start(SHAREPOINT);

    assertThat(reply.code()).startsWith("StartSubscription [TenantId=" + tenant.id());
    assertThat(reply.json().path("error").path("message").asText())
        .contains("DataServiceException: Tenant " + tenant.id() + " does not exist");
    tenant.switchAuditingOn();
    assertThat(client.start(SHAREPOINT).status()).isEqualTo(200);
  }

  @Test
  void knowsNoOtherTenant() throws Exception {
    Reply reply =
        client.get(
            URI.create(
                simulator.baseUri()
                    + "/api/v1.0/"
                    + UUID.randomUUID()
                    + "/activity/feed/subscriptions/list?"
                    + client.publisher()));

    assertThat(reply.code()).isEqualTo("AF20011");
  }

  @Test
  void namesSensitiveTypesInOneLanguage() throws Exception {
    URI uri = client.feed("resources/dlpSensitiveTypes?" + client.publisher());

    assertThat(client.get(uri).json().get(0).path("name").asText()).isEqualTo("Credit Card Number");
    assertThat(inLanguage(uri, "de").json().get(0).path("name").asText()).contains("(de)");
    assertThat(inLanguage(uri, "de,en").code()).isEqualTo("AF20053");
    assertThat(inLanguage(uri, "?!").code()).isEqualTo("AF20054");
  }

  @Test
  void hasNoNotifications() throws Exception {
    assertThat(
            client
                .get(
                    client.feed(
                        "subscriptions/notifications?contentType=Audit.Exchange&"
                            + client.publisher()))
                .text())
        .isEqualTo("[]");
  }

  @Test
  void throttlesBeyondTheQuotaAndRecovers() throws Exception {
    tenant.requestsPerMinute(2);
    client.subscriptions();
    client.subscriptions();

    Reply refused = client.subscriptions();

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("AF429");
    assertThat(refused.header("Retry-After")).isEmpty();
    assertThat(simulator.requests().count(Operation.LIST_SUBSCRIPTIONS, "403 AF429")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(60));
    assertThat(client.subscriptions().status()).isEqualTo(200);
    assertThat(simulator.breaches()).hasSize(1);
  }

  @Test
  void throttlesWith429AndRetryAfterWhereConfigured() throws Exception {
    tenant.requestsPerMinute(1);
    tenant.throttleWith(429, Optional.of(Duration.ofSeconds(17)));
    client.subscriptions();

    Reply refused = client.subscriptions();

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).contains("17");
  }

  @Test
  void keepsTenantsApart() throws Exception {
    SimulatedTenant other = simulator.addTenant(TenantSetup::subscribedToAll);
    PublishedBlob theirs = other.blob(EXCHANGE).add();

    assertThat(client.lastDay(EXCHANGE).contentIds()).isEmpty();
    assertThat(new TestClient(simulator, other).signedIn().lastDay(EXCHANGE).contentIds())
        .containsExactly(theirs.contentId());
  }

  private Reply inLanguage(URI uri, String language) throws Exception {
    return client.send(client.authorized(uri).header("Accept-Language", language));
  }
}
