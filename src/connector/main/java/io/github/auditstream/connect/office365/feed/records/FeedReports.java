package io.github.auditstream.connect.office365.feed.records;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.Position;
import io.github.auditstream.connect.office365.feed.tenant.FeedHealth;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.CatchUpStatus;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What a feed reports of itself: its status at each change and regularly in between, and each gap
 * and each refused entry of a listing once. Not safe for many threads.
 */
public final class FeedReports {
  /**
   * How often a feed reports at least, so that its offset does not grow old while nothing happens.
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
  private final Deque<Unreported> unreported = new ArrayDeque<>();
  private int unreportedEntries;

  /** What is not reported yet. */
  private sealed interface Unreported {
    /**
     * @param behind the state that goes with it; empty for the present one
     */
    record Gap(FeedStatus.Gap gap, Optional<FeedState> behind) implements Unreported {}

    /**
     * @param before the state that does not know of it
     * @param behind the state that does
     */
    record Entry(RefusedEntry entry, FeedState before, FeedState behind) implements Unreported {}
  }

  public FeedReports(FeedId id, FeedHealth health, FeedRecords records) {
    this.id = id;
    this.health = health;
    this.records = records;
  }

  /**
   * A gap to report with the next records, together with one that it continues and that was not
   * reported yet.
   *
   * @param before the state without it
   * @return what will be reported
   */
  public FeedStatus.Gap gap(FeedStatus.Gap gap, FeedState before) {
    health.gap(gap);
    if (!(unreported.peekLast() instanceof Unreported.Gap last)) {
      unreported.add(new Unreported.Gap(gap, Optional.empty()));
      return gap;
    }
    unreported.removeLast();
    if (!last.gap().until().isBefore(gap.from())) {
      FeedStatus.Gap whole = new FeedStatus.Gap(last.gap().from(), gap.until());
      unreported.add(new Unreported.Gap(whole, Optional.empty()));
      return whole;
    }
    unreported.add(new Unreported.Gap(last.gap(), Optional.of(before)));
    unreported.add(new Unreported.Gap(gap, Optional.empty()));
    return gap;
  }

  /**
   * A refused entry to report with the next records.
   *
   * @param before the state that does not know of it
   * @param behind the state that does
   */
  public void refused(RefusedEntry entry, FeedState before, FeedState behind) {
    if (unreported.peekLast() instanceof Unreported.Gap last) {
      unreported.removeLast();
      unreported.add(new Unreported.Gap(last.gap(), Optional.of(last.behind().orElse(before))));
    }
    unreported.add(new Unreported.Entry(entry, before, behind));
    unreportedEntries++;
  }

  /** Whether refused entries wait to be reported. */
  public boolean hasRefused() {
    return unreportedEntries > 0;
  }

  /**
   * Goes before any other record whose offset lies behind what is reported: else a crash would hide
   * it.
   *
   * @return the refused entries that are reported
   */
  public List<RefusedEntry> addUnreported(
      List<SourceRecord> out, FeedState state, int waitingBlobs, Instant now) {
    List<RefusedEntry> reported = new ArrayList<>();
    for (Unreported next = unreported.poll(); next != null; next = unreported.poll()) {
      if (next instanceof Unreported.Gap gap) {
        FeedState behind = gap.behind().orElse(state);
        FeedStatus status =
            status(
                FeedStatus.State.GAP,
                behind,
                waitingBlobs,
                behind.parked().size(),
                Optional.empty(),
                now);
        out.add(records.status(status, behind));
      } else if (next instanceof Unreported.Entry entry) {
        out.addAll(records.refused(entry.entry(), entry.before(), entry.behind(), now));
        reported.add(entry.entry());
      }
    }
    unreportedEntries = 0;
    return reported;
  }

  public void addStatus(
      List<SourceRecord> out,
      FeedState state,
      int waitingBlobs,
      int parkedBlobs,
      Optional<CatchUpStatus> catchUp,
      Instant now) {
    statusDueAt = now.plus(HEARTBEAT);
    out.add(
        records.status(
            status(stateWord(state, now), state, waitingBlobs, parkedBlobs, catchUp, now), state));
  }

  /** Whether something has changed, or the feed has not reported for long. */
  public boolean isStatusDue(Instant now) {
    boolean healthChanged = health.takeChanged();
    boolean dropped = records.deliveries().takeChanged();
    return healthChanged || dropped || !now.isBefore(statusDueAt);
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

  /** A refusal by Entra ID itself, which has no HTTP status here, does not pass by waiting. */
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
      int parkedBlobs,
      Optional<CatchUpStatus> catchUp,
      Instant now) {
    Duration lag = Duration.between(state.allReadUntil(), now);
    return new FeedStatus(
        id.tenant(),
        id.contentType().apiName(),
        word,
        health.subscription(),
        now,
        state.listedUntil(),
        state.allCompleteUntil(),
        state.position().map(Position::contentCreated),
        state.position().map(Position::contentId),
        lag.isNegative() ? Duration.ZERO : lag,
        waitingBlobs,
        parkedBlobs,
        state.gap(),
        health.problem(),
        catchUp,
        records.deliveries().dropped(),
        state.readFrom(),
        health.notes());
  }
}
