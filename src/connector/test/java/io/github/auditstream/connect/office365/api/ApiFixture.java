package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@link ActivityApi} of the tenant Contoso that asks a {@link ScriptedServer}. */
final class ApiFixture implements AutoCloseable {
  static final UUID TENANT = UUID.fromString("11111111-2222-3333-4444-555555555555");
  static final UUID PUBLISHER = UUID.fromString("99999999-8888-7777-6666-555555555555");
  static final Instant NOW = Instant.parse("2026-08-07T12:00:00Z");

  /** Far more than a loaded machine needs for an answer from itself. */
  static final Duration PATIENT = Duration.ofSeconds(60);

  final ScriptedServer server = new ScriptedServer();
  final NumberedTokens tokens = new NumberedTokens();
  final Quota quota = new Quota(2_000, System::nanoTime);
  final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  final BlockingApi api = api(PATIENT);

  ApiFixture() throws IOException {}

  /** Gives {@code token-1} until it is refused, then {@code token-2}, and so on. */
  static final class NumberedTokens implements TokenSource {
    private final AtomicInteger made = new AtomicInteger();
    private AccessToken current = make();

    @Override
    public synchronized CompletableFuture<AccessToken> token() {
      return CompletableFuture.completedFuture(current);
    }

    @Override
    public synchronized CompletableFuture<AccessToken> instead(AccessToken refused) {
      if (current == refused) {
        current = make();
      }
      return CompletableFuture.completedFuture(current);
    }

    int made() {
      return made.get();
    }

    private AccessToken make() {
      return new AccessToken("token-" + made.incrementAndGet(), NOW.plusSeconds(3600));
    }
  }

  BlockingApi api(Duration requestTimeout) {
    return api(requestTimeout, HttpClient.newHttpClient(), tokens);
  }

  BlockingApi api(Duration requestTimeout, HttpClient http, TokenSource tokenSource) {
    return new BlockingApi(activityApi(requestTimeout, http, tokenSource));
  }

  private ActivityApi activityApi(
      Duration requestTimeout, HttpClient http, TokenSource tokenSource) {
    ApiSettings settings =
        new ApiSettings(server.root(), TENANT, PUBLISHER, requestTimeout, "test/1.0");
    return new ActivityApi(
        settings,
        http,
        tokenSource,
        quota,
        Clock.fixed(NOW, ZoneOffset.UTC),
        System::nanoTime,
        ApiThreads.with(timer),
        RequestObserver.NOBODY);
  }

  String feedPath() {
    return "/api/v1.0/" + TENANT + "/activity/feed";
  }

  ContentBlob blob() {
    return blob(URI.create(server.root() + feedPath() + "/audit/2026$08$audit_exchange$na0030"));
  }

  ContentBlob blob(URI contentUri) {
    return new ContentBlob(
        ContentType.EXCHANGE,
        "2026$08$audit_exchange$na0030",
        contentUri,
        NOW.minusSeconds(60),
        NOW.plusSeconds(60));
  }

  /** A descriptor as a listing holds it. */
  String descriptor(String contentId) {
    return """
        {"contentType":"Audit.Exchange","contentId":"%s","contentUri":"%s%s/audit/%s",\
        "contentCreated":"2026-08-07T11:00:00.123Z","contentExpiration":"2026-08-14T11:00:00.123Z"}"""
        .formatted(contentId, server.root(), feedPath(), contentId);
  }

  ApiOutcome<ContentPage> list() throws InterruptedException {
    return BlockingApi.await(api.api().content(ContentType.EXCHANGE, NOW.minusSeconds(3600), NOW));
  }

  static <T> T ok(ApiOutcome<T> outcome) {
    if (outcome instanceof ApiOutcome.Ok<T> ok) {
      return ok.value();
    }
    throw new AssertionError("expected an answer, not " + outcome);
  }

  static <T> ApiOutcome.Failed<T> failed(ApiOutcome<T> outcome) {
    if (outcome instanceof ApiOutcome.Failed<T> failed) {
      return failed;
    }
    throw new AssertionError("expected a failure, not " + outcome);
  }

  @Override
  public void close() throws IOException {
    server.close();
    timer.shutdownNow();
  }
}
