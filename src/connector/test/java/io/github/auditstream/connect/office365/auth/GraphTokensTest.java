package io.github.auditstream.connect.office365.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.Credential.CertificateType;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.fixtures.TokenEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens for Microsoft Graph, beside those for the Management Activity API. */
class GraphTokensTest {
  @TempDir private Path folder;
  private TokenEndpoint entra;

  @BeforeEach
  void start() throws IOException {
    entra = new TokenEndpoint(TestCertificate.localhost());
  }

  @AfterEach
  void close() {
    entra.close();
  }

  private TokenSource source(Credential credential) {
    CloudEndpoints cloud =
        new CloudEndpoints(
            URI.create("https://manage.office365.us"),
            entra.authority(),
            URI.create("https://graph.microsoft.us"));
    return TokenSource.create(
        Tenants.tenant(credential),
        cloud,
        Audience.graph(cloud, "AuditLogsQuery.Read.All"),
        () -> credential,
        Tenants.http(),
        Duration.ofSeconds(60),
        Runnable::run,
        BlockingTokens.TIMER,
        Clock.systemUTC());
  }

  @Test
  void asksForGraphWithEveryCredential() throws Exception {
    TestCertificate certificate = TestCertificate.other();
    Path pem =
        Files.writeString(
            folder.resolve("app.pem"), certificate.certificatePem() + certificate.keyPem());
    Path assertion = Files.writeString(folder.resolve("token"), "first.assertion.x");

    for (Credential credential :
        List.of(
            Tenants.SECRET,
            new Credential.ClientCertificate(
                pem, CertificateType.PEM, Optional.empty(), Optional.empty()),
            new Credential.FederatedToken(assertion))) {
      TokenSource.await(source(credential).token());
    }

    assertThat(entra.asked())
        .hasSize(3)
        .allSatisfy(
            asked ->
                assertThat(asked.form().getOrDefault("scope", "").split(" "))
                    .contains("https://graph.microsoft.us/.default")
                    .noneMatch(scope -> scope.contains("manage")));
  }

  @ParameterizedTest
  @CsvSource({
    "7000229, has no service principal in the tenant",
    "65001, AuditLogsQuery.Read.All",
    "650052, has no Microsoft Graph",
    "650057, AuditLogsQuery.Read.All",
    "500014, Microsoft Graph"
  })
  void speaksOfGraphWhereATokenIsRefused(int code, String words) {
    entra.nextRefuses(400, "invalid_client", code);

    TokenException refused =
        catchThrowableOfType(
            TokenException.class, () -> TokenSource.await(source(Tenants.SECRET).token()));

    assertThat(refused.kind()).isEqualTo(TokenException.Kind.REFUSED);
    assertThat(refused.code()).contains("AADSTS" + code);
    assertThat(refused)
        .hasMessageContaining(words)
        .hasMessageNotContaining("ActivityFeed")
        .hasMessageNotContaining("Management");
  }
}
