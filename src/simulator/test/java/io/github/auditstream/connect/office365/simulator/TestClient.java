package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/** A client that keeps the rules unless a test breaks one. */
final class TestClient {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Simulator simulator;
  private final SimulatedTenant tenant;
  private final HttpClient http;
  private String publisher = UUID.randomUUID().toString();
  private String token = "";
  private boolean gzip;

  TestClient(Simulator simulator, SimulatedTenant tenant) {
    this.simulator = simulator;
    this.tenant = tenant;
    http =
        HttpClient.newBuilder()
            .sslContext(simulator.truststore().sslContext())
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  static TestClient of(Simulator simulator) {
    return new TestClient(simulator, simulator.tenant());
  }

  /** An answer with its body gunzipped where it was gzip. */
  static final class Reply {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] bytes;

    private Reply(int status, Map<String, List<String>> headers, byte[] bytes) {
      this.status = status;
      this.headers = headers;
      this.bytes = bytes;
    }

    int status() {
      return status;
    }

    byte[] bytes() {
      return bytes;
    }

    Map<String, List<String>> headers() {
      return headers;
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
      return JSON.readTree(bytes);
    }

    String code() throws IOException {
      return json().path("error").path("code").asText();
    }

    Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().get(0))
          .findFirst();
    }

    List<String> contentIds() throws IOException {
      List<String> ids = new ArrayList<>();
      json().forEach(blob -> ids.add(blob.path("contentId").asText()));
      return ids;
    }
  }

  TestClient withGzip() {
    gzip = true;
    return this;
  }

  TestClient publisher(String identifier) {
    publisher = identifier;
    return this;
  }

  TestClient bearing(String bearer) {
    token = bearer;
    return this;
  }

  String bearer() {
    return token;
  }

  /** Asks for a token and keeps it. */
  TestClient signedIn() throws IOException, InterruptedException {
    token = askForToken(Map.of()).json().path("access_token").asText();
    return this;
  }

  /** Asks for a token with the secret; empty text in the changes takes a field away. */
  Reply askForToken(Map<String, String> changes) throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", tenant.clientId());
    form.put("client_secret", tenant.clientSecret());
    form.put("scope", simulator.baseUri() + "/.default");
    form.putAll(changes);
    form.values().removeIf(String::isEmpty);
    return post("/" + tenant.id() + "/oauth2/v2.0/token", form);
  }

  Reply post(String path, Map<String, String> form) throws IOException, InterruptedException {
    List<String> pairs = new ArrayList<>();
    form.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
    return send(
        HttpRequest.newBuilder(URI.create(simulator.baseUri() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
  }

  Reply start(ContentType type) throws IOException, InterruptedException {
    return send(
        authorized(feed("subscriptions/start?contentType=" + type.apiName() + "&" + publisher()))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  Reply stop(ContentType type) throws IOException, InterruptedException {
    return send(
        authorized(feed("subscriptions/stop?contentType=" + type.apiName() + "&" + publisher()))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  Reply subscriptions() throws IOException, InterruptedException {
    return get(feed("subscriptions/list?" + publisher()));
  }

  Reply content(ContentType type, Instant start, Instant end)
      throws IOException, InterruptedException {
    return content(type.apiName(), SECONDS.format(start), SECONDS.format(end));
  }

  Reply content(String type, String start, String end) throws IOException, InterruptedException {
    return get(
        feed(
            "subscriptions/content?contentType="
                + encoded(type)
                + "&startTime="
                + encoded(start)
                + "&endTime="
                + encoded(end)
                + "&"
                + publisher()));
  }

  /** The last day up to a second from now. */
  Reply lastDay(ContentType type) throws IOException, InterruptedException {
    Instant now = tenant.now();
    return content(type, now.minus(Duration.ofHours(23)), now.plusSeconds(1));
  }

  Reply follow(Reply page) throws IOException, InterruptedException {
    return get(URI.create(page.header("NextPageUri").orElseThrow() + "&" + publisher()));
  }

  /** The ids on all pages of the last day. */
  List<String> allOfLastDay(ContentType type) throws IOException, InterruptedException {
    Reply page = lastDay(type);
    List<String> ids = new ArrayList<>(page.contentIds());
    while (page.header("NextPageUri").isPresent()) {
      page = follow(page);
      ids.addAll(page.contentIds());
    }
    return ids;
  }

  Reply retrieve(PublishedBlob blob) throws IOException, InterruptedException {
    return get(URI.create(blob.contentUri() + "?" + publisher()));
  }

  URI feed(String operation) {
    return URI.create(
        simulator.baseUri() + "/api/v1.0/" + tenant.id() + "/activity/feed/" + operation);
  }

  String publisher() {
    return "PublisherIdentifier=" + publisher;
  }

  Reply get(URI uri) throws IOException, InterruptedException {
    return send(authorized(uri).GET());
  }

  HttpRequest.Builder authorized(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    if (gzip) {
      request.header("Accept-Encoding", "gzip");
    }
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    byte[] body = response.body();
    if (response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent()) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = in.readAllBytes();
      }
    }
    return new Reply(response.statusCode(), response.headers().map(), body);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
