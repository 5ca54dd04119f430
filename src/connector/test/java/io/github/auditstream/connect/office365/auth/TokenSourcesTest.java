package io.github.auditstream.connect.office365.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.Credential.CertificateType;
import io.github.auditstream.connect.office365.fixtures.SettableClock;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import io.github.auditstream.connect.office365.model.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TokenSourcesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TokenEndpoint entra = new TokenEndpoint(TestCertificate.localhost());
  private final SettableClock clock = new SettableClock(Instant.now());
  private final Path folder;

  TokenSourcesTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    entra.close();
  }

  @Test
  void asksWithAClientSecret() throws Exception {
    AccessToken token = source(Tenants.SECRET).token();

    assertThat(token.reveal()).isEqualTo("marker-token-1");
    assertThat(token.expiresOn()).isAfter(clock.instant().plus(Duration.ofMinutes(50)));
    assertThat(entra.asked()).hasSize(1);
    assertThat(entra.asked().get(0).method()).isEqualTo("POST");
    assertThat(entra.asked().get(0).path())
        .isEqualTo("/11111111-1111-4111-8111-111111111111/oauth2/v2.0/token");
    assertThat(entra.asked().get(0).form())
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("client_id", Tenants.APP)
        .containsEntry("client_secret", "marker-secret~with+odd&characters=");
    assertThat(entra.asked().get(0).form().getOrDefault("scope", "").split(" "))
        .contains("https://manage.office.com/.default");
  }

  @Test
  void signsWithAKeyStoresCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.localhost();

    source(keyStore(certificate.keyStore())).token();

    verifyAssertion(entra.asked().get(0).form(), certificate.certificate());
  }

  @Test
  void signsWithAPemCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.other();
    Path file =
        Files.writeString(
            folder.resolve("app.pem"), certificate.certificatePem() + certificate.keyPem());

    source(
            new Credential.ClientCertificate(
                file, CertificateType.PEM, Optional.empty(), Optional.empty()))
        .token();

    verifyAssertion(entra.asked().get(0).form(), certificate.certificate());
  }

  @Test
  void showsAFederatedAssertionAsItIsInTheFileNow() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "first.assertion.x\n");
    BlockingTokens source = source(new Credential.FederatedToken(file));

    AccessToken first = source.token();
    Files.writeString(file, "second.assertion.x");
    source.instead(first);

    assertThat(entra.asked())
        .extracting(asked -> asked.form().getOrDefault("client_assertion", "none"))
        .containsExactly("first.assertion.x", "second.assertion.x");
    assertThat(entra.asked().get(0).form())
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .containsEntry("client_id", Tenants.APP);
  }

  @Test
  void takesUpARotatedSecret() throws Exception {
    AtomicReference<Credential> current = new AtomicReference<>(Tenants.SECRET);
    BlockingTokens source = source(current::get);

    AccessToken first = source.token();
    current.set(new Credential.ClientSecret(new Secret("rotated")));
    source.instead(first);

    assertThat(entra.asked())
        .extracting(asked -> asked.form().getOrDefault("client_secret", "none"))
        .containsExactly("marker-secret~with+odd&characters=", "rotated");
  }

  @Test
  void takesUpARotatedCertificateFile() throws Exception {
    Path file =
        Files.copy(TestCertificate.localhost().keyStore(), folder.resolve("certificate.p12"));
    BlockingTokens source = source(keyStore(file));

    AccessToken first = source.token();
    Files.write(file, Files.readAllBytes(TestCertificate.other().keyStore()));
    source.instead(first);

    verifyAssertion(entra.asked().get(0).form(), TestCertificate.localhost().certificate());
    verifyAssertion(entra.asked().get(1).form(), TestCertificate.other().certificate());
  }

  @Test
  void asksOnceForManyCalls() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);

    AccessToken first = source.token();
    for (int call = 0; call < 1000; call++) {
      assertThat(source.token()).isSameAs(first);
    }

    assertThat(entra.asked()).hasSize(1);
  }

  @Test
  void asksOnceForManyCallersAtOnce() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);

    assertThat(twentyAtOnce(source::token)).containsOnly(source.token());
    assertThat(entra.asked()).hasSize(1);
  }

  @Test
  void asksOnceForManyRefusalsAtOnce() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken refused = source.token();

    List<AccessToken> given = twentyAtOnce(() -> source.instead(refused));

    assertThat(given).hasSize(20).containsOnly(source.token()).doesNotContain(refused);
    assertThat(entra.asked()).hasSize(2);
  }

  @Test
  void givesTheCurrentTokenInsteadOfAnOlderOne() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken first = source.token();
    AccessToken second = source.instead(first);

    assertThat(source.instead(first)).isSameAs(second);
    assertThat(entra.asked()).hasSize(2);
  }

  @Test
  void renewsATokenThatIsAboutToEnd() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken first = source.token();

    clock.set(first.expiresOn().minus(Duration.ofMinutes(5)).minusSeconds(1));
    assertThat(source.token()).isSameAs(first);
    clock.set(first.expiresOn().minus(Duration.ofMinutes(5)));
    assertThat(source.token().reveal()).isEqualTo("marker-token-2");
  }

  @Test
  void renewsATokenThatHasEnded() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken first = source.token();

    clock.set(first.expiresOn().plusSeconds(1));

    assertThat(source.token().reveal()).isEqualTo("marker-token-2");
  }

  @Test
  void usesATokenToItsEndWhileEntraIdIsAway() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken first = source.token();
    clock.set(first.expiresOn().minus(Duration.ofMinutes(2)));
    entra.next(503, "");

    assertThat(source.token()).isSameAs(first);
    assertThat(source.token()).as("no second try within the pause").isSameAs(first);
    assertThat(entra.asked()).hasSize(2);

    clock.advance(Duration.ofSeconds(31));
    assertThat(source.token().reveal()).isEqualTo("marker-token-2");
  }

  /** One content type or blob can be refused with a token that is good for all others. */
  @Test
  void keepsATokenThatOneCallerWasRefusedWithWhileEntraIdIsAway() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken first = source.token();
    entra.next(503, "");

    TokenException away = failure(() -> source.instead(first));

    assertThat(away.kind()).isEqualTo(TokenException.Kind.UNAVAILABLE);
    assertThat(source.token()).isSameAs(first);
    assertThat(entra.asked()).hasSize(2);
    assertThat(source.instead(first).reveal()).isEqualTo("marker-token-2");
    assertThat(source.token().reveal()).isEqualTo("marker-token-2");
  }

  @Test
  void failsWaitingCallersWhereNoThreadCanBeStarted() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    AccessToken token = new AccessToken("t", clock.instant().plus(Duration.ofHours(1)));
    RenewingTokenSource source =
        new RenewingTokenSource(
            () -> token,
            work -> {
              if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              work.run();
            },
            clock);
    assertThat(source.token()).isCompletedExceptionally();

    full.set(false);

    assertThat(source.token()).isCompletedWithValue(token);
  }

  @Test
  void refusesATokenThatIsNotAValidHeader() throws Exception {
    entra.next(
        200,
        "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"marker-token\\n\"}");

    TokenException refused = failure(source(Tenants.SECRET)::token);

    assertThat(refused.kind()).isEqualTo(TokenException.Kind.UNAVAILABLE);
    assertThat(refused).hasMessageNotContaining("marker");
  }

  @Test
  void pausesRequestsToEntraIdForAsLongAsItAsks() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    entra.next(429, "{}", "Retry-After", "120");
    assertThat(failure(source::token).serverAsks()).contains(Duration.ofMinutes(2));

    clock.advance(Duration.ofSeconds(100));
    assertThat(failure(source::token).serverAsks()).contains(Duration.ofSeconds(20));
    assertThat(entra.asked()).as("by whichever feed of the tenant").hasSize(1);

    clock.advance(Duration.ofSeconds(20));
    assertThat(source.token().reveal()).startsWith("marker-token-");
  }

  @Test
  void pausesRequestsToEntraIdNoLongerWhereTheClockLeapsBack() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    entra.next(429, "{}", "Retry-After", "120");
    assertThat(failure(source::token).serverAsks()).isPresent();

    clock.advance(Duration.ofDays(-1));

    assertThat(source.token().reveal()).startsWith("marker-token-");
  }

  @Test
  void letsOthersGoOnWhileOneCallerWaitsForAnotherToken() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken first = source.token();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    entra.next(
        exchange -> {
          asked.countDown();
          await(over);
          TokenEndpoint.answer(exchange, 503, "");
        });
    FutureTask<TokenException> refused =
        new FutureTask<>(() -> failure(() -> source.instead(first)));
    new Thread(refused, "refused").start();
    await(asked);

    assertThat(source.token()).isSameAs(first);

    over.countDown();
    assertThat(refused.get().kind()).isEqualTo(TokenException.Kind.UNAVAILABLE);
  }

  @Test
  void throwsOnceTheTokenHasEndedAndEntraIdIsAway() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    AccessToken first = source.token();
    clock.set(first.expiresOn());
    entra.next(503, "");

    assertThat(failure(source::token).kind()).isEqualTo(TokenException.Kind.UNAVAILABLE);
  }

  @Test
  void recoversAfterARefusal() throws Exception {
    BlockingTokens source = source(Tenants.SECRET);
    entra.nextRefuses(401, "invalid_client", 7000222);

    assertThat(failure(source::token).code()).contains("AADSTS7000222");
    assertThat(source.token().reveal()).isEqualTo("marker-token-1");
  }

  @Test
  void saysWhichFileCannotBeUsedWithoutAskingEntraId() throws Exception {
    TokenException gone = failure(source(keyStore(folder.resolve("gone.p12")))::token);
    assertThat(gone.kind()).isEqualTo(TokenException.Kind.REFUSED);
    assertThat(gone.setting()).contains("client.certificate.location");
    assertThat(gone).hasMessageContainingAll("contoso", "gone.p12", "cannot be read");

    TokenException noAssertion =
        failure(source(new Credential.FederatedToken(folder.resolve("none")))::token);
    assertThat(noAssertion.setting()).contains("client.assertion.location");

    BlockingTokens ended = source(keyStore(TestCertificate.localhost().keyStore()));
    clock.set(TestCertificate.localhost().certificate().getNotAfter().toInstant().plusSeconds(1));
    assertThat(failure(ended::token)).hasMessageContaining("that ended on");
    assertThat(entra.asked()).isEmpty();
  }

  @Test
  void saysThatTheCredentialCannotBeRead() {
    TokenException unread =
        failure(
            source(
                    () -> {
                      throw new ConfigException("marker-of-a-provider");
                    })
                ::token);

    assertThat(unread.kind()).isEqualTo(TokenException.Kind.REFUSED);
    assertThat(unread)
        .hasMessageContainingAll("contoso", "ConfigException", "config provider")
        .hasMessageNotContaining("marker");
  }

  @Test
  void givesUpOnAnEndpointThatDoesNotAnswer() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    entra.next(exchange -> await(end));

    TokenException silent = failure(source(() -> Tenants.SECRET, Duration.ofMillis(200))::token);
    end.countDown();

    assertThat(silent.kind()).isEqualTo(TokenException.Kind.UNAVAILABLE);
    assertThat(silent).hasMessageContaining("request.timeout.ms");
  }

  @Test
  void givesUpOnAnAnswerThatStalls() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    entra.next(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(end);
        });

    TokenException stalled = failure(source(() -> Tenants.SECRET, Duration.ofMillis(500))::token);
    end.countDown();

    assertThat(stalled.kind()).isEqualTo(TokenException.Kind.UNAVAILABLE);
  }

  @Test
  void canBeInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    entra.next(
        exchange -> {
          asked.countDown();
          await(end);
        });
    BlockingTokens source = source(Tenants.SECRET);
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> interrupted =
          caller.submit(
              () -> {
                TokenException e = failure(source::token);
                return e.getMessage() != null
                    && e.getMessage().contains("interrupted")
                    && Thread.currentThread().isInterrupted();
              });
      asked.await();
      caller.shutdownNow();

      assertThat(interrupted.get()).isTrue();
    } finally {
      end.countDown();
      caller.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void readsNothingButTheTokenOfAnAnswer() throws Exception {
    entra.next(
        200,
        "{\"id_token\":\"marker\",\"client_info\":\"marker\",\"scope\":[1],\"expires_in\":\"3599\","
            + "\"access_token\":\"good\",\"access_token\":\"second\"}");

    assertThat(source(Tenants.SECRET).token().reveal()).isEqualTo("good");
  }

  @Test
  void doesNotPassAnInvalidJwt() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "marker this is no token");

    assertThatThrownBy(source(new Credential.FederatedToken(file))::token)
        .hasMessageContaining("holds no JSON Web Token")
        .hasMessageNotContaining("marker");
  }

  private interface Call {
    AccessToken token() throws TokenException;
  }

  private static TokenException failure(Call call) {
    return Objects.requireNonNull(catchThrowableOfType(TokenException.class, call::token));
  }

  private static List<AccessToken> twentyAtOnce(Call call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(20);
    ExecutorService callers = Executors.newFixedThreadPool(20);
    try {
      List<Future<AccessToken>> calls = new ArrayList<>();
      for (int caller = 0; caller < 20; caller++) {
        calls.add(
            callers.submit(
                () -> {
                  start.await();
                  return call.token();
                }));
      }
      List<AccessToken> tokens = new ArrayList<>();
      for (Future<AccessToken> each : calls) {
        tokens.add(each.get());
      }
      return tokens;
    } finally {
      callers.shutdownNow();
    }
  }

  private BlockingTokens source(Credential credential) {
    return source(() -> credential);
  }

  private BlockingTokens source(Supplier<Credential> credential) {
    return source(credential, PATIENCE);
  }

  private BlockingTokens source(Supplier<Credential> credential, Duration timeout) {
    return BlockingTokens.create(
        Tenants.tenant(Tenants.SECRET),
        Tenants.cloud(entra.authority()),
        credential,
        Tenants.http(),
        timeout,
        clock);
  }

  private static Credential keyStore(Path file) {
    return new Credential.ClientCertificate(
        file,
        CertificateType.PKCS12,
        Optional.empty(),
        Optional.of(new Secret(TestCertificate.PASSWORD)));
  }

  /** RFC 7523, and Entra ID's page on certificate credentials. */
  private void verifyAssertion(Map<String, String> form, X509Certificate certificate)
      throws Exception {
    assertThat(form)
        .containsEntry("client_id", Tenants.APP)
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    String[] parts = form.getOrDefault("client_assertion", "..").split("\\.", -1);
    JsonNode header = json(parts[0]);
    JsonNode claims = json(parts[1]);
    assertThat(header.path("alg").asText()).isEqualTo("RS256");
    assertThat(decoded(header.path("x5t#S256").asText()))
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    assertThat(claims.path("iss").asText()).isEqualTo(Tenants.APP);
    assertThat(claims.path("sub").asText()).isEqualTo(Tenants.APP);
    assertThat(claims.path("aud").asText())
        .isEqualTo(entra.authority() + "/" + Tenants.TENANT + "/oauth2/v2.0/token");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(certificate.getPublicKey());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  /**
   * MSAL writes this one with the alphabet and padding of plain Base64, and Entra ID takes both.
   */
  private static byte[] decoded(String base64) {
    return Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_'));
  }

  private static JsonNode json(String part) throws Exception {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
  }
}
