package io.github.auditstream.connect.office365.api;

import java.util.concurrent.CompletableFuture;

/** Tells an observer how each request ended. */
final class Observed implements Exchange {
  private final RequestObserver observer;
  private final Exchange next;

  Observed(RequestObserver observer, Exchange next) {
    this.observer = observer;
    this.next = next;
  }

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
