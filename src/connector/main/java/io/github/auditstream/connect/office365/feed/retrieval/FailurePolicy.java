package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.RetrySchedule;
import java.time.Duration;
import java.time.Instant;

/**
 * What to do when a content blob could not be retrieved or read. No I/O, no clock, no chance of its
 * own: all of it is handed in.
 */
public final class FailurePolicy {
  /** So often a blob is tried before it is parked. */
  static final int QUICK_ATTEMPTS = 4;

  private static final RetrySchedule QUICK =
      new RetrySchedule(Duration.ofMillis(500), 2, Duration.ofSeconds(30));
  private static final RetrySchedule PARKED =
      new RetrySchedule(Duration.ofSeconds(30), 2, Duration.ofHours(6));
  private static final RetrySchedule FEED =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofMinutes(5));

  /** The last attempt is made so long before the blob expires, for at its end it is refused. */
  static final Duration LAST_CHANCE = Duration.ofMinutes(10);

  /** A blob that has been tried so often, over about an hour, can make room for others. */
  public static final int MAKES_ROOM_AFTER = QUICK_ATTEMPTS + 8;

  /** The same after about a day, where nothing of the feed is read and no more can be listed. */
  public static final int MAKES_ROOM_ANYWAY_AFTER = QUICK_ATTEMPTS + 14;

  /** The decision. */
  sealed interface Verdict {
    /** The same blob again after a pause. */
    record Again(Duration after) implements Verdict {}

    /** Parked, so that the others go on; again at the given time. */
    record Park(Instant retryAt) implements Verdict {}

    /** Never: a dead letter says why. */
    record GiveUp() implements Verdict {}
  }

  /**
   * @param attempts how often the blob was tried, this time included
   * @param failures of the whole feed in a row, at least 1
   * @param othersSucceeded whether the tenant's other requests went well since this blob began to
   *     fail
   * @param feedWorks whether other blobs of the feed were read since this one was taken up, or its
   *     content was listed since such blobs began to fail
   * @param now the server's time
   * @param draw a random number in [0, 1)
   */
  record Circumstances(
      int attempts,
      int failures,
      boolean othersSucceeded,
      boolean feedWorks,
      Instant contentExpiration,
      Instant now,
      double draw) {}

  private FailurePolicy() {}

  /** Whether such a failure is the whole feed's and says nothing about the blob that met it. */
  static boolean concernsFeed(ApiOutcome.Kind kind) {
    return switch (kind) {
      case THROTTLED, UNAUTHORISED, FORBIDDEN, NOT_SUBSCRIBED -> true;
      case EXPIRED, GONE, BAD_REQUEST, UNAVAILABLE, MALFORMED -> false;
    };
  }

  static Verdict decide(ApiOutcome.Failed<?> failure, Circumstances at) {
    return switch (failure.kind()) {
      case THROTTLED -> new Verdict.Again(Duration.ZERO);
      case UNAUTHORISED, FORBIDDEN, NOT_SUBSCRIBED ->
          // Where the feed's other blobs are read or its content is listed, it is this one that is
          // refused.
          at.feedWorks()
              ? blobsOwnFault(failure, at)
              : new Verdict.Again(FEED.delay(at.failures(), at.draw(), failure.serverAsks()));
      case EXPIRED -> new Verdict.GiveUp();
      case UNAVAILABLE -> at.othersSucceeded() ? blobsOwnFault(failure, at) : soon(failure, at);
      case GONE, BAD_REQUEST, MALFORMED -> blobsOwnFault(failure, at);
    };
  }

  private static Verdict blobsOwnFault(ApiOutcome.Failed<?> failure, Circumstances at) {
    if (!at.now().isBefore(at.contentExpiration())) {
      return new Verdict.GiveUp();
    }
    if (at.attempts() < QUICK_ATTEMPTS) {
      return soon(failure, at);
    }
    int timesParked = at.attempts() - QUICK_ATTEMPTS + 1;
    Instant retryAt = at.now().plus(PARKED.delay(timesParked, at.draw(), failure.serverAsks()));
    Instant lastChance = at.contentExpiration().minus(LAST_CHANCE);
    if (retryAt.isBefore(lastChance)) {
      return new Verdict.Park(retryAt);
    }
    return new Verdict.Park(at.now().isBefore(lastChance) ? lastChance : at.contentExpiration());
  }

  private static Verdict soon(ApiOutcome.Failed<?> failure, Circumstances at) {
    return new Verdict.Again(QUICK.delay(at.attempts(), at.draw(), failure.serverAsks()));
  }
}
