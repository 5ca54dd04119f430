package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.DLP;
import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.simulator.Ledger.EventKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final UUID CONTOSO = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");

  private Simulator simulator;
  private SimulatedTenant tenant;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator = started(1);
    tenant = simulator.tenant();
    client = TestClient.of(simulator).signedIn();
  }

  private static Simulator started(long seed) throws Exception {
    return Simulator.builder()
        .clock(AdjustableClock.standingAt(NOW))
        .seed(seed)
        .tenant(t -> t.id(CONTOSO).subscribedToAll())
        .start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void addsUpWhatWasPublishedAndWhatWasRetrieved() throws Exception {
    List<PublishedBlob> mails = tenant.history(EXCHANGE, Duration.ofHours(2), 4, 3);
    tenant.history(SHAREPOINT, Duration.ofHours(2), 2, 5);
    client.retrieve(mails.get(0));
    client.retrieve(mails.get(0));
    client.retrieve(mails.get(3));

    assertThat(simulator.ledger().total()).isEqualTo(new Ledger.Totals(6, 22, 2, 6));
    assertThat(simulator.ledger().byFeed())
        .isEqualTo(
            Map.of(
                CONTOSO,
                Map.of(
                    EXCHANGE, new Ledger.Totals(4, 12, 2, 6),
                    SHAREPOINT, new Ledger.Totals(2, 10, 0, 0))));
    assertThat(mails.get(0).retrievals()).isEqualTo(2);
  }

  @Test
  void countsEventsByTenantContentTypeAndId() {
    tenant.blob(EXCHANGE).events("{\"Id\":\"a\"}", "{\"Id\":\"a\"}", "{\"Operation\":\"b\"}").add();
    tenant.blob(DLP).events("{\"Id\":\"a\"}").add();
    tenant.blob(DLP).body("not JSON").add();

    assertThat(simulator.ledger().events())
        .isEqualTo(
            Map.of(
                new EventKey(CONTOSO, EXCHANGE, "a"), 2L,
                new EventKey(CONTOSO, EXCHANGE, ""), 1L,
                new EventKey(CONTOSO, DLP, "a"), 1L));
    assertThat(simulator.ledger().blobCount()).isEqualTo(3);
    assertThat(simulator.ledger().eventCount()).isEqualTo(4);
  }

  @Test
  void theSameSeedPublishesTheSame() throws Exception {
    try (Simulator same = started(1);
        Simulator other = started(2)) {
      for (Simulator each : List.of(simulator, same, other)) {
        each.tenant().history(EXCHANGE, Duration.ofHours(3), 5, 7);
        each.tenant().blob(DLP).events(2).add();
      }

      assertThat(described(same)).isEqualTo(described(simulator));
      assertThat(described(other)).isNotEqualTo(described(simulator));
    }
  }

  @Test
  void refusesABlobTwice() {
    tenant.blob(EXCHANGE).contentId("b1").add();

    assertThatThrownBy(() -> tenant.blob(DLP).contentId("b1").add())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tenant.blob(DLP).created(NOW).visibleFrom(NOW.minusSeconds(1)).add())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void publishesLiveUntilStopped() {
    LiveFeed feed = tenant.live(EXCHANGE, 200, 2);
    await("live blobs").until(() -> feed.published() >= 5);
    feed.close();

    long published = feed.published();
    assertThat(simulator.ledger().total().blobs()).isEqualTo(published);
    assertThat(simulator.ledger().eventCount()).isEqualTo(2 * published);
    Set<String> ids = new HashSet<>();
    tenant.blobs(EXCHANGE).forEach(blob -> ids.addAll(blob.eventIds()));
    assertThat(ids).hasSize((int) (2 * published));
  }

  @Test
  void aLiveFeedPublishesOnAThreadNamedAfterIt() {
    LiveFeed feed = tenant.live(EXCHANGE, 200, 2);
    await("the live thread").until(() -> threads("office365-simulator-live") > 0);
    feed.close();
    simulator.close();

    await("no live thread left").until(() -> threads("office365-simulator-live") == 0);
    assertThatThrownBy(() -> tenant.live(EXCHANGE, 1, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesALiveFeedThatNeverPublishes() {
    assertThatThrownBy(() -> tenant.live(EXCHANGE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isServedOverHttp() throws Exception {
    PublishedBlob blob = tenant.blob(EXCHANGE).events(3).add();
    simulator.on(Operation.TOKEN).call(7).meets(Fault.closed());
    client.retrieve(blob);
    client.publisher("x").subscriptions();

    JsonNode ledger = look("ledger").json();
    assertThat(ledger.path("blobs").asInt()).isEqualTo(1);
    assertThat(ledger.path("feeds").get(0).path("retrievedEvents").asInt()).isEqualTo(3);
    JsonNode line = TestClient.JSON.readTree(look("ledger/blobs").text());
    assertThat(line.path("contentId").asText()).isEqualTo(blob.contentId());
    assertThat(line.path("eventIds")).hasSize(3);
    assertThat(look("breaches").json().path("counts").path("PUBLISHER_NOT_A_GUID").asInt())
        .isEqualTo(1);
    assertThat(look("requests").json().path("RETRIEVE_BLOB").path("200").asInt()).isEqualTo(1);
    assertThat(look("faults").json().path("notMet")).hasSize(1);
    assertThat(look("else").status()).isEqualTo(404);
    assertThat(client.post("/simulator/ledger", Map.of()).status()).isEqualTo(405);
    assertThat(simulator.breaches()).hasSize(1);
  }

  @Test
  void servesManyBlobsToManyReaders() throws Exception {
    List<PublishedBlob> blobs = tenant.history(EXCHANGE, Duration.ofHours(2), 200, 20);
    assertThat(simulator.prepareBodies()).isEqualTo(200);

    blobs.parallelStream()
        .forEach(
            blob -> {
              try {
                assertThat(
                        new TestClient(simulator, tenant)
                            .bearing(client.bearer())
                            .withGzip()
                            .retrieve(blob)
                            .bytes())
                    .isEqualTo(blob.body());
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });

    assertThat(simulator.ledger().total()).isEqualTo(new Ledger.Totals(200, 4_000, 200, 4_000));
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aSmallCacheStillGivesRightBodies() throws Exception {
    try (Simulator small =
        Simulator.builder().bodyCache(20_000).tenant(TenantSetup::subscribedToAll).start()) {
      List<PublishedBlob> blobs = small.tenant().history(EXCHANGE, Duration.ofMinutes(9), 20, 30);
      TestClient reader = TestClient.of(small).signedIn().withGzip();

      assertThat(small.prepareBodies()).isLessThan(20);
      for (PublishedBlob blob : blobs) {
        assertThat(reader.retrieve(blob).bytes()).isEqualTo(blob.body());
      }
    }
  }

  private TestClient.Reply look(String what) throws Exception {
    return new TestClient(simulator, tenant)
        .get(URI.create(simulator.baseUri() + "/simulator/" + what));
  }

  private static List<String> described(Simulator simulator) {
    List<String> all = new ArrayList<>();
    for (PublishedBlob blob : simulator.ledger().blobs()) {
      all.add(blob.contentId() + " " + blob.contentCreated() + " " + blob.eventIds());
      all.add(Integer.toHexString(Arrays.hashCode(blob.body())));
    }
    return all;
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }
}
