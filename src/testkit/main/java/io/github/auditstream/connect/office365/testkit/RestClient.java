package io.github.auditstream.connect.office365.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP to one root address. */
final class RestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration LIMIT = Duration.ofSeconds(95);

  static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI root;

  RestClient(URI root) {
    this.root = root;
  }

  URI root() {
    return root;
  }

  /** An answer of any status. */
  record Answer(int status, JsonNode body) {}

  JsonNode send(String method, String path, @Nullable Object body) {
    Answer answer = exchange(method, path, body, LIMIT);
    if (answer.status() >= 400) {
      throw new RestException(
          method + " " + root + path, answer.status(), answer.body().path("message").asText());
    }
    return answer.body();
  }

  /** One exchange; whatever the status is. */
  Answer exchange(String method, String path, @Nullable Object body, Duration limit) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(root + path))
              .timeout(limit)
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      throw new RestException(method + " " + root + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while asking " + root, e);
    }
  }

  /** Whether a GET is answered with a status below 400 in that time. */
  boolean answers(String path, Duration limit) {
    try {
      return exchange("GET", path, null, limit).status() < 400;
    } catch (RestException e) {
      return false;
    }
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    if (text.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode().put("message", text);
    }
  }
}
