package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trust and key stores that change while a client is in use; what counts is the next connection.
 */
@Timeout(180)
class TlsReloadTest {
  private static final TestCertificate OLD = TestCertificate.localhost();
  private static final TestCertificate NEW = TestCertificate.other();

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Path folder;
  private final Path store;

  TlsReloadTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.store = Files.copy(OLD.keyStore(), folder.resolve("store.p12"));
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  /** A server for one request, which shows a certificate and may ask for the client's. */
  private static int ask(HttpClient client, TestCertificate certificate, boolean asksForOne)
      throws Exception {
    HttpsServer server =
        TlsServer.of(certificate, parameters -> parameters.setNeedClientAuth(asksForOne));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } finally {
      server.stop(0);
    }
  }

  private HttpClient trusting(Path truststore) {
    return HttpClients.create(
        TestHttpSettings.of(
            "ssl.truststore.location",
            truststore.toString(),
            "ssl.truststore.password",
            TestCertificate.PASSWORD),
        executor);
  }

  private static void put(TestCertificate certificate, Path file) throws IOException {
    Files.copy(certificate.keyStore(), file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aTrustStoreThatIsReplacedIsUsedFromTheNextConnectionOn() throws Exception {
    HttpClient client = trusting(store);
    assertThat(ask(client, OLD, false)).isEqualTo(204);
    assertThatThrownBy(() -> ask(client, NEW, false)).isInstanceOf(SSLException.class);

    put(NEW, store);

    assertThat(ask(client, NEW, false)).isEqualTo(204);
    assertThatThrownBy(() -> ask(client, OLD, false)).isInstanceOf(SSLException.class);
  }

  @Test
  void aSwappedLinkIsFollowed() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..first"));
    Path second = Files.createDirectory(folder.resolve("..second"));
    put(OLD, first.resolve("trust.p12"));
    put(NEW, second.resolve("trust.p12"));
    Files.setLastModifiedTime(
        second.resolve("trust.p12"), Files.getLastModifiedTime(first.resolve("trust.p12")));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Path mounted =
        Files.createSymbolicLink(folder.resolve("trust.p12"), Path.of("..data", "trust.p12"));
    HttpClient client = trusting(mounted);
    assertThat(ask(client, OLD, false)).isEqualTo(204);

    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

    assertThat(ask(client, NEW, false)).isEqualTo(204);
  }

  @Test
  void aBrokenOrMissingStoreLeavesTheOldOneInUseAndIsReportedOnce() throws Exception {
    HttpClient client = trusting(store);
    byte[] whole = Files.readAllBytes(NEW.keyStore());
    PrintStream before = System.err;
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try {
      Files.write(store, Arrays.copyOf(whole, whole.length / 2));
      assertThat(ask(client, OLD, false)).isEqualTo(204);
      assertThat(ask(client, OLD, false)).isEqualTo(204);
    } finally {
      System.setErr(before);
    }
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("cannot be used")
        .contains(store.toString())
        .doesNotContain(TestCertificate.PASSWORD);

    Files.delete(store);
    assertThat(ask(client, OLD, false)).isEqualTo(204);

    Files.write(store, whole);
    assertThat(ask(client, NEW, false)).isEqualTo(204);
  }

  @Test
  void aKeyStoreThatIsReplacedIsShownFromTheNextConnectionOn() throws Exception {
    Path both =
        Files.writeString(folder.resolve("trust.pem"), OLD.certificatePem() + NEW.certificatePem());
    HttpClient client =
        HttpClients.create(
            TestHttpSettings.of(
                "ssl.truststore.location",
                both.toString(),
                "ssl.truststore.type",
                "PEM",
                "ssl.keystore.location",
                store.toString(),
                "ssl.keystore.password",
                TestCertificate.PASSWORD),
            executor);
    assertThat(ask(client, OLD, true)).isEqualTo(204);
    assertThatThrownBy(() -> ask(client, NEW, true)).isInstanceOf(IOException.class);

    put(NEW, store);

    assertThat(ask(client, NEW, true)).isEqualTo(204);
  }
}
