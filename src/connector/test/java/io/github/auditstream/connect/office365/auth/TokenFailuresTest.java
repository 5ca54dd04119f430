package io.github.auditstream.connect.office365.auth;

import static io.github.auditstream.connect.office365.auth.TokenException.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.auditstream.connect.office365.auth.TokenException.Kind;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class TokenFailuresTest {
  private final TokenEndpoint entra = new TokenEndpoint(TestCertificate.localhost());

  TokenFailuresTest() throws Exception {}

  @AfterEach
  void close() {
    entra.close();
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_client, 7000215, REFUSED, client.secret, 'its value, not its id'",
    "401, invalid_client, 7000222, REFUSED, client.secret, has expired",
    "400, unauthorized_client, 700016, REFUSED, client.id, does not know the application",
    "400, invalid_request, 90002, REFUSED, tenant.id, no such tenant in this cloud",
    "401, invalid_client, 700027, REFUSED, client.certificate.location, upload the certificate",
    "401, invalid_client, 700030, REFUSED, client.certificate.location, subject",
    "401, invalid_client, 50034, REFUSED, tenant.id, belong together",
    "400, unauthorized_client, 7000112, REFUSED, client.id, Enterprise applications",
    "400, invalid_grant, 65001, REFUSED, , ActivityFeed.Read",
    "401, invalid_client, 70021, REFUSED, client.assertion.location, federated credential",
    "401, invalid_client, 700213, REFUSED, client.assertion.location, subject",
    "401, invalid_client, 7002138, REFUSED, client.assertion.location, upper and lower case",
    "401, invalid_client, 700024, REFUSED, , clock right",
    "400, invalid_resource, 500011, REFUSED, cloud, Microsoft cloud that the tenant is in",
    "400, access_denied, 53003, REFUSED, , Conditional Access",
    "400, access_denied, 530032, REFUSED, , security policy",
    "400, invalid_request, 123456789, REFUSED, , https://login.microsoftonline.com/error?code=123456789",
    "400, temporarily_unavailable, 123456789, UNAVAILABLE, , 123456789",
    "400, invalid_request, 90033, UNAVAILABLE, , not available",
    "503, server_error, 50000, UNAVAILABLE, , 50000",
    "429, too_many_requests, 90055, UNAVAILABLE, , too many"
  })
  void saysWhatACodeMeansAndWhatToDo(
      int status, String error, int code, Kind kind, String setting, String words) {
    entra.nextRefuses(status, error, code);

    TokenException failure = failure(entra.authority(), Tenants.http());

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).contains("AADSTS" + code);
    assertThat(failure.setting().orElse(null)).isEqualTo(setting);
    assertThat(failure)
        .hasMessageContainingAll(
            "tenant contoso (" + Tenants.TENANT + ")",
            "localhost",
            words,
            "HTTP " + status,
            "Correlation id cccccccc-0000-4000-8000-000000000000.");
    assertSilentAboutSecrets(failure);
  }

  @Test
  void passesOnWhatTheServerAsksFor() {
    entra.next(429, "{}", "Retry-After", "17");
    assertThat(failure(entra.authority(), Tenants.http()).serverAsks())
        .contains(Duration.ofSeconds(17));

    entra.next(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT");
          exchange.sendResponseHeaders(503, -1);
        });
    assertThat(failure(entra.authority(), Tenants.http()).serverAsks())
        .as("heeded up to an hour, as the API's")
        .contains(Duration.ofHours(1));

    entra.next(503, "{}", "Retry-After", "soon");
    assertThat(failure(entra.authority(), Tenants.http()).serverAsks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>marker-page</html> | UNAVAILABLE",
        "200 | {\"access_token\":\"marker-cut-off | UNAVAILABLE",
        "200 | [] | UNAVAILABLE",
        "200 | {\"access_token\":\"marker-a\"} marker-b | UNAVAILABLE",
        "403 | <html>marker-page</html> | UNAVAILABLE",
        "400 | {\"error\":\"marker-invented\"} | REFUSED",
        "502 | <html>marker-page</html> | UNAVAILABLE",
        "302 | moved | UNAVAILABLE"
      })
  void refusesAnswersThatAreNotFromEntraId(int status, String body, Kind kind) {
    entra.next(status, body, "Location", "https://localhost/elsewhere");

    TokenException failure = failure(entra.authority(), Tenants.http());

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(entra.asked()).as("no redirect is followed, nothing is tried twice").hasSize(1);
    assertSilentAboutSecrets(failure);
  }

  @Test
  void refusesAnAnswerWithoutAToken() {
    entra.next(200, "{\"token_type\":\"Bearer\",\"expires_in\":3599}");

    assertThat(failure(entra.authority(), Tenants.http()).kind()).isEqualTo(UNAVAILABLE);
  }

  @Test
  void refusesAnEndlessAnswer() {
    entra.next(200, "{\"access_token\":\"" + "x".repeat(2 << 20) + "\"}");

    assertThat(failure(entra.authority(), Tenants.http()).kind()).isEqualTo(UNAVAILABLE);
  }

  @Test
  void doesNotFollowRedirects() throws Exception {
    try (TokenEndpoint elsewhere = new TokenEndpoint(TestCertificate.localhost())) {
      HttpClient http = Tenants.http();
      for (int status = 300; status <= 399; status++) {
        entra.next(status, "", "Location", elsewhere.authority() + "/login");

        TokenException failure = failure(entra.authority(), http);

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("HTTP " + status);
      }
      assertThat(entra.asked()).hasSize(100);
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    TokenException failure = failure(URI.create("https://localhost:" + port), Tenants.http());

    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure).hasMessageContaining("connection was refused");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    TokenException failure = failure(URI.create("https://login.nowhere.invalid"), Tenants.http());

    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure).hasMessageContaining("cannot be resolved");
  }

  @Test
  void saysThatTheCertificateIsNotTrusted() {
    TokenException failure = failure(entra.authority(), HttpClient.newHttpClient());

    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure).hasMessageContaining("ssl.truststore.location");
  }

  @Test
  void saysForEveryCodeWhatToDo() {
    assertThat(EntraCode.all())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            code -> {
              assertThat(code.meaning()).isNotBlank();
              assertThat(code.fix()).isNotBlank();
              if (code.setting() != null) {
                assertThat(Office365AuditSourceConfig.definition().names())
                    .contains(code.setting());
              }
            });
  }

  @Test
  void usesTheFirstKnownCode() {
    assertThat(EntraCode.find(List.of(1, 7000222, 90002)).map(EntraCode::number)).contains(7000222);
    assertThat(EntraCode.find(List.of(1))).isEmpty();
  }

  private static TokenException failure(URI authority, HttpClient http) {
    BlockingTokens source =
        BlockingTokens.create(
            Tenants.tenant(Tenants.SECRET),
            Tenants.cloud(authority),
            () -> Tenants.SECRET,
            http,
            Duration.ofSeconds(60),
            Clock.systemUTC());
    return Objects.requireNonNull(catchThrowableOfType(TokenException.class, source::token));
  }

  /** Neither what was sent nor what came back is quoted. */
  static void assertSilentAboutSecrets(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("marker");
    }
  }
}
