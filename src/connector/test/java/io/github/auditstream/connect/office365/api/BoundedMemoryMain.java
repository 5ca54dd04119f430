package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.BlockingTokens;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.BlobReader;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPOutputStream;

/** Asks a server whose answers do not end, in a JVM with little memory. Prints how each ended. */
final class BoundedMemoryMain {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor();
  private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private static final UUID ID = ApiFixture.TENANT;
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String OPEN_END = "Connection: close\r\n\r\n";
  private static final long HUGE = 400L << 20;

  private BoundedMemoryMain() {}

  /** What does not end. */
  private enum Endless {
    LISTING,
    LIST_OF_BLOBS,
    ERROR_BODY,
    HEADERS,
    HEADER,
    STATUS_LINE,
    TOKEN,
    ELEMENT
  }

  /** Up to the end that the client makes. */
  private static void answer(Endless endless, OutputStream out, int port) throws IOException {
    switch (endless) {
      case LISTING -> gzipped(out, "[", ' ');
      case LIST_OF_BLOBS -> blobs(out, port);
      case ERROR_BODY -> {
        head(out, "HTTP/1.1 500 Oops\r\n" + OPEN_END + "{\"error\":{\"message\":\"");
        forEver(out, 'a');
      }
      case HEADERS -> {
        head(out, OK);
        for (long n = 0; n < Long.MAX_VALUE; n++) {
          head(out, "X-Header-" + n + ": some value that is not very long\r\n");
        }
      }
      case HEADER -> {
        head(out, OK + "X-Header: ");
        forEver(out, 'a');
      }
      case STATUS_LINE -> {
        head(out, "HTTP/1.1 200 ");
        forEver(out, 'a');
      }
      case TOKEN -> {
        head(out, OK + OPEN_END + "{\"access_token\":\"");
        forEver(out, 'a');
      }
      case ELEMENT -> element(out);
    }
  }

  private static void head(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void forEver(OutputStream out, char filling) throws IOException {
    byte[] part = new byte[64 * 1024];
    Arrays.fill(part, (byte) filling);
    while (true) {
      out.write(part);
    }
  }

  private static void gzipped(OutputStream out, String start, char filling) throws IOException {
    head(out, OK + "Content-Encoding: gzip\r\n" + OPEN_END);
    GZIPOutputStream gzip = new GZIPOutputStream(out);
    head(gzip, start);
    forEver(gzip, filling);
  }

  private static void blobs(OutputStream out, int port) throws IOException {
    head(out, OK + "Content-Encoding: gzip\r\n" + OPEN_END);
    GZIPOutputStream gzip = new GZIPOutputStream(out);
    head(gzip, "[");
    while (true) {
      head(gzip, "{\"contentId\":\"1\",\"contentUri\":\"https://localhost:" + port + "/\",");
      head(gzip, "\"contentCreated\":\"2026-08-07T11:00:00Z\"},");
    }
  }

  /** This one ends, after more bytes than there is memory for. */
  private static void element(OutputStream out) throws IOException {
    head(out, OK + "Content-Encoding: gzip\r\n" + OPEN_END);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      head(gzip, "[{\"Id\":\"");
      byte[] part = new byte[1 << 20];
      Arrays.fill(part, (byte) 'a');
      for (long sent = 0; sent < HUGE; sent += part.length) {
        gzip.write(part);
      }
      head(gzip, "\"},{\"Id\":\"small\"}]");
    }
  }

  public static void main(String[] args) throws Exception {
    for (Endless endless : Endless.values()) {
      try (ServerSocket server =
          TestCertificate.localhost()
              .serverContext()
              .getServerSocketFactory()
              .createServerSocket(0, 10, InetAddress.getByName("localhost"))) {
        Thread acceptor = new Thread(() -> serve(server, endless), "endless-server");
        acceptor.setDaemon(true);
        acceptor.start();
        OUT.println(endless + ": " + ask(endless, server.getLocalPort()));
      }
    }
    OUT.println("all is asked");
    System.exit(0);
  }

  private static void serve(ServerSocket server, Endless endless) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        InputStream in = connection.getInputStream();
        String tail = "";
        while (!tail.equals("\r\n\r\n")) {
          int next = in.read();
          if (next < 0) {
            throw new IOException("the client closed");
          }
          tail = (tail + (char) next).substring(Math.max(0, tail.length() - 3));
        }
        answer(endless, connection.getOutputStream(), server.getLocalPort());
      } catch (IOException e) {
        // The client has had enough.
      }
    }
  }

  private static String ask(Endless endless, int port) throws Exception {
    URI root = URI.create("https://localhost:" + port);
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(TestCertificate.localhost().serverContext())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    BlockingApi api =
        new BlockingApi(
            new ActivityApi(
                new ApiSettings(root, ID, ID, Duration.ofSeconds(60), "test"),
                http,
                new ApiFixture.NumberedTokens(),
                new Quota(100, System::nanoTime),
                Clock.systemUTC(),
                System::nanoTime,
                ApiThreads.with(TIMER),
                RequestObserver.NOBODY));
    return switch (endless) {
      case TOKEN -> token(root, http);
      case ELEMENT -> element(api, root);
      default ->
          BlockingApi.await(
                  api.api()
                      .content(ContentType.EXCHANGE, Instant.EPOCH, Instant.EPOCH.plusSeconds(9)))
              .toString();
    };
  }

  private static String token(URI root, HttpClient http) {
    Credential secret = new Credential.ClientSecret(new Secret("s"));
    try {
      return BlockingTokens.create(
              new TenantSettings("t", ID, ID.toString(), secret, ID, 1),
              new CloudEndpoints(root, root, root),
              () -> secret,
              http,
              Duration.ofSeconds(60),
              Clock.systemUTC())
          .token()
          .toString();
    } catch (TokenException e) {
      return e.toString();
    }
  }

  private static String element(BlockingApi api, URI root) throws Exception {
    ContentBlob blob =
        new ContentBlob(
            ContentType.EXCHANGE,
            "a",
            root.resolve("/a"),
            Instant.EPOCH,
            Instant.now(Clock.systemUTC()));
    BlobBody body = ApiFixture.ok(api.retrieve(blob));
    BlobOrigin origin = new BlobOrigin(ID.toString(), "Audit.Exchange", "a", Instant.EPOCH);
    StringBuilder read = new StringBuilder();
    try (BlobReader reader =
        new BlobReader(body.stream(), new AuditEventMapper(new EventSchemas()), origin)) {
      for (BlobElement next = reader.next(); next != null; next = reader.next()) {
        read.append(
            next instanceof BlobElement.Refused refused
                ? "refused " + refused.jsonBytes() + " kept " + refused.json().length + ", "
                : "an event");
      }
    }
    return read.toString();
  }
}
