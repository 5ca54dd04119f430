package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.GENERAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");

  private final AdjustableClock clock = AdjustableClock.standingAt(NOW);
  private Simulator simulator;
  private SimulatedTenant tenant;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.builder().clock(clock).pageSize(3).tenant(TenantSetup::subscribedToAll).start();
    tenant = simulator.tenant();
    client = TestClient.of(simulator).signedIn();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void describesABlobAsTheApiDoes() throws Exception {
    PublishedBlob blob =
        tenant.blob(EXCHANGE).created(Instant.parse("2026-08-05T10:00:00.120Z")).add();

    JsonNode listed = client.lastDay(EXCHANGE).json().get(0);

    assertThat(listed.path("contentType").asText()).isEqualTo("Audit.Exchange");
    assertThat(listed.path("contentId").asText()).isEqualTo(blob.contentId()).contains("$");
    assertThat(listed.path("contentCreated").asText()).isEqualTo("2026-08-05T10:00:00.120Z");
    assertThat(listed.path("contentExpiration").asText()).isEqualTo("2026-08-12T10:00:00.120Z");
    assertThat(listed.path("contentUri").asText())
        .isEqualTo(
            simulator.baseUri()
                + "/api/v1.0/"
                + tenant.id()
                + "/activity/feed/audit/"
                + blob.contentId());
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aWindowHoldsItsStartAndNotItsEnd() throws Exception {
    PublishedBlob first = tenant.blob(EXCHANGE).created(NOW.minusSeconds(7_200)).add();
    PublishedBlob second = tenant.blob(EXCHANGE).created(NOW.minusSeconds(3_600)).add();

    assertThat(between(7_200, 3_600)).containsExactly(first.contentId());
    assertThat(between(3_600, 0)).containsExactly(second.contentId());
    assertThat(between(7_200, 0)).containsExactly(first.contentId(), second.contentId());
  }

  @Test
  void pagesLeadThroughTheWholeWindowInTheOrderOfAvailability() throws Exception {
    List<PublishedBlob> published = tenant.history(EXCHANGE, Duration.ofHours(20), 10, 1);

    assertThat(client.allOfLastDay(EXCHANGE))
        .containsExactlyElementsOf(published.stream().map(PublishedBlob::contentId).toList());
    assertThat(simulator.requests().count(Operation.NEXT_PAGE)).isEqualTo(3);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void theLastPageThatIsExactlyFullHasNoNextPage() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 3, 1);

    assertThat(client.lastDay(EXCHANGE).header("NextPageUri")).isEmpty();
  }

  @Test
  void twinsOfOneCreationTimeAreListedOnDifferentPages() throws Exception {
    Instant created = NOW.minusSeconds(60);
    for (int i = 0; i < 7; i++) {
      tenant.blob(EXCHANGE).created(created).add();
    }

    assertThat(client.allOfLastDay(EXCHANGE)).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void aLateBlobIsListedUnderItsOlderTimeOnceItIsVisible() throws Exception {
    PublishedBlob late =
        tenant
            .blob(EXCHANGE)
            .created(NOW.minusSeconds(3_600))
            .visibleFrom(NOW.plusSeconds(30))
            .add();
    PublishedBlob newer = tenant.blob(EXCHANGE).created(NOW.minusSeconds(10)).add();

    assertThat(client.allOfLastDay(EXCHANGE)).containsExactly(newer.contentId());
    clock.advance(Duration.ofSeconds(30));
    assertThat(client.allOfLastDay(EXCHANGE)).containsExactly(newer.contentId(), late.contentId());
    assertThat(late.listings()).isEqualTo(1);
  }

  @Test
  void nextPagesCarryTheBoundsAndNoPublisher() throws Exception {
    tenant.history(GENERAL, Duration.ofHours(1), 4, 1);

    String uri = client.lastDay(GENERAL).header("NextPageUri").orElseThrow();

    assertThat(uri)
        .startsWith(simulator.baseUri() + "/api/v1.0/" + tenant.id())
        .contains("contentType=Audit.General", "startTime=2026-08-04T13%3A00%3A00", "nextPage=")
        .doesNotContain("PublisherIdentifier");
  }

  @Test
  void nextPagesCanBeginWithTheShorterPathOfMicrosoftsSample() throws Exception {
    try (Simulator other =
        Simulator.builder()
            .nextPagePath("/api/v1/")
            .pageSize(1)
            .tenant(TenantSetup::subscribedToAll)
            .start()) {
      other.tenant().history(EXCHANGE, Duration.ofMinutes(5), 2, 1);
      TestClient otherClient = TestClient.of(other).signedIn();

      Reply page = otherClient.lastDay(EXCHANGE);

      assertThat(page.header("NextPageUri").orElseThrow()).contains("/api/v1/");
      assertThat(otherClient.follow(page).contentIds()).hasSize(1);
    }
  }

  @Test
  void withoutBoundsTheLastDayIsListedAndTheNextPageNamesIt() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(40), 40, 1);

    Reply page =
        client.get(
            client.feed("subscriptions/content?contentType=Audit.Exchange&" + client.publisher()));

    assertThat(page.header("NextPageUri").orElseThrow())
        .contains("startTime=2026-08-04T12%3A00%3A00&endTime=2026-08-05T12%3A00%3A00");
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void anAlteredPageAddressIsRefusedAndABreach() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 9, 1);
    String uri = client.lastDay(EXCHANGE).header("NextPageUri").orElseThrow();

    Reply otherBound =
        client.get(
            URI.create(
                uri.replace("endTime=2026-08-05T12", "endTime=2026-08-05T11")
                    + "&"
                    + client.publisher()));

    assertThat(otherBound.code()).isEqualTo("AF20031");
    assertThat(simulator.breaches(Rule.PAGE_TOKEN_ALTERED)).hasSize(1);
  }

  @Test
  void anOldPageAddressIsRefusedWithoutABreach() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 9, 1);
    Reply page = client.lastDay(EXCHANGE);

    clock.advance(Duration.ofMinutes(11));

    assertThat(client.follow(page).code()).isEqualTo("AF20031");
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void anEmptyWindowAnswersAnEmptyArray() throws Exception {
    assertThat(client.lastDay(EXCHANGE).text()).isEqualTo("[]");
  }

  @Test
  void answersInGzipToWhoAcceptsIt() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 2, 1);

    Reply reply = client.withGzip().lastDay(EXCHANGE);

    assertThat(reply.header("Content-Encoding")).contains("gzip");
    assertThat(reply.contentIds()).hasSize(2);
    assertThat(simulator.notes()).noneMatch(note -> note.startsWith("LIST_CONTENT"));
  }

  @Test
  void theDateIsTheSimulatorsClockAndItsSkew() throws Exception {
    assertThat(client.lastDay(EXCHANGE).header("Date")).contains("Wed, 05 Aug 2026 12:00:00 GMT");
    simulator.clockSkew(Duration.ofMinutes(-7));
    assertThat(client.lastDay(EXCHANGE).header("Date")).contains("Wed, 05 Aug 2026 11:53:00 GMT");
  }

  private List<String> between(long fromSecondsAgo, long toSecondsAgo)
      throws IOException, InterruptedException {
    return client
        .content(EXCHANGE, NOW.minusSeconds(fromSecondsAgo), NOW.minusSeconds(toSecondsAgo))
        .contentIds();
  }
}
