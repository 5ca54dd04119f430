package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class RenewingClientTest {
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int BODY_BYTES = 1 << 20;

  private final AtomicLong now = new AtomicLong();
  private final ThreadGroup group = new ThreadGroup("renewing");
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore permits = new Semaphore(0);
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final RenewingClient client =
      new RenewingClient(
          () ->
              JdkClient.build(
                  group,
                  HttpClient.newBuilder().executor(executor).version(HttpClient.Version.HTTP_1_1)
                      ::build),
          now::get,
          IDLE);

  RenewingClientTest() throws IOException {
    server.createContext("/", exchange -> answer(exchange, 2));
    server.createContext("/large", exchange -> answer(exchange, BODY_BYTES));
    server.createContext(
        "/waits",
        exchange -> {
          permits.acquireUninterruptibly();
          answer(exchange, 2);
        });
    server.setExecutor(executor);
    server.start();
  }

  private void answer(HttpExchange exchange, int bytes) throws IOException {
    connections.add(exchange.getRemoteAddress());
    exchange.sendResponseHeaders(200, bytes);
    exchange.getResponseBody().write(new byte[bytes]);
    exchange.close();
  }

  @AfterEach
  void close() {
    client.close();
    permits.release(1_000);
    server.stop(0);
    executor.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + server.getAddress().getPort() + path));
  }

  private void get() throws Exception {
    assertThat(client.send(request("/").build(), HttpResponse.BodyHandlers.ofByteArray()).body())
        .hasSize(2);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** That many requests at the same time, each over a connection of its own. */
  private void burst(int requests) {
    List<CompletableFuture<HttpResponse<Void>>> sent = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      sent.add(client.sendAsync(request("/waits").build(), HttpResponse.BodyHandlers.discarding()));
    }
    await().until(() -> permits.getQueueLength() == requests);
    permits.release(requests);
    sent.forEach(CompletableFuture::join);
  }

  private void awaitSelectors(int count) {
    await()
        .until(
            () -> {
              Thread[] found = new Thread[group.activeCount() + 16];
              return group.enumerate(found) == count;
            });
  }

  @Test
  void keepsConnectionsThatAreInUse() throws Exception {
    for (int i = 0; i < 50; i++) {
      get();
      pass(IDLE.dividedBy(2));
    }

    assertThat(connections).hasSize(1);
    assertThat(client.clients()).isEqualTo(1);
  }

  @Test
  void usesNoConnectionThatWasIdleForTooLong() throws Exception {
    burst(5);
    assertThat(connections).hasSize(5);
    pass(IDLE.plusNanos(1));

    burst(5);

    assertThat(connections).hasSize(10);
    assertThat(client.clients()).isEqualTo(1);
    awaitSelectors(1);
  }

  @Test
  void staysWhileEvenTheIdlestConnectionOfAPeakIsUsedInTime() throws Exception {
    burst(5);
    for (int i = 0; i < 50; i++) {
      pass(IDLE.dividedBy(5));
      get();
    }
    assertThat(connections).hasSize(5);

    for (int i = 0; i < 50; i++) {
      pass(IDLE.dividedBy(4));
      get();
    }
    assertThat(connections).as("one each 2.5 s leaves four of five idle for 12.5 s").hasSize(6);
  }

  @Test
  void followsEachDestinationForItself() throws Exception {
    burst(1);
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", exchange -> answer(exchange, 2));
    other.start();
    try {
      URI uri = URI.create("http://localhost:" + other.getAddress().getPort() + "/");
      for (int i = 0; i < 5; i++) {
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        pass(IDLE.dividedBy(3));
      }
      assertThat(connections).hasSize(2);
      get();
      assertThat(connections).as("the first's was idle for too long").hasSize(3);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aBodyIsReadToItsEndAfterTheClientWasReplaced() throws Exception {
    burst(2);
    HttpResponse<InputStream> slow =
        client.send(request("/large").build(), HttpResponse.BodyHandlers.ofInputStream());
    pass(IDLE.plusNanos(1));

    get();
    assertThat(client.clients()).isEqualTo(2);
    try (InputStream body = slow.body()) {
      assertThat(body.readAllBytes()).hasSize(BODY_BYTES);
    }

    await().until(() -> client.clients() == 1);
    awaitSelectors(1);
  }

  @Test
  void aBodyThatIsNotReadToItsEndKeepsNoClient() throws Exception {
    burst(2);
    HttpResponse<InputStream> slow =
        client.send(request("/large").build(), HttpResponse.BodyHandlers.ofInputStream());
    pass(IDLE.plusNanos(1));
    get();

    slow.body().close();

    await().until(() -> client.clients() == 1);
    awaitSelectors(1);
  }

  @Test
  void aCancelledRequestKeepsNoClient() throws Exception {
    burst(2);
    CompletableFuture<HttpResponse<Void>> waiting =
        client.sendAsync(request("/waits").build(), HttpResponse.BodyHandlers.discarding());
    await().until(() -> permits.getQueueLength() == 1);
    pass(IDLE.plusNanos(1));
    get();
    assertThat(client.clients()).isEqualTo(2);

    waiting.cancel(true);

    await().until(() -> client.clients() == 1);
    awaitSelectors(1);
  }

  @Test
  void isRenewedOnceWhenAKeptConnectionGaveNoAnswer() throws Exception {
    burst(3);
    pass(IDLE.dividedBy(2));
    failOverAKeptConnection();
    pass(IDLE.dividedBy(4));
    get();
    assertThat(connections).as("too soon for another").hasSize(3);
    pass(IDLE.dividedBy(2));

    get();

    assertThat(connections).hasSize(4);
  }

  private void failOverAKeptConnection() {
    HttpRequest impatient = request("/waits").timeout(Duration.ofMillis(1)).build();
    assertThatThrownBy(() -> client.send(impatient, HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void sendsNothingAfterItsEnd() throws Exception {
    get();
    client.close();
    awaitSelectors(0);
    pass(IDLE.multipliedBy(2));

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(client.clients()).isZero();
  }
}
