package io.github.auditstream.connect.office365.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.net.httpserver.HttpExchange;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the token endpoint's answer, over real TLS and through the real MSAL. The first
 * three characters are the status, what follows is the body.
 */
class TokenAnswerFuzz {
  private static TokenEndpoint entra;
  private static EntraTokenRequest request;

  @BeforeAll
  static void start() throws IOException {
    entra = new TokenEndpoint(TestCertificate.localhost());
    Credential secret = new Credential.ClientSecret(new Secret("s"));
    HttpClient http = Tenants.http();
    request =
        new EntraTokenRequest(
            Tenants.tenant(secret),
            Tenants.cloud(entra.authority()),
            Audience.management(Tenants.cloud(entra.authority())),
            () -> secret,
            http,
            Duration.ofSeconds(60),
            BlockingTokens.TIMER,
            Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    entra.close();
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "200{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"marker\"}",
            "200{\"expires_in\":\"999999999999\",\"expires_on\":1,\"access_token\":\"marker\"}",
            "200{\"access_token\":\"marker\",\"refresh_in\":1,\"id_token\":\"a.b.c\"}",
            "400{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: marker\","
                + "\"error_codes\":[7000215],"
                + "\"correlation_id\":\"cccccccc-0000-4000-8000-000000000000\"}",
            "503<html>marker</html>",
            "302")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"access_token\":\"marker\"",
    "\"expires_in\":",
    "\"ext_expires_in\":",
    "\"client_info\":\"",
    "\"id_token\":\"",
    "\"error_codes\":[",
    "\"scope\":"
  })
  @FuzzTest(maxDuration = "20s")
  void isATokenOrAFailureInOurOwnWords(byte[] answer) {
    entra.next(exchange -> send(exchange, answer));
    try {
      AccessToken token = request.send();
      assertThat(token.reveal()).isNotEmpty();
      assertThat(token.toString()).doesNotContain("marker");
    } catch (TokenException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        assertThat(String.valueOf(cause.getMessage())).matches("[ -~]{1,1000}");
        assertThat(String.valueOf(cause.getMessage())).doesNotContain("marker");
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] answer) throws IOException {
    String start = new String(answer, 0, Math.min(3, answer.length), StandardCharsets.ISO_8859_1);
    int status = start.matches("[2-5]\\d{2}") ? Integer.parseInt(start) : 200;
    int from = start.length();
    exchange.getResponseHeaders().set("Location", "https://localhost:1/");
    boolean bodiless = status == 204 || status == 304 || answer.length == from;
    exchange.sendResponseHeaders(status, bodiless ? -1 : answer.length - from);
    try (OutputStream out = exchange.getResponseBody()) {
      if (!bodiless) {
        out.write(answer, from, answer.length - from);
      }
    }
  }
}
