package io.github.auditstream.connect.office365.graph;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.http.Answer;
import java.util.concurrent.CompletableFuture;

/** Tells an observer how each request ended. */
record GraphObserved(RequestObserver observer, GraphExchange next) implements GraphExchange {
  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(GraphCall call) {
    return next.send(call)
        .thenApply(
            outcome -> {
              observer.ended(outcome);
              return outcome;
            });
  }
}
