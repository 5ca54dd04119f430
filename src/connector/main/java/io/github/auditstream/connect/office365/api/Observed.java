package io.github.auditstream.connect.office365.api;

import java.util.concurrent.CompletableFuture;

/** Tells an observer how each request ended. */
record Observed(RequestObserver observer, Exchange next) implements Exchange {
  @Override
  public CompletableFuture<ApiOutcome<Answer>> send(Call call) {
    return next.send(call)
        .thenApply(
            outcome -> {
              observer.ended(outcome);
              return outcome;
            });
  }
}
