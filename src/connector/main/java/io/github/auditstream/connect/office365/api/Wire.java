package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.http.Answer;
import io.github.auditstream.connect.office365.http.Causes;
import io.github.auditstream.connect.office365.http.HttpSender;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Sends the request. Every answer is an answer here, whatever its status: a blob's while it
 * arrives, any other once it is there as a whole.
 */
final class Wire implements Exchange {
  private final HttpSender sender;
  private final ApiSettings settings;
  private final ApiThreads threads;

  Wire(HttpClient http, ApiSettings settings, ApiThreads threads) {
    this.sender = new HttpSender(http, settings.requestTimeout(), threads.timer());
    this.settings = settings;
    this.threads = threads;
  }

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(Call call) {
    HttpRequest request;
    try {
      request = request(call);
    } catch (IllegalArgumentException e) {
      // Its message quotes the header that is not one, the token too.
      return CompletableFuture.completedFuture(
          call.failed(
              ApiOutcome.Kind.UNAVAILABLE, "the request cannot be written as HTTP; not sent."));
    }
    CompletableFuture<Answer> answer =
        call.operation() == Operation.RETRIEVE
            ? sender.send(request, HttpSender.Arrival.STREAMED, threads.bodies(), call.caller())
            : sender.send(request, HttpSender.Arrival.WHOLE, threads.work(), call.caller());
    return answer.handle(
        (come, error) -> error == null ? new ApiOutcome.Ok<>(come) : unanswered(call, error));
  }

  /** Breaks off all requests and bodies that are under way. */
  void close() {
    sender.close();
  }

  private static ApiOutcome<Answer> unanswered(Call call, Throwable error) {
    Throwable cause = Causes.of(error);
    if (cause instanceof IOException e) {
      return call.broken(0, e);
    }
    if (cause instanceof Error || cause instanceof CancellationException) {
      throw new CompletionException(cause);
    }
    // The request is well-formed; the client throws these too at headers that are not. Their
    // messages quote them.
    return call.failed(
        ApiOutcome.Kind.UNAVAILABLE,
        "the answer is not well-formed HTTP (" + cause.getClass().getSimpleName() + ").");
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
    // A start without a body asks for no webhook; it is sent with Content-Length: 0.
    return call.operation() == Operation.START
        ? request.POST(HttpRequest.BodyPublishers.noBody()).build()
        : request.GET().build();
  }
}
