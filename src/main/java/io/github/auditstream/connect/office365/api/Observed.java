package io.github.auditstream.connect.office365.api;

/** Tells an observer how each request ended. */
final class Observed implements Exchange {
  private final RequestObserver observer;
  private final Exchange next;

  Observed(RequestObserver observer, Exchange next) {
    this.observer = observer;
    this.next = next;
  }

  @Override
  public ApiOutcome<Answer> send(Call call) throws InterruptedException {
    ApiOutcome<Answer> outcome = next.send(call);
    observer.ended(outcome);
    return outcome;
  }
}
