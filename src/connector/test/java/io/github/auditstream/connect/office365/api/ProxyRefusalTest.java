package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiFixture.NOW;
import static io.github.auditstream.connect.office365.api.ApiFixture.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ConnectProxy;
import io.github.auditstream.connect.office365.http.ConnectionFailure;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRefusalTest {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor();

  private static final URI API = URI.create("https://manage.example.com");

  @ParameterizedTest
  @CsvSource({
    "400, rules",
    "403, rules",
    "404, rules",
    "502, cannot reach",
    "503, cannot reach",
    "504, cannot reach"
  })
  void namesTheStatusOfAProxysRefusal(int status, String fix) throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(1, Optional.empty())) {
      proxy.refuseAll(status);
      BlockingApi api = api(proxy.port());

      assertRefused(
              failed(
                  BlockingApi.await(
                      api.api().content(ContentType.EXCHANGE, NOW.minusSeconds(60), NOW))),
              status)
          .contains(fix);
      assertRefused(failed(api.retrieve(blob())), status).contains(fix);
    }
  }

  private static AbstractStringAssert<?> assertRefused(ApiOutcome.Failed<?> failure, int status) {
    assertThat(failure.connectionFailure()).contains(ConnectionFailure.PROXY_REFUSES);
    assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
    return assertThat(failure.reason())
        .contains("the proxy refuses the tunnel to manage.example.com with HTTP " + status)
        .doesNotContain("proxy.user", "password");
  }

  private static ContentBlob blob() {
    return new ContentBlob(
        ContentType.EXCHANGE,
        "id",
        API.resolve("/api/v1.0/" + ApiFixture.TENANT + "/activity/feed/audit/id"),
        NOW.minusSeconds(60),
        NOW.plusSeconds(60));
  }

  @AfterAll
  static void end() {
    TIMER.shutdownNow();
  }

  private static BlockingApi api(int proxyPort) {
    HttpClient http =
        HttpClient.newBuilder()
            .proxy(
                ProxySelector.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), proxyPort)))
            .build();
    return new BlockingApi(
        new ActivityApi(
            new ApiSettings(
                API, ApiFixture.TENANT, ApiFixture.PUBLISHER, ApiFixture.PATIENT, "test"),
            http,
            new ApiFixture.NumberedTokens(),
            new Quota(100, System::nanoTime),
            Clock.systemUTC(),
            System::nanoTime,
            ApiThreads.with(TIMER),
            RequestObserver.NOBODY));
  }
}
