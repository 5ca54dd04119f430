package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.simulator.Fault.Framing;
import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");

  private final AdjustableClock clock = AdjustableClock.standingAt(NOW);
  private Simulator simulator;
  private SimulatedTenant tenant;
  private TestClient client;
  private PublishedBlob blob;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.builder().clock(clock).pageSize(2).tenant(TenantSetup::subscribedToAll).start();
    tenant = simulator.tenant();
    client = TestClient.of(simulator).signedIn();
    blob = tenant.blob(EXCHANGE).created(NOW.minusSeconds(60)).events(5).add();
  }

  @AfterEach
  void stop() {
    assertThat(simulator.faultsNotMet()).isEmpty();
    simulator.close();
  }

  @Test
  void anErrorIsInTheApisShapeAndTheNextAttemptIsRight() throws Exception {
    simulator
        .on(blob)
        .attempt(1)
        .meets(Fault.afError(403, "AF429"))
        .attempt(2)
        .meets(Fault.afError(429, "AF429", Duration.ofSeconds(7)))
        .attempt(3)
        .meets(Fault.bare429(403))
        .attempt(4)
        .meets(Fault.status(503));

    Reply first = client.retrieve(blob);
    assertThat(first.status()).isEqualTo(403);
    assertThat(first.code()).isEqualTo("AF429");
    Reply second = client.retrieve(blob);
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.header("Retry-After")).contains("7");
    assertThat(client.retrieve(blob).code()).isEqualTo("429");
    Reply fourth = client.retrieve(blob);
    assertThat(fourth.status()).isEqualTo(503);
    assertThat(fourth.bytes()).isEmpty();
    assertThat(blob.retrievals()).isZero();
    assertThat(client.retrieve(blob).json()).hasSize(5);
    assertThat(blob.retrievals()).isEqualTo(1);
    assertThat(simulator.requests().count(Operation.RETRIEVE_BLOB, "403 AF429")).isEqualTo(1);
  }

  @Test
  void anyAnswerCanBeGiven() throws Exception {
    simulator
        .on(Operation.LIST_SUBSCRIPTIONS)
        .call(1)
        .meets(Fault.answer(418, Map.of("X-Proxy", "p"), "short and stout"));

    Reply reply = client.subscriptions();

    assertThat(reply.status()).isEqualTo(418);
    assertThat(reply.header("X-Proxy")).contains("p");
    assertThat(reply.text()).isEqualTo("short and stout");
  }

  @Test
  void theConnectionEndsBeforeHeaders() {
    // The JDK's client sends a GET again by itself where a kept connection ended without an answer.
    simulator.on(blob).always().meets(Fault.closed());

    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(IOException.class);
    assertThat(simulator.requests().count(Operation.RETRIEVE_BLOB, "0")).isPositive();
  }

  @Test
  void aResetIsSeenAsAConnectionReset() {
    simulator.on(blob).always().meets(Fault.reset());

    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Framing.class,
      names = {"CONTENT_LENGTH", "CHUNKED"})
  void aBodyCutShortFailsTheClient(Framing framing) {
    simulator.on(blob).always().meets(Fault.cutAfter(100, framing));

    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(IOException.class);
    assertThat(blob.retrievals()).isZero();
  }

  @Test
  void aBodyCanBeCutBeforeItsFirstByteAndAfterItsLast() {
    int length = blob.body().length;
    simulator.on(blob).attempt(1).meets(Fault.cutAfter(0)).attempt(2).meets(Fault.cutAfter(length));

    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(IOException.class);
  }

  @Test
  void aConnectionIsResetInsideTheBody() {
    // The reset can overtake the headers, and then the JDK's client sends a GET again by itself.
    simulator.on(blob).always().meets(Fault.resetAfter(100));

    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(IOException.class);
    assertThat(blob.retrievals()).isZero();
    assertThat(simulator.requests().count(Operation.RETRIEVE_BLOB, "200")).isPositive();
  }

  @Test
  void aBodyComesWithoutGzipThoughItIsTaken() throws Exception {
    client.withGzip();
    simulator.on(blob).attempt(1).meets(Fault.noGzip());

    Reply plain = ok();
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.bytes()).isEqualTo(blob.body());
    assertThat(ok().header("Content-Encoding")).contains("gzip");
  }

  @Test
  void headersNeedNotEnd() throws Exception {
    simulator.on(blob).attempt(1).meets(Fault.headersWithoutEnd(Duration.ofMillis(5)));
    URI uri = URI.create(blob.contentUri() + "?" + client.publisher());

    assertThatThrownBy(() -> client.send(client.authorized(uri).timeout(Duration.ofMillis(500))))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(blob.retrievals()).isZero();
    assertThat(ok().bytes()).isEqualTo(blob.body());
  }

  @Test
  void connectionsAreRefusedAndThenAcceptedAgain() throws Exception {
    simulator.stopListening();
    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(ConnectException.class);
    simulator.listenAgain();

    assertThat(ok().bytes()).isEqualTo(blob.body());
  }

  @Test
  void theBare429CanAskToWait() throws Exception {
    simulator.on(blob).attempt(1).meets(Fault.bare429(429, Duration.ofSeconds(3)));

    Reply reply = client.retrieve(blob);

    assertThat(reply.code()).isEqualTo("429");
    assertThat(reply.header("Retry-After")).contains("3");
  }

  @Test
  void aBodyCanBeShortInACompleteMessage() throws Exception {
    simulator.on(blob).attempt(1).meets(Fault.cutAfter(100, Framing.COMPLETE));

    Reply reply = client.retrieve(blob);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.bytes()).hasSize(100).isEqualTo(Arrays.copyOf(blob.body(), 100));
    assertThat(blob.retrievals()).isZero();
  }

  @Test
  void gzipCanBeCutAndCanBeMissing() {
    client.withGzip();
    simulator
        .on(blob)
        .attempt(1)
        .meets(Fault.cutAfter(100, Framing.COMPLETE))
        .attempt(2)
        .meets(Fault.notGzip());

    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> client.retrieve(blob)).isInstanceOf(ZipException.class);
  }

  @Test
  void bodiesThatAreNotRightComeWithStatus200() throws Exception {
    simulator
        .on(blob)
        .attempt(1)
        .meets(Fault.emptyBody())
        .attempt(2)
        .meets(Fault.byteOrderMark())
        .attempt(3)
        .meets(Fault.html())
        .attempt(4)
        .meets(Fault.objectForArray())
        .attempt(5)
        .meets(Fault.body(new byte[] {1, 2, 3}))
        .attempt(6)
        .meets(Fault.body("[]junk"));

    assertThat(ok().bytes()).isEmpty();
    byte[] marked = ok().bytes();
    assertThat(marked).startsWith(0xEF, 0xBB, 0xBF).hasSize(blob.body().length + 3);
    Reply html = ok();
    assertThat(html.text()).startsWith("<!DOCTYPE html>");
    assertThat(html.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(ok().json().path("error").path("code").asText()).isEqualTo("AF50000");
    assertThat(ok().bytes()).containsExactly(1, 2, 3);
    assertThat(ok().text()).isEqualTo("[]junk");
    assertThat(blob.retrievals()).isZero();
  }

  @Test
  void oneElementOfTheArrayIsBroken() throws Exception {
    simulator
        .on(blob)
        .attempt(1)
        .meets(Fault.brokenElement(2))
        .attempt(2)
        .meets(Fault.element(4, "\"text\""))
        .attempt(3)
        .meets(Fault.element(0, "7"));

    Reply broken = ok();
    assertThatThrownBy(broken::json).isInstanceOf(JsonProcessingException.class);
    assertThat(broken.text()).contains("\"Operation\": }");
    JsonNode replaced = ok().json();
    assertThat(replaced).hasSize(5);
    assertThat(replaced.get(4).asText()).isEqualTo("text");
    assertThat(replaced.get(3).path("Id").asText()).isEqualTo(blob.eventIds().get(3));
    assertThat(ok().json().get(0).asInt()).isEqualTo(7);
  }

  @Test
  void aSlowBodyArrivesWhole() throws Exception {
    simulator.on(blob).attempt(1).meets(Fault.dripping(1_000, Duration.ofMillis(1)));

    assertThat(ok().bytes()).isEqualTo(blob.body());
    assertThat(blob.retrievals()).isEqualTo(1);
  }

  @Test
  void headersComeAfterAPause() throws Exception {
    simulator
        .on(blob)
        .attempt(1)
        .meets(Fault.delayed(Duration.ofHours(1)))
        .attempt(2)
        .meets(Fault.delayed(Duration.ofMillis(10)));
    URI uri = URI.create(blob.contentUri() + "?" + client.publisher());

    assertThatThrownBy(() -> client.send(client.authorized(uri).timeout(Duration.ofMillis(500))))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(ok().bytes()).isEqualTo(blob.body());
  }

  @Test
  void everyAnswerTakesItsLatency() throws Exception {
    simulator.latency(Duration.ofHours(1));
    URI uri = client.feed("subscriptions/list?" + client.publisher());

    assertThatThrownBy(() -> client.send(client.authorized(uri).timeout(Duration.ofMillis(500))))
        .isInstanceOf(HttpTimeoutException.class);
    simulator.latency(Duration.ofMillis(1));
    assertThat(client.subscriptions().status()).isEqualTo(200);
  }

  @Test
  void aPageIsLostAndTheListEndsEarly() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 4, 1);
    simulator.on(Operation.LIST_CONTENT).call(1).meets(Fault.pageLost());

    assertThat(client.allOfLastDay(EXCHANGE)).hasSize(2);
    assertThat(client.allOfLastDay(EXCHANGE)).hasSize(5);
  }

  @Test
  void aPageIsRepeatedAndTheListGoesOn() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 4, 1);
    simulator.on(Operation.NEXT_PAGE).call(1).meets(Fault.pageRepeated());

    List<String> listed = client.allOfLastDay(EXCHANGE);

    assertThat(listed).hasSize(7);
    assertThat(listed.subList(2, 4)).isEqualTo(listed.subList(4, 6));
  }

  @Test
  void aPageTokenRunsOut() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 4, 1);
    simulator.on(Operation.NEXT_PAGE).call(1).meets(Fault.pageTokenExpired());
    Reply page = client.lastDay(EXCHANGE);

    assertThat(client.follow(page).code()).isEqualTo("AF20031");
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void addressesPointToAnotherHost() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 4, 1);
    simulator
        .on(Operation.LIST_CONTENT)
        .call(1)
        .meets(Fault.nextPageElsewhere(), Fault.blobsElsewhere())
        .call(2)
        .meets(Fault.nextPageInPlainHttp(), Fault.blobsInPlainHttp());

    for (String scheme : List.of("https", "http")) {
      Reply page = client.lastDay(EXCHANGE);
      URI blobUri = URI.create(page.json().get(0).path("contentUri").asText());
      URI next = URI.create(page.header("NextPageUri").orElseThrow());
      assertThat(blobUri.getScheme()).isEqualTo(scheme);
      assertThat(blobUri.getAuthority())
          .isNotEqualTo(simulator.baseUri().getAuthority())
          .isEqualTo(next.getAuthority());
    }
  }

  @Test
  void theNextPageHeaderIsWrittenOtherwise() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 4, 1);
    simulator
        .on(Operation.LIST_CONTENT)
        .call(1)
        .meets(Fault.nextPageHeaderNamed("nextpageuri"))
        .call(2)
        .meets(Fault.nextPageHeaderNamed("NEXTPAGEURI"));

    assertThat(client.lastDay(EXCHANGE).headers()).containsKey("nextpageuri");
    assertThat(client.lastDay(EXCHANGE).headers()).containsKey("NEXTPAGEURI");
  }

  @Test
  void redirectsPointToAnotherHost() throws Exception {
    simulator
        .on(blob)
        .attempt(1)
        .meets(Fault.redirectToSameHost())
        .attempt(2)
        .meets(Fault.redirectElsewhere());

    Reply same = client.retrieve(blob);
    assertThat(same.status()).isEqualTo(302);
    assertThat(same.header("Location").orElseThrow()).startsWith(simulator.baseUri() + "/");
    Reply elsewhere = client.retrieve(blob);
    assertThat(elsewhere.status()).isEqualTo(307);
    assertThat(elsewhere.header("Location").orElseThrow())
        .doesNotStartWith(simulator.baseUri().toString());
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void theDateIsOff() throws Exception {
    simulator.on(Operation.LIST_CONTENT).call(1).meets(Fault.dateOff(Duration.ofHours(3)));

    assertThat(client.lastDay(EXCHANGE).header("Date")).contains("Wed, 05 Aug 2026 15:00:00 GMT");
    assertThat(client.lastDay(EXCHANGE).header("Date")).contains("Wed, 05 Aug 2026 12:00:00 GMT");
  }

  @Test
  void theTokenEndpointFails() throws Exception {
    simulator
        .on(Operation.TOKEN)
        .call(1)
        .meets(Fault.tokenError(503, "temporarily_unavailable", 90033, "Busy."));

    Reply reply = client.askForToken(Map.of());

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().path("error_description").asText()).startsWith("AADSTS90033: Busy.");
    assertThat(simulator.requests().count(Operation.TOKEN, "503 AADSTS90033")).isEqualTo(1);
  }

  @Test
  void aTokenThatDoesNotArriveIsNotHeldAgainstTheClient() throws Exception {
    simulator.on(Operation.TOKEN).first(30).meets(Fault.closed());

    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> client.askForToken(Map.of())).isInstanceOf(IOException.class);
    }

    assertThat(client.askForToken(Map.of()).status()).isEqualTo(200);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aFaultPointCanBeNarrowedAndRepeated() throws Exception {
    SimulatedTenant other = simulator.addTenant(TenantSetup::subscribedToAll);
    TestClient theirs = new TestClient(simulator, other).signedIn();
    simulator
        .on(Operation.LIST_CONTENT)
        .of(other.id())
        .of(SHAREPOINT)
        .everyNth(2)
        .meets(Fault.status(500));

    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      assertThat(client.lastDay(SHAREPOINT).status()).isEqualTo(200);
      assertThat(theirs.lastDay(EXCHANGE).status()).isEqualTo(200);
      statuses.add(theirs.lastDay(SHAREPOINT).status());
    }

    assertThat(statuses).containsExactly(200, 500, 200, 500);
  }

  @Test
  void theFirstFewFailAndTheRestDoNot() throws Exception {
    simulator.on(Operation.LIST_SUBSCRIPTIONS).first(2).meets(Fault.status(500));

    assertThat(client.subscriptions().status()).isEqualTo(500);
    assertThat(client.subscriptions().status()).isEqualTo(500);
    assertThat(client.subscriptions().status()).isEqualTo(200);
  }

  @Test
  void aShareOfTheRequestsIsDrawnByASeed() throws Exception {
    simulator.on(Operation.LIST_SUBSCRIPTIONS).sometimes(0.5, 42).meets(Fault.status(500));

    int failed = 0;
    for (int i = 0; i < 40; i++) {
      failed += client.subscriptions().status() == 500 ? 1 : 0;
    }

    assertThat(failed).isBetween(5, 35);
  }

  @Test
  void namesFaultsThatNoRequestMet() throws Exception {
    simulator
        .when("requests of a stranger", call -> call.userAgent().equals("stranger"))
        .call(1)
        .meets(Fault.closed());
    simulator.on(blob).attempt(2).meets(Fault.html(), Fault.byteOrderMark());
    client.retrieve(blob);

    assertThat(simulator.faultsNotMet())
        .containsExactly(
            "call 1 of requests of a stranger should have met: connection closed before headers",
            "attempt 2 of blob " + blob.contentId() + " should have met: HTML, byte order mark");
    simulator.endFaults();
  }

  @Test
  void breachesAreRecordedEvenWhereAFaultAnswers() throws Exception {
    simulator.on(Operation.LIST_SUBSCRIPTIONS).call(1).meets(Fault.status(500));

    client.publisher("none").subscriptions();

    assertThat(simulator.breaches(Rule.PUBLISHER_NOT_A_GUID)).hasSize(1);
  }

  @Test
  void aFailedStartStartsNothing() throws Exception {
    tenant.subscriptions().remove(SHAREPOINT);
    simulator.on(Operation.START_SUBSCRIPTION).call(1).meets(Fault.afError(500, "AF50000"));

    client.start(SHAREPOINT);

    assertThat(tenant.subscriptions().state(SHAREPOINT)).isEqualTo(Subscriptions.State.NONE);
  }

  @Test
  void aBlobCanBeScriptedBeforeItIsPublished() throws Exception {
    simulator.blob("b1").attempt(1).meets(Fault.afError(404, "AF20050"));
    PublishedBlob named = tenant.blob(EXCHANGE).contentId("b1").events("{\"Id\":\"x\"}").add();

    assertThat(client.retrieve(named).code()).isEqualTo("AF20050");
    assertThat(new String(client.retrieve(named).bytes(), StandardCharsets.UTF_8))
        .isEqualTo("[{\"Id\":\"x\"}]");
    assertThat(simulator.requests().latest(Operation.RETRIEVE_BLOB))
        .extracting(ServedRequest::outcome)
        .containsExactly("404 AF20050", "200");
  }

  private Reply ok() throws IOException, InterruptedException {
    Reply reply = client.retrieve(blob);
    assertThat(reply.status()).isEqualTo(200);
    return reply;
  }
}
