package io.github.auditstream.connect.office365.http;

import io.github.auditstream.connect.office365.auth.BlockingTokens;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.HttpSettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends requests through a proxy that asks for a password, and prints what comes of it. */
final class ProxyMain {
  private ProxyMain() {}

  public static void main(String[] args) throws InterruptedException {
    HttpSettings settings =
        TestHttpSettings.of(
            "proxy.host",
            "127.0.0.1",
            "proxy.port",
            args[0],
            "proxy.user",
            "me",
            "proxy.password",
            args[1],
            "ssl.truststore.location",
            args[2],
            "ssl.truststore.password",
            TestCertificate.PASSWORD);
    ExecutorService executor = Executors.newCachedThreadPool();
    HttpClient client = HttpClients.create(settings, executor);
    try {
      System.out.println("answers " + get(client, "/") + " " + get(client, "/401"));
    } catch (IOException e) {
      System.out.println("failed " + e.getMessage());
      askForAToken(client);
    }
    executor.shutdownNow();
  }

  private static int get(HttpClient client, String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("https://" + TestCertificate.FAR_HOST + path))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static void askForAToken(HttpClient client) {
    Credential secret = new Credential.ClientSecret(new Secret("marker-secret"));
    UUID tenant = new UUID(1, 1);
    URI far = URI.create("https://" + TestCertificate.FAR_HOST);
    try {
      BlockingTokens.create(
              new TenantSettings("contoso", tenant, tenant.toString(), secret, tenant, 1),
              new CloudEndpoints(far, far, far),
              () -> secret,
              client,
              Duration.ofSeconds(30),
              Clock.systemUTC())
          .token();
    } catch (TokenException e) {
      System.out.println(e.getMessage());
    }
  }
}
