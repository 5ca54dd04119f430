package io.github.auditstream.connect.office365.api;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Tells data from errors by the {@link ErrorTable}, and lets the quota and the clock learn from
 * each answer. Behind it only data is left: status 200 and no error object, or what the table calls
 * success.
 */
record Judged(Quota quota, ServerTime time, Exchange next) implements Exchange {
  private static final int HTTP_OK = 200;

  /** Beyond this, the clocks' difference explains refused windows and tokens. */
  private static final Duration SKEW_WORTH_A_WORD = Duration.ofMinutes(1);

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(Call call) {
    return next.send(call)
        .thenApply(
            outcome ->
                outcome instanceof ApiOutcome.Ok<Answer> ok ? judged(call, ok.value()) : outcome);
  }

  private ApiOutcome<Answer> judged(Call call, Answer answer) {
    ErrorBody error;
    try {
      error = ErrorBody.peek(answer.body());
    } catch (IOException e) {
      answer.body().abandon();
      Interruption.rethrow(e);
      if (answer.status() == HTTP_OK) {
        return call.broken(answer.status(), e);
      }
      error = ErrorBody.UNREADABLE;
    }
    if (answer.status() == HTTP_OK || error.code().startsWith("AF")) {
      time.saw(answer.headers());
    }
    if (answer.status() == HTTP_OK && error.form() != ErrorBody.Form.ERROR) {
      quota.succeeded();
      return new ApiOutcome.Ok<>(answer);
    }
    answer.body().drain(ErrorBody.LIMIT_BYTES);
    return meaning(call, answer, error);
  }

  private ApiOutcome<Answer> meaning(Call call, Answer answer, ErrorBody error) {
    ErrorTable.Row row =
        ErrorTable.rowFor(new ErrorTable.Symptom(call.operation(), answer.status(), error));
    if (row.failure().isEmpty()) {
      quota.succeeded();
      return new ApiOutcome.Ok<>(answer);
    }
    ApiOutcome.Kind kind = row.failure().get();
    Optional<Duration> serverAsks = time.retryAfter(answer.headers());
    if (kind == ApiOutcome.Kind.THROTTLED) {
      quota.throttled(serverAsks);
    }
    String reason = row.words() + trace(answer, error) + "." + skew();
    return call.failed(kind, answer.status(), error.code(), reason, serverAsks);
  }

  /** What a support case needs. */
  private static String trace(Answer answer, ErrorBody error) {
    StringBuilder trace = new StringBuilder(" (HTTP ").append(answer.status());
    if (!error.code().isEmpty()) {
      trace.append(", ").append(error.code());
    }
    correlationId(answer.headers()).ifPresent(id -> trace.append(", correlation id ").append(id));
    return trace.append(')').toString();
  }

  /** The first is seen on the API's answers, the others on those of Microsoft's gateways. */
  private static Optional<String> correlationId(HttpHeaders headers) {
    return Stream.of("mise-correlation-id", "x-ms-correlation-id", "request-id", "x-ms-request-id")
        .flatMap(name -> headers.firstValue(name).stream())
        .filter(id -> id.matches("[A-Za-z0-9._-]{1,80}"))
        .findFirst();
  }

  private String skew() {
    Duration skew = time.skew();
    return skew.abs().compareTo(SKEW_WORTH_A_WORD) < 0
        ? ""
        : " The server's clock is "
            + skew.abs().toSeconds()
            + " s "
            + (skew.isNegative() ? "behind" : "ahead of")
            + " this machine's: set the clock.";
  }
}
