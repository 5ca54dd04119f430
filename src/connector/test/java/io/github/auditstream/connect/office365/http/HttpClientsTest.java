package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import io.github.auditstream.connect.office365.fixtures.ConnectProxy;
import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class HttpClientsTest {
  /** {@code me:marker-password}. */
  private static final String BASIC = "Basic bWU6bWFya2VyLXBhc3N3b3Jk";

  private static final long LARGE = 1 << 19;
  private static final int AT_THE_SAME_TIME = 40;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<String> proxyHeadersAtServer = new CopyOnWriteArrayList<>();
  private final Path folder;
  private HttpsServer server = start(TestCertificate.localhost(), parameters -> {});

  HttpClientsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private HttpsServer start(TestCertificate certificate, Consumer<SSLParameters> change)
      throws IOException {
    HttpsServer started = TlsServer.of(certificate, change);
    started.createContext(
        "/",
        exchange -> {
          proxyHeadersAtServer.addAll(
              exchange.getRequestHeaders().getOrDefault("Proxy-Authorization", List.of()));
          String path = exchange.getRequestURI().getPath();
          int status = path.equals("/") ? 200 : Integer.parseInt(path.substring(1));
          exchange.getResponseHeaders().set("Location", "/");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    started.start();
    return started;
  }

  private void restart(TestCertificate certificate, Consumer<SSLParameters> change)
      throws IOException {
    server.stop(0);
    server = start(certificate, change);
  }

  private static String[] trusting(String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "ssl.truststore.location";
    all[1] = TestCertificate.localhost().keyStore().toString();
    all[2] = "ssl.truststore.password";
    all[3] = TestCertificate.PASSWORD;
    System.arraycopy(more, 0, all, 4, more.length);
    return all;
  }

  private HttpClient client(String... keysAndValues) {
    return HttpClients.create(TestHttpSettings.of(keysAndValues), executor);
  }

  private int get(HttpClient client, String host, String path) throws Exception {
    URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void trustsWhatTheTrustStoreHolds() throws Exception {
    assertThat(get(client(trusting()), "localhost", "/")).isEqualTo(200);
    assertThat(
            get(
                client(
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.certificates",
                    TestCertificate.localhost().certificatePem()),
                "localhost",
                "/"))
        .isEqualTo(200);
  }

  @Test
  void trustsTheJvmsOwnAuthoritiesWithoutATrustStore() {
    assertThatThrownBy(() -> get(client(), "localhost", "/")).isInstanceOf(SSLException.class);
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    TestCertificate elsewhere =
        TestCertificate.make(folder, "elsewhere", "-ext", "SAN=dns:elsewhere.test");
    restart(elsewhere, parameters -> {});

    assertThatThrownBy(
            () ->
                get(
                    client(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.certificates",
                        elsewhere.certificatePem()),
                    "localhost",
                    "/"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void showsItsOwnCertificateToWhoAsks() throws Exception {
    restart(TestCertificate.localhost(), parameters -> parameters.setNeedClientAuth(true));

    assertThat(
            get(
                client(
                    trusting(
                        "ssl.keystore.location",
                        TestCertificate.localhost().keyStore().toString(),
                        "ssl.keystore.password",
                        TestCertificate.PASSWORD)),
                "localhost",
                "/"))
        .isEqualTo(200);
    assertThatThrownBy(() -> get(client(trusting()), "localhost", "/"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void speaksOnlyTheEnabledProtocols() throws Exception {
    restart(
        TestCertificate.localhost(),
        parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}));

    assertThat(get(client(trusting()), "localhost", "/")).isEqualTo(200);
    assertThatThrownBy(
            () -> get(client(trusting("ssl.enabled.protocols", "TLSv1.3")), "localhost", "/"))
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(
            () ->
                get(
                    client(trusting("ssl.cipher.suites", "TLS_AES_128_GCM_SHA256")),
                    "localhost",
                    "/"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void followsNoRedirect() throws Exception {
    assertThat(get(client(trusting()), "localhost", "/302")).isEqualTo(302);
    assertThat(client().followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
    assertThat(client().version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(client().connectTimeout()).isPresent();
  }

  @Test
  void goesThroughTheProxyButNotToThisMachine() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(server.getAddress().getPort(), Optional.empty())) {
      HttpClient client =
          client(trusting("proxy.host", "127.0.0.1", "proxy.port", Integer.toString(proxy.port())));

      assertThat(get(client, "localhost", "/")).isEqualTo(200);
      assertThat(proxy.asked()).isEmpty();
      assertThat(get(client, TestCertificate.FAR_HOST, "/")).isEqualTo(200);
      assertThat(proxy.asked())
          .singleElement()
          .asString()
          .startsWith("CONNECT " + TestCertificate.FAR_HOST + ":");
    }
  }

  @Test
  void failsWhereAProxyWantsAPasswordThatIsNotConfigured() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(server.getAddress().getPort(), Optional.of(BASIC))) {
      HttpClient client =
          client(trusting("proxy.host", "127.0.0.1", "proxy.port", Integer.toString(proxy.port())));

      assertThatThrownBy(() -> get(client, TestCertificate.FAR_HOST, "/"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("407");
    }
  }

  @Test
  void closesTheConnectionOfACancelledExchange() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] some = new byte[8192];
          try {
            while (true) {
              exchange.getResponseBody().write(some);
              exchange.getResponseBody().flush();
              began.countDown();
            }
          } catch (IOException e) {
            closed.countDown();
          }
        });
    URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/endless");
    CompletableFuture<HttpResponse<Void>> exchange =
        client(trusting())
            .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
    began.await();

    exchange.cancel(true);

    assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void saysThatTheJvmKeepsPasswordsFromProxies() {
    assertThatThrownBy(
            () ->
                client(
                    "proxy.host",
                    "p",
                    "proxy.port",
                    "1",
                    "proxy.user",
                    "me",
                    "proxy.password",
                    "marker-password"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("proxy.user")
        .hasMessageContaining("-Djdk.http.auth.tunneling.disabledSchemes= in KAFKA_OPTS")
        .hasMessageNotContaining("marker");
  }

  @Test
  void saysThatAStoreCannotBeUsed() {
    assertThatThrownBy(() -> client(trusting("ssl.truststore.password", "marker-wrong")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ssl.*")
        .hasMessageNotContaining("marker");
  }

  @Test
  void sendsThePasswordToTheProxyOnly() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(server.getAddress().getPort(), Optional.of(BASIC))) {
      assertThat(fork(proxy.port(), "marker-password"))
          .as("an answer of 401 without WWW-Authenticate is an answer")
          .contains("answers 200 401");

      assertThat(proxy.asked()).isNotEmpty().allMatch(head -> head.contains(BASIC));
      assertThat(proxyHeadersAtServer).isEmpty();
    }
  }

  @Test
  void saysThatTheProxyRefusesThePassword() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(server.getAddress().getPort(), Optional.of(BASIC))) {
      assertThat(fork(proxy.port(), "marker-wrong"))
          .contains("failed Tunnel failed, got: 407", "check proxy.user and proxy.password")
          .doesNotContain("marker");
    }
  }

  /** No work of the JDK's client waits for other work of its. */
  @Test
  void oneThreadIsEnoughForManyRequestsAtATime() throws Exception {
    ExecutorService alone = Executors.newSingleThreadExecutor();
    try {
      assertThat(sizesOfMany(HttpClients.create(TestHttpSettings.of(patient()), alone)))
          .containsOnly(LARGE);
    } finally {
      alone.shutdownNow();
    }
  }

  @Test
  void hasFewThreadsHoweverManyRequestsAreUnderWay() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    OwnedHttpClient http =
        new OwnedHttpClient("many-0", TestHttpSettings.of(patient()), System::nanoTime);
    try {
      assertThat(sizesOfMany(http.client(), threads)).containsOnly(LARGE);
    } finally {
      assertThat(http.close(Duration.ofSeconds(60))).isEmpty();
    }
    assertThat(threads)
        .hasSizeBetween(1, OwnedHttpClient.MOST_THREADS)
        .allMatch(name -> name.startsWith("office365-many-0-http-"));
  }

  /** The handshakes of all come one after another, and belong to connecting. */
  private static String[] patient() {
    return trusting("connect.timeout.ms", "120000");
  }

  private Set<Long> sizesOfMany(HttpClient client) {
    return sizesOfMany(client, ConcurrentHashMap.newKeySet());
  }

  /** The sizes of many bodies, and the threads that they came on. */
  private Set<Long> sizesOfMany(HttpClient client, Set<String> threads) {
    server.createContext(
        "/large",
        exchange -> {
          exchange.sendResponseHeaders(200, LARGE);
          exchange.getResponseBody().write(new byte[(int) LARGE]);
          exchange.close();
        });
    URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/large");
    List<CompletableFuture<Long>> sizes = new ArrayList<>();
    for (int i = 0; i < AT_THE_SAME_TIME; i++) {
      AtomicLong size = new AtomicLong();
      sizes.add(
          client
              .sendAsync(
                  HttpRequest.newBuilder(uri).build(),
                  HttpResponse.BodyHandlers.ofByteArrayConsumer(
                      bytes -> {
                        threads.add(Thread.currentThread().getName());
                        bytes.ifPresent(some -> size.addAndGet(some.length));
                      }))
              .thenApply(response -> size.get()));
    }
    return sizes.stream().map(CompletableFuture::join).collect(Collectors.toSet());
  }

  private String fork(int proxyPort, String password) throws Exception {
    return ForkedJvm.run(
        ProxyMain.class,
        List.of("-Djdk.http.auth.tunneling.disabledSchemes="),
        Map.of(),
        List.of(
            Integer.toString(proxyPort),
            password,
            TestCertificate.localhost().keyStore().toString()));
  }
}
