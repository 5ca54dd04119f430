package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.http.Answer;
import io.github.auditstream.connect.office365.http.Causes;
import io.github.auditstream.connect.office365.http.HttpSender;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Sends the request. Every answer is an answer here, whatever its status: a page of records while
 * it arrives, any other once it is there as a whole.
 */
record GraphWire(HttpSender sender, GraphSettings settings, ApiThreads threads)
    implements GraphExchange {

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(GraphCall call) {
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
        call.operation() == GraphOperation.RECORDS
            ? sender.send(request, HttpSender.Arrival.STREAMED, threads.bodies(), call.caller())
            : sender.send(request, HttpSender.Arrival.WHOLE, threads.work(), call.caller());
    return answer.handle(
        (come, error) -> error == null ? new ApiOutcome.Ok<>(come) : unanswered(call, error));
  }

  private static ApiOutcome<Answer> unanswered(GraphCall call, Throwable error) {
    Throwable cause = Causes.of(error);
    if (cause instanceof IOException e) {
      return call.broken(0, e);
    }
    if (cause instanceof Error || cause instanceof CancellationException) {
      throw new CompletionException(cause);
    }
    // The client throws these at headers that are not well-formed. Their messages quote them.
    return call.failed(
        ApiOutcome.Kind.UNAVAILABLE,
        "the answer is not well-formed HTTP (" + cause.getClass().getSimpleName() + ").");
  }

  private HttpRequest request(GraphCall call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .timeout(settings.requestTimeout())
            .setHeader("Accept", "application/json")
            .setHeader("Accept-Encoding", "gzip")
            .setHeader("User-Agent", settings.userAgent());
    call.bearer()
        .map(AccessToken::reveal)
        .ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
    call.clientRequestId().ifPresent(id -> request.setHeader("client-request-id", id.toString()));
    call.body().ifPresent(json -> request.setHeader("Content-Type", "application/json"));
    return switch (call.operation()) {
      case CREATE ->
          request.POST(HttpRequest.BodyPublishers.ofString(call.body().orElseThrow())).build();
      case DELETE -> request.DELETE().build();
      case LIST, STATUS, RECORDS -> request.GET().build();
    };
  }
}
