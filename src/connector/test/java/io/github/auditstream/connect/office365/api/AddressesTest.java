package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiFixture.PUBLISHER;
import static io.github.auditstream.connect.office365.api.ApiFixture.failed;
import static io.github.auditstream.connect.office365.api.ApiFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, and where they never go. */
class AddressesTest {
  private final ApiFixture fixture = new ApiFixture();
  private final ScriptedServer server = fixture.server;
  private final BlockingApi api = fixture.api;

  AddressesTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void sendsThePublisherWithEveryRequest() throws Exception {
    server.answers(
        request -> request.method().equals("POST") ? Reply.json(200, "{}") : Reply.json(200, "[]"));

    ok(api.subscriptions());
    ok(BlockingApi.await(api.api().start(ContentType.EXCHANGE)));
    ok(fixture.list());
    ok(
        BlockingApi.await(
            api.api().nextPage(ContentType.EXCHANGE, address("/api/v1/x?nextPage=7"))));
    ok(api.retrieve(fixture.blob())).close();

    assertThat(server.requests())
        .hasSize(5)
        .allSatisfy(
            request ->
                assertThat(request.parameters())
                    .filteredOn(parameter -> parameter.contains("PublisherIdentifier"))
                    .containsExactly("PublisherIdentifier=" + PUBLISHER));
  }

  @ParameterizedTest
  @CsvSource({
    "/audit/a$b$c, /audit/a$b$c?PublisherIdentifier=P",
    "/audit/a%24b%2Fc, /audit/a%24b%2Fc?PublisherIdentifier=P",
    "/audit/a?, /audit/a?PublisherIdentifier=P",
    "/audit/a?x=1, /audit/a?x=1&PublisherIdentifier=P",
    "/audit/a?x=1&, /audit/a?x=1&PublisherIdentifier=P",
    "/audit/a?x=%2B+$&y, /audit/a?x=%2B+$&y&PublisherIdentifier=P",
    "/audit/a?notPublisherIdentifier=1, /audit/a?notPublisherIdentifier=1&PublisherIdentifier=P",
    "/audit/a?PublisherIdentifier=1, /audit/a?PublisherIdentifier=1",
    "/audit/a?x=1&publisherIDENTIFIER=1&y=2, /audit/a?x=1&publisherIDENTIFIER=1&y=2",
    "/audit/a#end, /audit/a?PublisherIdentifier=P",
  })
  void addsThePublisherOnceAndChangesNothingElse(String given, String sent) throws Exception {
    ok(api.retrieve(fixture.blob(address(given)))).close();
    assertThat(server.request().target()).isEqualTo(sent.replace("=P", "=" + PUBLISHER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NextPageUri", "nextpageuri", "NEXTPAGEURI", "Nextpageuri"})
  void findsTheNextPageWhateverTheHeadersCase(String header) throws Exception {
    URI next = address("/api/v1/feed?CONTENTTYPE=Audit.Exchange&nextPage=2015R0229");
    server.answers(
        Reply.json(200, "[" + fixture.descriptor("a") + "]").header(header, next.toString()),
        Reply.json(200, "[" + fixture.descriptor("b") + "]"));

    ContentPage first = ok(fixture.list());
    assertThat(first.nextPage()).contains(next);
    ContentPage second = ok(BlockingApi.await(api.api().nextPage(ContentType.EXCHANGE, next)));
    assertThat(second.nextPage()).isEmpty();
    assertThat(second.blobs().get(0).contentType()).isEqualTo(ContentType.EXCHANGE);
    assertThat(server.requests().get(1).target())
        .isEqualTo(
            "/api/v1/feed?CONTENTTYPE=Audit.Exchange&nextPage=2015R0229&PublisherIdentifier="
                + PUBLISHER);
  }

  @Test
  void takesABlankNextPageForNone() throws Exception {
    server.answers(Reply.json(200, "[]").header("NextPageUri", " "));
    assertThat(ok(fixture.list()).nextPage()).isEmpty();
  }

  @Test
  void refusesANextPageThatIsThisPage() throws Exception {
    URI page = address("/api/v1/feed?nextPage=7");
    server.answers(Reply.json(200, "[]").header("NextPageUri", page.toString()));
    ApiOutcome.Failed<ContentPage> failure =
        failed(BlockingApi.await(api.api().nextPage(ContentType.DLP, page)));
    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
    assertThat(failure.reason()).contains("leads to the same page again");
  }

  @Test
  void refusesABlobThatIsSaidToGoOnElsewhere() throws Exception {
    server.answers(Reply.json(200, "[{}]").header("NextPageUri", server.root() + "/more"));
    ApiOutcome.Failed<BlobBody> failure = failed(api.retrieve(fixture.blob()));
    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
    assertThat(failure.reason()).contains("further page");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://other.example:PORT/x",
        "http://localhost.example:PORT/x",
        "http://127.0.0.1:PORT/x",
        "https://localhost:PORT/x",
        "http://localhost/x",
        "http://localhost:1/x",
        "http://user@localhost:PORT/x",
        "http://localhost:PORT@other.example/x",
        "//other.example/x",
        "//localhost:PORT/x",
        "/x",
        "x",
        "mailto:someone",
        "file:///etc/passwd",
        "http:///x",
        "http://other_example/x",
      })
  void asksNoOtherHost(String template) throws Exception {
    URI foreign = URI.create(template.replace("PORT", "" + server.root().getPort()));
    for (ApiOutcome<?> outcome :
        new ApiOutcome<?>[] {
          api.retrieve(fixture.blob(foreign)),
          BlockingApi.await(api.api().nextPage(ContentType.EXCHANGE, foreign))
        }) {
      ApiOutcome.Failed<?> failure = failed(outcome);
      assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
      assertThat(failure.status()).isZero();
      assertThat(failure.reason())
          .contains("not the configured management endpoint " + server.root())
          .contains("no token went there");
    }
    assertThat(server.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "http://localhost:1", "//evil.example"})
  void refusesAnEntryOrAPageThatNamesAnotherHost(String host) throws Exception {
    String foreign = fixture.descriptor("a").replace(server.root().toString(), host);
    server.answers(
        Reply.json(200, "[" + fixture.descriptor("b") + "," + foreign + "]"),
        Reply.json(200, "[]").header("NextPageUri", host + "/next"));

    ContentPage page = ok(fixture.list());
    assertThat(page.blobs()).extracting(ContentBlob::contentId).containsExactly("b");
    assertThat(page.refused()).hasSize(1);
    assertThat(page.refused().get(0).reason()).contains("no token went there");
    assertThat(page.refused().get(0).contentUri()).isEmpty();

    ApiOutcome.Failed<ContentPage> byHeader = failed(fixture.list());
    assertThat(byHeader.kind()).isEqualTo(ApiOutcome.Kind.MALFORMED);
    assertThat(byHeader.reason()).contains("NextPageUri").contains(URI.create(host).getHost());
  }

  @Test
  void doesNotMindTheCaseOfItsOwnHost() throws Exception {
    URI upper = URI.create("HTTP://LOCALHOST:" + server.root().getPort() + "/audit/a");
    ok(api.retrieve(fixture.blob(upper))).close();
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    try (ScriptedServer elsewhere = new ScriptedServer()) {
      server.answers(Reply.json(status, "").header("Location", elsewhere.root() + "/login"));
      ApiOutcome.Failed<BlobBody> failure = failed(api.retrieve(fixture.blob()));
      assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure.reason()).contains("redirect, which is not followed");
      assertThat(elsewhere.connections()).isZero();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://manage.office.com",
        "https://manage.office.com/",
        "https://manage.office.com:8443",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
      })
  void acceptsTheseEndpoints(String endpoint) {
    assertThatCode(() -> settings(endpoint)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://manage.office.com",
        "http://127.0.0.1.example",
        "http://10.0.0.1",
        "ftp://localhost",
        "https://user:secret@manage.office.com",
        "https://manage.office.com/api",
        "https://manage.office.com?x",
        "https://manage.office.com#x",
        "manage.office.com",
        "//manage.office.com",
      })
  void refusesTheseEndpoints(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(endpoint))
        .withMessageContaining("management endpoint")
        .withMessageNotContaining("secret");
  }

  @Test
  void refusesATimeoutOfZero() {
    URI root = URI.create("https://manage.office.com");
    UUID id = UUID.randomUUID();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiSettings(root, id, id, Duration.ZERO, "x"));
  }

  private static ApiSettings settings(String endpoint) {
    UUID id = UUID.randomUUID();
    return new ApiSettings(URI.create(endpoint), id, id, Duration.ofSeconds(1), "x");
  }

  private URI address(String pathAndQuery) {
    return URI.create(server.root() + pathAndQuery);
  }
}
