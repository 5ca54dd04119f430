package io.github.auditstream.connect.office365.http;

import com.sun.net.httpserver.HttpServer;
import io.github.auditstream.connect.office365.fixtures.IdleDroppingRelay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/**
 * Asks through a relay that forgets idle connections, until it has forgotten them, and asks again;
 * prints how many answers came.
 */
final class IdleConnectionsMain {
  private static final int AT_THE_SAME_TIME = 4;
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(12);

  private IdleConnectionsMain() {}

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // Answers come when all have asked, so that each request has a connection of its own.
    CyclicBarrier all = new CyclicBarrier(AT_THE_SAME_TIME);
    server.createContext(
        "/",
        exchange -> {
          try {
            all.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    ExecutorService executor = Executors.newCachedThreadPool();
    server.setExecutor(executor);
    server.start();
    OwnedHttpClient http = new OwnedHttpClient("idle-0", TestHttpSettings.of(), System::nanoTime);
    try (IdleDroppingRelay relay =
        new IdleDroppingRelay(server.getAddress().getPort(), FORGOTTEN_AFTER)) {
      URI uri = URI.create("http://localhost:" + relay.port() + "/");
      System.out.println("first " + answers(http.client(), uri));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> relay.forgotten() >= AT_THE_SAME_TIME);
      System.out.println("then " + answers(http.client(), uri));
      System.out.println("swallowed " + relay.swallowed());
    }
    System.out.println("left " + http.close(Duration.ofSeconds(60)));
    server.stop(0);
    executor.shutdownNow();
  }

  private static List<String> answers(HttpClient client, URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < AT_THE_SAME_TIME; i++) {
      sent.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    List<String> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : sent) {
      try {
        answers.add(Integer.toString(answer.join().statusCode()));
      } catch (CompletionException e) {
        answers.add(e.getCause().getClass().getSimpleName());
      }
    }
    return answers;
  }
}
