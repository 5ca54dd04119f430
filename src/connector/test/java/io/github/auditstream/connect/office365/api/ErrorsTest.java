package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiFixture.PATIENT;
import static io.github.auditstream.connect.office365.api.ApiFixture.failed;
import static io.github.auditstream.connect.office365.api.ApiFixture.ok;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.FORBIDDEN;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.GONE;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.MALFORMED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.THROTTLED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.UNAUTHORISED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.Tenants;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What failed requests become. */
class ErrorsTest {
  private final ApiFixture fixture = new ApiFixture();
  private final ScriptedServer server = fixture.server;
  private final BlockingApi api = fixture.api;

  ErrorsTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void saysWhatWhereAndWhyAndNothingThatTheServerWrote() throws Exception {
    server.answers(Reply.error(400, "AF20022").header("MISE-Correlation-Id", "abc-123"));

    ApiOutcome.Failed<ContentPage> failure = failed(fixture.list());

    assertThat(failure.reason())
        .isEqualTo(
            "Listing content (tenant 11111111-2222-3333-4444-555555555555, content type"
                + " Audit.Exchange): there is no subscription for the content type. The connector"
                + " starts one; the first content can take twelve hours (HTTP 400, AF20022,"
                + " correlation id abc-123).");
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.code()).isEqualTo("AF20022");
    assertThat(failure.serverAsks()).isEmpty();
  }

  @Test
  void namesTheBlobThatCouldNotBeRetrieved() throws Exception {
    server.answers(Reply.error(404, "AF20050"));
    assertThat(failed(api.retrieve(fixture.blob())).reason())
        .contains("contentId 2026$08$audit_exchange$na0030")
        .contains("Audit.Exchange");
  }

  @Test
  void doesNotRepeatAnOddCorrelationId() throws Exception {
    server.answers(Reply.error(500, "AF50000").header("request-id", "user@contoso.com secret"));
    assertThat(failed(fixture.list()).reason()).doesNotContain("contoso").contains("(HTTP 500");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AF429",
    "429, AF429",
    "403, 429",
    "400, 429",
    "429, ''",
    "429, Too many requests",
    "200, AF429",
    "503, AF429",
  })
  void knowsThrottlingInAllItsForms(int status, String code) throws Exception {
    server.answers(Reply.error(status, code));
    for (ApiOutcome<?> outcome : List.of(fixture.list(), api.retrieve(fixture.blob()))) {
      assertThat(failed(outcome).kind()).isEqualTo(THROTTLED);
    }
    assertThat(fixture.quota.requestsPerMinuteNow()).isLessThan(2_000);
    assertThat(fixture.quota.reserve()).isGreaterThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":429,\"message\":\"slow\"}}",
        "{\"statusCode\":429,\"message\":\"Rate limit is exceeded.\"}",
        "{\"code\":\"429\"}",
        "{\"Error\":{\"Message\":\"no (AF429)\"}}",
        "{\"error\":\"AF429\"}",
        "{\"error\":{\"inner\":{\"code\":\"AF50000\"},\"code\":\"x AF429 y\"}",
        "\ufeff {\"odata.error\":{\"code\":\"AF429\",\"message\":{\"value\":\"AF50000\"}}}",
      })
  void findsTheCodeWhereverItStands(String body) throws Exception {
    server.answers(Reply.json(403, body));
    assertThat(failed(api.subscriptions()).kind()).isEqualTo(THROTTLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "{",
        "[]",
        "{\"error\":null}",
        "{\"error\":{\"code\":\"secret AF\",\"message\":{}}}",
        "{\"error\":[{\"code\":\"AF429\"}]}",
        "{\"Message\":\"Authorization has been denied\"}",
        "{\"error\":{\"code\":\"x4295-429-1\",\"message\":\"429\"}}",
      })
  void classifiesByTheStatusWhereThereIsNoCode(String body) throws Exception {
    server.answers(Reply.json(403, body));
    ApiOutcome.Failed<List<Subscription>> failure = failed(api.subscriptions());
    assertThat(failure.kind()).isEqualTo(FORBIDDEN);
    assertThat(failure.code()).isEmpty();
    assertThat(failure.reason()).doesNotContain("secret");
  }

  @Test
  void readsNoMoreOfAnErrorThanItsBeginning() throws Exception {
    String endless = "{\"error\":{\"code\":\"AF20022\",\"message\":\"" + "x".repeat(9_000_000);
    server.answers(Reply.json(400, endless).chunked());
    assertThat(failed(fixture.list()).code()).isEqualTo("AF20022");
  }

  @Test
  void advisesToTurnAuditingOn() throws Exception {
    server.answers(
        Reply.json(
            400,
            "{\"error\":{\"code\":\"StartSubscription [TenantId=1,ContentType=x] failed."
                + " Exception\",\"message\":\"Microsoft.X.DataServiceException: Tenant 1 does not"
                + " exist.\"}}"));
    ApiOutcome.Failed<Subscription> failure =
        failed(BlockingApi.await(api.api().start(ContentType.EXCHANGE)));
    assertThat(failure.kind()).isEqualTo(FORBIDDEN);
    assertThat(failure.code()).isEqualTo("DataServiceException");
    assertThat(failure.reason()).contains("Turn auditing on");
  }

  @Test
  void classifiesAnErrorObjectWithStatus200() throws Exception {
    server.answers(
        Reply.error(200, "AF20023"),
        Reply.error(200, "AF20051").gzip(),
        Reply.error(200, "AF20022"),
        Reply.error(200, "E1"));
    assertThat(failed(fixture.list()).kind()).isEqualTo(ApiOutcome.Kind.NOT_SUBSCRIBED);
    assertThat(failed(api.retrieve(fixture.blob())).kind()).isEqualTo(ApiOutcome.Kind.EXPIRED);
    assertThat(failed(BlockingApi.await(api.api().start(ContentType.DLP))).kind())
        .isEqualTo(ApiOutcome.Kind.NOT_SUBSCRIBED);
    assertThat(failed(api.retrieve(fixture.blob())).kind()).isEqualTo(MALFORMED);
  }

  @Test
  void doesNotTakeAProxysPageForAnAnswerOfTheApi() throws Exception {
    server.answers(Reply.html(403), Reply.html(404), Reply.html(200), Reply.json(404, ""));
    ApiOutcome.Failed<BlobBody> failure = failed(api.retrieve(fixture.blob()));
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure.reason()).contains("proxy or firewall").doesNotContain("secret");
    assertThat(failed(api.retrieve(fixture.blob())).kind()).isEqualTo(UNAVAILABLE);
    assertThat(failed(fixture.list()).kind()).isEqualTo(MALFORMED);
    assertThat(failed(api.retrieve(fixture.blob())).kind()).isEqualTo(GONE);
  }

  @ParameterizedTest
  @CsvSource({
    "7, , 7",
    " 7 , , 7",
    "86400, , 3600",
    "999999999999, , ",
    "0, , ",
    "-1, , ",
    "soon, , ",
    "1.5, , ",
    "'Fri, 07 Aug 2026 12:00:30 GMT', , 30",
    "'Fri, 07 Aug 2026 12:00:30 GMT', 'Fri, 07 Aug 2026 12:00:10 GMT', 20",
    "'Fri, 07 Aug 2026 12:00:00 GMT', 'Fri, 07 Aug 2026 12:00:10 GMT', ",
    "'Sat, 08 Aug 2026 12:00:00 GMT', 'Fri, 07 Aug 2026 12:00:10 GMT', 3600",
  })
  void readsHowLongTheServerAsksToWait(String retryAfter, String date, Long seconds)
      throws Exception {
    Reply reply = Reply.error(429, "AF429").header("retry-after", retryAfter);
    server.answers(date == null ? reply : reply.header("Date", date));
    assertThat(failed(fixture.list()).serverAsks())
        .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
  }

  @Test
  void passesOnTheServersRetryAfterWithOtherFailuresToo() throws Exception {
    server.answers(Reply.json(503, "").header("Retry-After", "120"));
    assertThat(failed(fixture.list()).serverAsks()).contains(Duration.ofMinutes(2));
    assertThat(fixture.quota.reserve()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void triesAFreshTokenOnceWhereOneIsRefused() throws Exception {
    server.answers(Reply.json(401, ""), Reply.json(200, "[]"));
    ok(api.subscriptions());
    assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void givesUpWhereTheFreshTokenIsRefusedToo() throws Exception {
    server.answers(
        Reply.json(401, "{\"Message\":\"Authorization has been denied for this request.\"}"));
    ApiOutcome.Failed<List<Subscription>> failure = failed(api.subscriptions());
    assertThat(failure.kind()).isEqualTo(UNAUTHORISED);
    assertThat(failure.reason()).contains("and so was a fresh one").doesNotContain("denied");
    assertThat(server.requests()).hasSize(2);
    assertThat(fixture.tokens.made()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 400, 200})
  void takesATokenWithoutTheRoleForAMissingPermission(int status) throws Exception {
    server.answers(Reply.error(status, "AF10001"));
    ApiOutcome.Failed<ContentPage> failure = failed(fixture.list());
    assertThat(failure.kind()).isEqualTo(FORBIDDEN);
    assertThat(failure.code()).isEqualTo("AF10001");
    assertThat(failure.reason()).contains("ActivityFeed.Read").contains("consent");
    assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void asksForOneFreshTokenWhereManyAreRefusedAtOnce() throws Exception {
    int many = 20;
    CyclicBarrier together = new CyclicBarrier(many);
    server.answers(
        request -> {
          if (!"Bearer token-1".equals(request.headers().get("Authorization"))) {
            return Reply.json(200, "[]");
          }
          try {
            together.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return Reply.json(401, "");
        });
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<ApiOutcome<List<Subscription>>>> calls =
          Stream.generate(() -> threads.submit(api::subscriptions)).limit(many).toList();
      for (Future<ApiOutcome<List<Subscription>>> call : calls) {
        ok(call.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(fixture.tokens.made()).isEqualTo(2);
    assertThat(server.requests()).hasSize(2 * many);
  }

  @Test
  void passesOnWhyThereIsNoToken() throws Exception {
    TokenException refused =
        new TokenException(
            TokenException.Kind.REFUSED, "AADSTS7000215", "the client secret is wrong", null);
    TokenException unavailable =
        new TokenException(TokenException.Kind.UNAVAILABLE, null, "Entra ID is away", null);

    ApiOutcome.Failed<ContentPage> failure =
        failed(BlockingApi.await(without(refused).api().nextPage(ContentType.DLP, server.root())));
    assertThat(failure.kind()).isEqualTo(UNAUTHORISED);
    assertThat(failure.status()).isZero();
    assertThat(failure.code()).isEqualTo("AADSTS7000215");
    assertThat(failure.reason())
        .contains("the client secret is wrong")
        .contains(ApiFixture.TENANT.toString())
        .contains("DLP.All");
    ApiOutcome.Failed<List<Subscription>> away = failed(without(unavailable).subscriptions());
    assertThat(away.kind()).isEqualTo(UNAVAILABLE);
    assertThat(away.code()).isEmpty();
    assertThat(server.connections()).isZero();
  }

  @Test
  void passesOnWhyThereIsNoFreshToken() throws Exception {
    TokenSource tokens =
        new TokenSource() {
          @Override
          public CompletableFuture<AccessToken> token() {
            return CompletableFuture.completedFuture(new AccessToken("old", ApiFixture.NOW));
          }

          @Override
          public CompletableFuture<AccessToken> instead(AccessToken refused) {
            return CompletableFuture.failedFuture(
                new TokenException(TokenException.Kind.UNAVAILABLE, null, "away", null));
          }
        };
    server.answers(Reply.json(401, ""));
    assertThat(
            failed(fixture.api(PATIENT, HttpClient.newHttpClient(), tokens).subscriptions()).kind())
        .isEqualTo(UNAVAILABLE);
  }

  @Test
  void passesOnRetryAfterOfEntraId() throws Exception {
    try (TokenEndpoint entra = new TokenEndpoint(TestCertificate.localhost())) {
      entra.next(429, "{}", "Retry-After", "300");
      TokenSource tokens =
          TokenSource.create(
              Tenants.tenant(Tenants.SECRET),
              Tenants.cloud(entra.authority()),
              () -> Tenants.SECRET,
              Tenants.http(),
              PATIENT,
              Runnable::run,
              fixture.timer,
              Clock.systemUTC());

      ApiOutcome.Failed<?> failure =
          failed(fixture.api(PATIENT, HttpClient.newHttpClient(), tokens).subscriptions());

      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
      assertThat(failure.serverAsks()).contains(Duration.ofMinutes(5));
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void doesNotQuoteATokenThatIsNotAValidHeader() throws Exception {
    TokenSource tokens =
        new TokenSource() {
          @Override
          public CompletableFuture<AccessToken> token() {
            return CompletableFuture.completedFuture(
                new AccessToken("secret\n", ApiFixture.NOW.plusSeconds(60)));
          }

          @Override
          public CompletableFuture<AccessToken> instead(AccessToken refused) {
            return token();
          }
        };
    ApiOutcome.Failed<?> failure =
        failed(fixture.api(PATIENT, HttpClient.newHttpClient(), tokens).subscriptions());
    assertThat(failure.reason()).contains("cannot be written").doesNotContain("secret");
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    server.close();
    ApiOutcome.Failed<ContentPage> failure = failed(fixture.list());
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure.status()).isZero();
    assertThat(failure.reason()).contains("the connection was refused");
  }

  @Test
  void doesNotQuoteAnAnswerThatIsNoHttp() throws Exception {
    server.answers(Reply.json(200, "[]").header("Content-Length", "secret"));
    assertThat(failed(fixture.list()).kind()).isEqualTo(UNAVAILABLE);
    assertThat(failed(fixture.list()).reason()).doesNotContain("secret");
  }

  @Test
  void neverShowsATokenOrWhatTheServerWrote() throws Exception {
    for (int status : new int[] {200, 301, 400, 401, 403, 404, 407, 429, 500}) {
      server.answers(
          Reply.error(status, "AF99999")
              .header("Location", "https://example.com/token-1")
              .header("Proxy-Authenticate", "secret")
              .header("WWW-Authenticate", "secret"));
      for (ApiOutcome<?> outcome :
          List.of(
              fixture.list(),
              api.retrieve(fixture.blob()),
              BlockingApi.await(api.api().start(ContentType.DLP)))) {
        assertThat(outcome.toString()).doesNotContain("secret").doesNotContain("token-");
      }
    }
  }

  private BlockingApi without(TokenException why) {
    TokenSource none =
        new TokenSource() {
          @Override
          public CompletableFuture<AccessToken> token() {
            return CompletableFuture.failedFuture(why);
          }

          @Override
          public CompletableFuture<AccessToken> instead(AccessToken refused) {
            return CompletableFuture.failedFuture(why);
          }
        };
    return fixture.api(PATIENT, HttpClient.newHttpClient(), none);
  }

  private List<String> authorizations() {
    return server.requests().stream()
        .map(request -> request.headers().getOrDefault("Authorization", ""))
        .toList();
  }
}
