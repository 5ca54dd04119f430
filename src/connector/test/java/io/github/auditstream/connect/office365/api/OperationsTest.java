package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiFixture.NOW;
import static io.github.auditstream.connect.office365.api.ApiFixture.PUBLISHER;
import static io.github.auditstream.connect.office365.api.ApiFixture.failed;
import static io.github.auditstream.connect.office365.api.ApiFixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.net.Authenticator;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
  private final ApiFixture fixture = new ApiFixture();
  private final ScriptedServer server = fixture.server;
  private final BlockingApi api = fixture.api;

  OperationsTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void listsSubscriptions() throws Exception {
    server.answers(
        Reply.json(
            200,
            """
            [{"contentType":"Audit.Exchange","status":"enabled","webhook":null},
             {"contentType":"Audit.SharePoint","status":"disabled","webhook":{"status":"enabled"}},
             {"contentType":"Audit.Future","webhook":{"address":"https://x","more":[1,{}]}}]"""));

    assertThat(ok(api.subscriptions()))
        .containsExactly(
            new Subscription("Audit.Exchange", true),
            new Subscription("Audit.SharePoint", false),
            new Subscription("Audit.Future", true));
    ScriptedServer.Request request = server.request();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target())
        .isEqualTo(fixture.feedPath() + "/subscriptions/list?PublisherIdentifier=" + PUBLISHER);
  }

  @Test
  void sendsTheHeadersOfTheContract() throws Exception {
    ok(api.subscriptions());
    assertThat(server.request().headers())
        .containsEntry("Authorization", "Bearer token-1")
        .containsEntry("Accept", "application/json")
        .containsEntry("Accept-Encoding", "gzip")
        .containsEntry("User-Agent", "test/1.0");
  }

  @Test
  void startsASubscriptionWithAnEmptyPost() throws Exception {
    server.answers(
        Reply.json(200, "{\"contentType\":\"DLP.All\",\"status\":\"enabled\",\"webhook\":null}"));

    assertThat(ok(BlockingApi.await(api.api().start(ContentType.DLP))))
        .isEqualTo(new Subscription("DLP.All", true));
    ScriptedServer.Request request = server.request();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target())
        .isEqualTo(
            fixture.feedPath()
                + "/subscriptions/start?contentType=DLP.All&PublisherIdentifier="
                + PUBLISHER);
    assertThat(request.headers()).containsEntry("Content-Length", "0");
  }

  @Test
  void takesASubscriptionThatIsEnabledAlreadyForSuccess() throws Exception {
    server.answers(Reply.error(400, "AF20024"));
    assertThat(ok(BlockingApi.await(api.api().start(ContentType.GENERAL))))
        .isEqualTo(new Subscription("Audit.General", true));
  }

  @Test
  void listsContentWithBothBoundsInUtcAndSeconds() throws Exception {
    server.answers(
        Reply.json(200, "[" + fixture.descriptor("a$1") + "," + fixture.descriptor("b$2") + "]"));

    ContentPage page =
        ok(
            BlockingApi.await(
                api.api()
                    .content(
                        ContentType.EXCHANGE,
                        Instant.parse("2026-08-07T01:02:03.999Z"),
                        Instant.parse("2026-08-08T01:02:03.999Z"))));

    assertThat(page.nextPage()).isEmpty();
    assertThat(page.blobs()).extracting(ContentBlob::contentId).containsExactly("a$1", "b$2");
    ContentBlob blob = page.blobs().get(0);
    assertThat(blob.contentType()).isEqualTo(ContentType.EXCHANGE);
    assertThat(blob.contentCreated()).isEqualTo(Instant.parse("2026-08-07T11:00:00.123Z"));
    assertThat(blob.contentExpiration()).isEqualTo(Instant.parse("2026-08-14T11:00:00.123Z"));
    assertThat(server.request().target())
        .isEqualTo(
            fixture.feedPath()
                + "/subscriptions/content?contentType=Audit.Exchange"
                + "&startTime=2026-08-07T01:02:03&endTime=2026-08-08T01:02:03"
                + "&PublisherIdentifier="
                + PUBLISHER);
  }

  @Test
  void listsNothingAsAnEmptyPage() throws Exception {
    assertThat(ok(fixture.list())).isEqualTo(new ContentPage(List.of(), Optional.empty()));
  }

  @Test
  void refusesAnEmptyBackwardOrOverlongWindowWithoutARequest() {
    Instant start = NOW.minusSeconds(1);
    for (Instant end :
        new Instant[] {
          start, start.plusMillis(1), start.minusSeconds(9), start.plus(Duration.ofSeconds(86_401))
        }) {
      assertThatIllegalArgumentException()
          .as("until %s", end)
          .isThrownBy(() -> BlockingApi.await(api.api().content(ContentType.EXCHANGE, start, end)));
    }
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-07T11:00:00.123Z, 2026-08-07T11:00:00.123Z",
    "2026-08-07T11:00:00.1234567Z, 2026-08-07T11:00:00.1234567Z",
    "2026-08-07T11:00:00, 2026-08-07T11:00:00Z",
    "2026-08-07T11:00:00.5, 2026-08-07T11:00:00.5Z",
    "2026-08-07T11:00:00+00:00, 2026-08-07T11:00:00Z",
    "2026-08-07T13:00:00+02:00, 2026-08-07T11:00:00Z",
    "2026-08-07T11:00Z, 2026-08-07T11:00:00Z",
  })
  void readsTimesAsTheyCome(String written, Instant meant) throws Exception {
    server.answers(
        Reply.json(
            200, "[" + fixture.descriptor("a").replace("2026-08-07T11:00:00.123Z", written) + "]"));
    assertThat(ok(fixture.list()).blobs().get(0).contentCreated()).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"contentExpiration\":null,", "\"contentExpiration\":\"soon\","})
  void assumesSevenDaysWhereNoExpirationIsGiven(String expiration) throws Exception {
    String descriptor =
        fixture
            .descriptor("a")
            .replace("{", "{" + expiration)
            .replace(",\"contentExpiration\":\"2026-08-14T11:00:00.123Z\"", "");
    server.answers(Reply.json(200, "[" + descriptor + "]"));
    assertThat(ok(fixture.list()).blobs().get(0).contentExpiration())
        .isEqualTo(Instant.parse("2026-08-14T11:00:00.123Z"));
  }

  @Test
  void doesNotMindUnknownProperties() throws Exception {
    String more = "{\"new\":{\"deep\":[1,{\"contentId\":\"no\"}]},\"n\":1.5,\"f\":false,";
    server.answers(Reply.json(200, "[" + fixture.descriptor("a").replace("{", more) + "]"));
    assertThat(ok(fixture.list()).blobs()).extracting(ContentBlob::contentId).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"contentId\":\"a\", | '' | entry 1 of the list has no contentId",
        "\"contentId\":\"a\" | \"contentId\":\" \" | entry 1 of the list has no contentId",
        "\"contentId\":\"a\" | \"contentId\":null | entry 1 of the list has no contentId",
        "\"contentUri\" | \"uri\" | entry 1 of the list has no contentUri",
        "/audit/a | /audit/{a | entry 1 of the list has an address that is no URI",
        "\"contentCreated\" | \"created\" | entry 1 of the list has no contentCreated",
        "2026-08-07T11:00:00.123Z | yesterday | entry 1 of the list has an invalid contentCreated",
      })
  void refusesABrokenDescriptorAloneAndReadsTheOthers(String good, String bad, String reason)
      throws Exception {
    String broken = fixture.descriptor("a").replace(good, bad);
    assertThat(broken).isNotEqualTo(fixture.descriptor("a"));
    server.answers(
        Reply.json(
            200,
            "[" + fixture.descriptor("b") + "," + broken + "," + fixture.descriptor("c") + "]"));

    ContentPage page = ok(fixture.list());

    assertThat(page.blobs()).extracting(ContentBlob::contentId).containsExactly("b", "c");
    assertThat(page.refused()).hasSize(1);
    RefusedEntry refused = page.refused().get(0);
    assertThat(refused.reason()).contains(reason);
    assertThat(UTF_8.decode(refused.text()).toString()).isEqualTo(broken);
  }

  @Test
  void identifiesRefusedEntriesByTheirContent() throws Exception {
    String noUri = fixture.descriptor("a").replace("contentUri", "uri");
    String noId = fixture.descriptor("a").replace("contentId", "id");
    String list = "[" + noUri + "," + noId + ",{\"a\":1},7]";
    server.answers(Reply.json(200, list), Reply.json(200, list.replace("00.123Z", "00.124Z")));

    List<String> keys = ok(fixture.list()).refused().stream().map(RefusedEntry::key).toList();

    assertThat(keys).doesNotHaveDuplicates().hasSize(4);
    assertThat(ok(fixture.list()).refused()).extracting(RefusedEntry::key).isEqualTo(keys);
  }

  @Test
  void readsBrokenEntriesByTheirBracketsAlone() throws Exception {
    String good = fixture.descriptor("b");
    server.answers(
        Reply.json(200, "[{\"a\":oops}, " + good + ",{\"b\":\"],}\\\"\" : }\n,{\"c\":[1}},\"d\"]"));

    ContentPage page = ok(fixture.list());

    assertThat(page.blobs()).extracting(ContentBlob::contentId).containsExactly("b");
    assertThat(page.refused().stream().map(entry -> UTF_8.decode(entry.text()).toString().strip()))
        .containsExactly("{\"a\":oops}", "{\"b\":\"],}\\\"\" : }", "{\"c\":[1}}", "\"d\"");
  }

  @Test
  void keepsTheBeginningOfALongEntry() throws Exception {
    String secret = "secret".repeat(20_000);
    String longOne = fixture.descriptor("a").replace("{", "{\"x\":\"" + secret + "\",");
    server.answers(Reply.json(200, "[" + longOne + "," + fixture.descriptor("b") + "]"));

    ContentPage page = ok(fixture.list());

    assertThat(page.blobs()).hasSize(1);
    assertThat(page.refused().get(0).text().remaining())
        .isEqualTo(ListingReader.LONGEST_ENTRY_BYTES);
    assertThat(page.refused().get(0).textBytes()).isEqualTo(longOne.length());
    assertThat(page.refused().get(0).reason()).contains("is longer than");
    assertThat(page.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[,]", "[{},]", "[{},,{}]", "[{}]]", "[{}}]", "[{}", "[{\"a\":\"]", "[\0]"})
  void refusesAMalformedList(String list) throws Exception {
    server.answers(Reply.json(200, list));
    assertThat(failed(fixture.list()).kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
  }

  @Test
  void refusesAPageOfOnlyRefusedEntries() throws Exception {
    String[] entries = new String[ListingReader.MOST_REFUSED + 1];
    Arrays.setAll(entries, Integer::toString);
    server.answers(Reply.json(200, "[" + String.join(",", entries) + "]"));

    assertThat(failed(fixture.list()).reason()).contains("describe no content blob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[null]", "[[]]", "[\"a\"]", "[3]"})
  void refusesEntriesThatAreNoObjects(String list) throws Exception {
    server.answers(Reply.json(200, list));
    assertThat(ok(fixture.list()).refused().get(0).reason())
        .contains("entry 0 of the list is not an object");
  }

  @Test
  void retrievesABlob() throws Exception {
    server.answers(Reply.json(200, "[{\"Id\":\"1\"}]"));
    try (BlobBody body = ok(api.retrieve(fixture.blob()))) {
      assertThat(new String(body.stream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("[{\"Id\":\"1\"}]");
    }
  }

  @Test
  void knowsTheClocksDifferenceFromTheLastAnswer() throws Exception {
    assertThat(api.serverClockSkew()).isZero();
    server.answers(
        Reply.json(200, "[]").header("Date", "Fri, 07 Aug 2026 12:05:00 GMT"),
        Reply.error(400, "AF20030").header("date", "Fri, 07 Aug 2026 11:58:00 GMT"),
        Reply.json(200, "[]").header("Date", "some day"));

    ok(fixture.list());
    assertThat(api.serverClockSkew()).isEqualTo(Duration.ofMinutes(5));
    assertThat(failed(fixture.list()).reason()).contains("clock is 120 s behind this machine's");
    assertThat(api.serverClockSkew()).isEqualTo(Duration.ofMinutes(-2));
    ok(fixture.list());
    assertThat(api.serverClockSkew()).isEqualTo(Duration.ofMinutes(-2));
  }

  @Test
  void refusesAClientThatWouldFollowRedirects() {
    HttpClient follows =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.api(ApiFixture.PATIENT, follows, fixture.tokens));
  }

  @Test
  void refusesAClientWithAnAuthenticator() {
    HttpClient authenticates =
        HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.api(ApiFixture.PATIENT, authenticates, fixture.tokens))
        .withMessageContaining("authenticator");
  }
}
