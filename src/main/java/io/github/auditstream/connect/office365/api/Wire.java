package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.AccessToken;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Sends the request. Every answer is an answer here, whatever its status. */
final class Wire implements Exchange {
  private final HttpClient http;
  private final ApiSettings settings;

  Wire(HttpClient http, ApiSettings settings) {
    this.http = http;
    this.settings = settings;
  }

  @Override
  public ApiOutcome<Answer> send(Call call) throws InterruptedException {
    HttpRequest request = request(call);
    try {
      HttpResponse<BodyStream> response =
          http.send(request, info -> new BodyStream(settings.requestTimeout()));
      return new ApiOutcome.Ok<>(
          new Answer(response.statusCode(), response.headers(), new Body(response.body())));
    } catch (IOException e) {
      Interruption.rethrow(e);
      return call.unanswered(e);
    } catch (RuntimeException e) {
      // The request is well-formed; the client throws these too at headers that are not. Their
      // messages quote them.
      return call.failed(
          ApiOutcome.Kind.UNAVAILABLE,
          "the answer is not well-formed HTTP (" + e.getClass().getSimpleName() + ").");
    }
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .timeout(settings.requestTimeout())
            .setHeader("Accept", "application/json")
            .setHeader("Accept-Encoding", "gzip")
            .setHeader("User-Agent", settings.userAgent());
    call.bearer()
        .map(AccessToken::reveal)
        .ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
    call.language().ifPresent(language -> request.setHeader("Accept-Language", language));
    // A start without a body asks for no webhook; it is sent with Content-Length: 0.
    return call.operation() == Operation.START
        ? request.POST(HttpRequest.BodyPublishers.noBody()).build()
        : request.GET().build();
  }
}
