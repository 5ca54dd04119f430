package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of Microsoft Graph that keeps the rules unless a test breaks one. */
final class GraphClient {
  private final TestClient client;
  private final Simulator simulator;
  private String version = "v1.0";

  private GraphClient(Simulator simulator, TestClient client) {
    this.simulator = simulator;
    this.client = client;
  }

  /** With a token for Graph. */
  static GraphClient of(Simulator simulator, SimulatedTenant tenant)
      throws IOException, InterruptedException {
    return new GraphClient(simulator, new TestClient(simulator, tenant)).signedIn();
  }

  static GraphClient of(Simulator simulator) throws IOException, InterruptedException {
    return of(simulator, simulator.tenant());
  }

  /** Asks for another token and keeps it. */
  GraphClient signedIn() throws IOException, InterruptedException {
    Reply reply = client.askForToken(Map.of("scope", simulator.graphUri() + "/.default"));
    client.bearing(reply.json().path("access_token").asText());
    return this;
  }

  GraphClient onBeta() {
    version = "beta";
    return this;
  }

  GraphClient bearing(String token) {
    client.bearing(token);
    return this;
  }

  String bearer() {
    return client.bearer();
  }

  Reply create(Instant start, Instant end) throws IOException, InterruptedException {
    return create(
        Map.of("displayName", "slice", "filterStartDateTime", start, "filterEndDateTime", end));
  }

  /** Creates a query; times are written as text. */
  Reply create(Map<String, Object> body) throws IOException, InterruptedException {
    Map<String, Object> written = new LinkedHashMap<>();
    body.forEach(
        (name, value) -> written.put(name, value instanceof Instant ? value.toString() : value));
    return create(TestClient.JSON.writeValueAsString(written));
  }

  Reply create(String body) throws IOException, InterruptedException {
    return client.send(
        request(uri(""))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Creates a query and polls it until it has succeeded; its id. */
  String succeeded(Instant start, Instant end) throws IOException, InterruptedException {
    return succeeded(create(start, end));
  }

  String succeeded(Reply created) throws IOException, InterruptedException {
    String id = created.json().path("id").asText();
    for (int polls = 0; polls < 5; polls++) {
      if (get(id).json().path("status").asText().equals("succeeded")) {
        return id;
      }
    }
    throw new AssertionError("the query did not succeed: " + created.text());
  }

  Reply queries() throws IOException, InterruptedException {
    return get(uri(""));
  }

  Reply get(String id) throws IOException, InterruptedException {
    return get(uri("/" + id));
  }

  Reply delete(String id) throws IOException, InterruptedException {
    return client.send(request(uri("/" + id)).DELETE());
  }

  Reply records(String id) throws IOException, InterruptedException {
    return records(id, "$top=500");
  }

  Reply records(String id, String options) throws IOException, InterruptedException {
    return get(uri("/" + id + "/records?" + options));
  }

  /** All records, over all pages. */
  List<JsonNode> allRecords(String id) throws IOException, InterruptedException {
    Reply page = records(id);
    List<JsonNode> records = new ArrayList<>();
    page.json().path("value").forEach(records::add);
    while (page.json().has("@odata.nextLink")) {
      page = get(link(page));
      page.json().path("value").forEach(records::add);
    }
    return records;
  }

  List<String> allIds(String id) throws IOException, InterruptedException {
    return allRecords(id).stream().map(record -> record.path("id").asText()).toList();
  }

  static URI link(Reply page) throws IOException {
    return URI.create(page.json().path("@odata.nextLink").asText());
  }

  URI uri(String rest) {
    return URI.create(simulator.graphUri() + "/" + version + "/security/auditLog/queries" + rest);
  }

  Reply get(URI uri) throws IOException, InterruptedException {
    return client.send(request(uri).GET());
  }

  Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request);
  }

  HttpRequest.Builder request(URI uri) {
    return client
        .authorized(uri)
        .header("client-request-id", "5b1c0d6e-0000-4000-8000-000000000001");
  }
}
