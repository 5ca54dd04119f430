package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiFixture.failed;
import static io.github.auditstream.connect.office365.api.ApiFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor();

  @AfterAll
  static void end() {
    TIMER.shutdownNow();
  }

  private static final char[] PASSWORD = "changeit".toCharArray();

  @Test
  void asksOverTlsAndNamesTheTruststoreWhereTheServerIsNotTrusted(@TempDir Path folder)
      throws Exception {
    SSLContext context = selfSigned(folder.resolve("server.p12"));
    try (ScriptedServer server = new ScriptedServer(context.getServerSocketFactory(), "https")) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(context).build();
      assertThat(ok(api(server, trusting).subscriptions())).isEmpty();

      ApiOutcome.Failed<?> failure =
          failed(api(server, HttpClient.newHttpClient()).subscriptions());
      assertThat(failure.kind()).isEqualTo(ApiOutcome.Kind.UNAVAILABLE);
      assertThat(failure.reason()).contains("ssl.truststore.location");
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static BlockingApi api(ScriptedServer server, HttpClient http) {
    return new BlockingApi(
        new ActivityApi(
            new ApiSettings(
                server.root(), ApiFixture.TENANT, ApiFixture.PUBLISHER, ApiFixture.PATIENT, "test"),
            http,
            new ApiFixture.NumberedTokens(),
            new Quota(100, System::nanoTime),
            Clock.systemUTC(),
            System::nanoTime,
            ApiThreads.with(TIMER),
            RequestObserver.NOBODY));
  }

  private static SSLContext selfSigned(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    // Trusts the server's own certificate.
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
