package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.status.CatchUpStatus;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a feed tells of itself: its status at each change and regularly in between, and each gap
 * once. Not safe for many threads.
 */
final class FeedReports {
  /**
   * How often a feed is heard of at least, so that its offset does not grow old while nothing
   * happens.
   */
  static final Duration HEARTBEAT = Duration.ofMinutes(5);

  /** Microsoft lets a new consent take up to an hour. */
  static final Duration CONSENT_SPREADS = Duration.ofHours(1);

  private static final Set<String> REFUSALS =
      Set.of(ApiOutcome.Kind.UNAUTHORISED.name(), ApiOutcome.Kind.FORBIDDEN.name());

  private final FeedId id;
  private final FeedHealth health;
  private final FeedRecords records;
  private Instant statusDueAt = Instant.MIN;
  private FeedStatus.@Nullable Gap untold;

  FeedReports(FeedId id, FeedHealth health, FeedRecords records) {
    this.id = id;
    this.health = health;
    this.records = records;
  }

  /**
   * A gap to tell of with the next records, together with one before it that was not told yet.
   *
   * @return what will be told
   */
  FeedStatus.Gap gap(FeedStatus.Gap gap) {
    health.gap(gap);
    FeedStatus.Gap before = untold;
    FeedStatus.Gap whole = before == null ? gap : new FeedStatus.Gap(before.from(), gap.until());
    untold = whole;
    return whole;
  }

  /** Goes before any other record whose offset lies behind the gap: else a crash would hide it. */
  void addGap(List<SourceRecord> out, FeedState state, int waitingBlobs, Instant now) {
    if (untold != null) {
      FeedStatus gap = status(FeedStatus.State.GAP, state, waitingBlobs, Optional.empty(), now);
      out.add(records.status(gap, state));
      untold = null;
    }
  }

  void addStatus(
      List<SourceRecord> out,
      FeedState state,
      int waitingBlobs,
      Optional<CatchUpStatus> catchUp,
      Instant now) {
    statusDueAt = now.plus(HEARTBEAT);
    out.add(
        records.status(status(stateWord(state, now), state, waitingBlobs, catchUp, now), state));
  }

  /** Whether something has changed, or the feed has not been heard of for long. */
  boolean isStatusDue(Instant now) {
    return health.takeChanged() || !now.isBefore(statusDueAt);
  }

  private FeedStatus.State stateWord(FeedState state, Instant now) {
    Optional<Problem> problem = health.problem();
    if (problem.isPresent()) {
      return isPending(problem.get(), state, now)
          ? FeedStatus.State.PENDING
          : FeedStatus.State.TROUBLED;
    }
    return health.subscription() == FeedStatus.Subscription.ENABLED
        ? FeedStatus.State.RUNNING
        : FeedStatus.State.STARTING;
  }

  /** A refusal by Entra ID itself, which has no HTTP status here, does not mend by waiting. */
  private static boolean isPending(Problem problem, FeedState state, Instant now) {
    return REFUSALS.contains(problem.kind())
        && problem.httpStatus() != 0
        && state
            .waitingSince()
            .map(since -> since.plus(CONSENT_SPREADS))
            .filter(now::isBefore)
            .isPresent();
  }

  private FeedStatus status(
      FeedStatus.State word,
      FeedState state,
      int waitingBlobs,
      Optional<CatchUpStatus> catchUp,
      Instant now) {
    Duration lag = Duration.between(state.readUntil(), now);
    return new FeedStatus(
        id.tenant(),
        id.contentType().apiName(),
        word,
        health.subscription(),
        now,
        state.listedUntil(),
        state.completeUntil(),
        state.position().map(Position::contentCreated),
        state.position().map(Position::contentId),
        lag.isNegative() ? Duration.ZERO : lag,
        waitingBlobs,
        state.parked().size(),
        state.gap(),
        health.problem(),
        catchUp);
  }
}
