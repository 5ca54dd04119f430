package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.http.Answer;
import io.github.auditstream.connect.office365.http.Interruption;
import io.github.auditstream.connect.office365.http.ServerTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Tells data from errors by the {@link GraphErrorTable}, and lets the budget and the clock learn
 * from each answer. Behind it only data is left.
 */
record GraphJudged(UnitBudget budget, ServerTime time, GraphExchange next)
    implements GraphExchange {

  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(GraphCall call) {
    return next.send(call)
        .thenApply(
            outcome ->
                outcome instanceof ApiOutcome.Ok<Answer> ok ? judged(call, ok.value()) : outcome);
  }

  private ApiOutcome<Answer> judged(GraphCall call, Answer answer) {
    boolean data = isData(call.operation(), answer.status());
    GraphErrorBody error;
    try {
      error =
          GraphErrorBody.peek(
              answer.body(),
              data ? GraphErrorBody.LOOKED_AT_OF_DATA_BYTES : GraphErrorBody.LIMIT_BYTES);
    } catch (IOException e) {
      answer.body().abandon();
      Interruption.rethrow(e);
      if (data) {
        return call.broken(answer.status(), e);
      }
      error = GraphErrorBody.UNREADABLE;
    }
    if (data && error.form() != GraphErrorBody.Form.ERROR) {
      time.saw(answer.headers());
      budget.succeeded(partOfLimit(answer));
      return new ApiOutcome.Ok<>(answer);
    }
    answer.body().drain(GraphErrorBody.LIMIT_BYTES);
    return meaning(call, answer, error);
  }

  private static boolean isData(GraphOperation operation, int status) {
    return switch (operation) {
      case CREATE -> status == 201 || status == 200;
      case LIST, STATUS, RECORDS -> status == 200;
      case DELETE -> status == 204 || status == 200;
    };
  }

  private ApiOutcome<Answer> meaning(GraphCall call, Answer answer, GraphErrorBody error) {
    GraphErrorTable.Row row =
        GraphErrorTable.rowFor(
            new GraphErrorTable.Symptom(call.operation(), answer.status(), error));
    if (row.failure().isEmpty()) {
      budget.succeeded(partOfLimit(answer));
      return new ApiOutcome.Ok<>(answer);
    }
    ApiOutcome.Kind kind = row.failure().get();
    Optional<Duration> serverAsks = time.retryAfter(answer.headers());
    // A create is refused for want of a place, which the other requests do not need.
    if (kind == ApiOutcome.Kind.THROTTLED && call.operation() != GraphOperation.CREATE) {
      budget.throttled(serverAsks);
    }
    return call.failed(
        kind, answer.status(), error.code(), row.words() + trace(answer, error) + ".", serverAsks);
  }

  /** What a support case needs. */
  private static String trace(Answer answer, GraphErrorBody error) {
    StringBuilder trace = new StringBuilder(" (HTTP ").append(answer.status());
    if (!error.code().isEmpty()) {
      trace.append(", ").append(error.code());
    }
    Stream.concat(answer.headers().firstValue("request-id").stream(), error.requestId().stream())
        .filter(id -> id.matches("[A-Za-z0-9._-]{1,80}"))
        .findFirst()
        .ifPresent(id -> trace.append(", request-id ").append(id));
    return trace.append(')').toString();
  }

  private static Optional<Double> partOfLimit(Answer answer) {
    return answer
        .headers()
        .firstValue("x-ms-throttle-limit-percentage")
        .filter(text -> text.matches("\\d{1,3}(\\.\\d{1,9})?"))
        .map(Double::valueOf);
  }
}
