package io.github.auditstream.connect.office365.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A tenant's quota of requests to the feed, and how what is too many is answered. Thread-safe. */
final class Throttling {
  private final Breaches breaches;
  private final RequestQuota quota;
  private volatile int status = 403;
  private volatile Optional<Duration> retryAfter = Optional.empty();
  private volatile Instant asksToWaitUntil = Instant.MIN;

  Throttling(Breaches breaches, int requestsPerMinute) {
    this.breaches = breaches;
    this.quota = new RequestQuota(requestsPerMinute);
  }

  RequestQuota quota() {
    return quota;
  }

  void answerWith(int newStatus, Optional<Duration> asksToWait) {
    status = newStatus;
    retryAfter = asksToWait;
  }

  /** Counts a request against the quota; the answer to give if it is too many. */
  Optional<Answer> refusal(Call call) {
    Instant now = call.at();
    if (now.isBefore(asksToWaitUntil)) {
      breaches.add(
          Rule.SENT_BEFORE_RETRY_AFTER,
          call + " arrived before " + asksToWaitUntil + ", until when Retry-After had asked");
    }
    int arrived = quota.arrived(now);
    if (arrived <= quota.perMinute()) {
      return Optional.empty();
    }
    breaches.add(
        Rule.OVER_QUOTA,
        call + " is request " + arrived + " of a minute with a quota of " + quota.perMinute());
    String publisher =
        call.parameter("PublisherIdentifier").orElse("00000000-0000-0000-0000-000000000000");
    Answer refused =
        Answer.afError(
            status,
            "AF429",
            "Too many requests. Method=" + call.operation() + ", PublisherId=" + publisher);
    Optional<Duration> wait = retryAfter;
    if (wait.isEmpty()) {
      return Optional.of(refused);
    }
    asksToWaitUntil = now.plus(wait.get());
    return Optional.of(refused.withHeader("Retry-After", Long.toString(wait.get().toSeconds())));
  }
}
