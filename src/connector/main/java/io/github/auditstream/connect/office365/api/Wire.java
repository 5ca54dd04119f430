package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.http.BodyStream;
import io.github.auditstream.connect.office365.http.Causes;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends the request. Every answer is an answer here, whatever its status: a blob's while it
 * arrives, any other once it is there as a whole.
 */
final class Wire implements Exchange {
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  /** What is held of a blob's body ahead of its reader; most are no longer, packed. */
  private static final int HELD_BYTES = 64 * 1024;

  /** The same of any other body: far more than a page has. */
  private static final int HELD_OF_WHOLE_BYTES = 1024 * 1024;

  private final HttpClient http;
  private final ApiSettings settings;
  private final ApiThreads threads;
  private final UnderWay underWay = new UnderWay();

  Wire(HttpClient http, ApiSettings settings, ApiThreads threads) {
    this.http = http;
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
    AtomicReference<@Nullable Begun> begun = new AtomicReference<>();
    CompletableFuture<Boolean> come = new CompletableFuture<>();
    CompletableFuture<HttpResponse<BodyStream>> response =
        http.sendAsync(
            request,
            info -> {
              Begun answer = new Begun(info, body(call));
              begun.set(answer);
              if (!answer.isProxys()) {
                // The client's own future passes through the JVM's common pool, which others may
                // keep busy.
                answer.body().whenHandedOut(() -> come.complete(true));
              }
              return answer.body();
            });
    Runnable cancel = () -> response.cancel(true);
    underWay.add(cancel);
    var unusedEnd =
        response.whenComplete(
            (answer, error) -> {
              underWay.remove(cancel);
              if (error == null) {
                come.complete(true);
              } else {
                come.completeExceptionally(error);
              }
            });
    var unusedCancel =
        call.caller()
            .whenComplete(
                (outcome, error) -> {
                  if (call.caller().isCancelled()) {
                    response.cancel(true);
                  }
                });
    return come.handleAsync(
        (there, error) -> outcome(call, begun.get(), error),
        call.operation() == Operation.RETRIEVE ? threads.bodies() : threads.work());
  }

  /** An answer whose headers have come. */
  private record Begun(HttpResponse.ResponseInfo info, BodyStream body) {
    boolean isProxys() {
      return info.statusCode() == PROXY_AUTHENTICATION_REQUIRED;
    }

    ApiOutcome<Answer> answer() {
      return new ApiOutcome.Ok<>(new Answer(info.statusCode(), info.headers(), new Body(body)));
    }
  }

  /**
   * An answer that broke behind its headers is still one, up to there: the client reports the break
   * sometimes to the body, and sometimes in place of the answer. A proxy's refusal is none.
   */
  private static ApiOutcome<Answer> outcome(
      Call call, @Nullable Begun begun, @Nullable Throwable error) {
    if (error == null) {
      return Objects.requireNonNull(begun).answer();
    }
    if (begun == null || begun.isProxys()) {
      return unanswered(call, error);
    }
    begun.body().onError(error);
    return begun.answer();
  }

  /** Breaks off all requests and bodies that are under way. */
  void close() {
    underWay.close();
  }

  private BodyStream body(Call call) {
    BodyStream body =
        call.operation() == Operation.RETRIEVE
            ? BodyStream.streamed(settings.requestTimeout(), HELD_BYTES, threads.timer())
            : BodyStream.whole(settings.requestTimeout(), HELD_OF_WHOLE_BYTES, threads.timer());
    Runnable close = body::close;
    underWay.add(close);
    body.whenEnded(() -> underWay.remove(close));
    return body;
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
