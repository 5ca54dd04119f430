package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.config.QuerySettings;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import io.github.auditstream.connect.office365.graph.AuditQuery;
import io.github.auditstream.connect.office365.graph.NewQuery;
import io.github.auditstream.connect.office365.graph.QueryRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one slice done, step by step: creates its query, waits for it, reads its records, and judges
 * whether they are all. One step at a time.
 */
final class SliceRun {
  private static final Logger LOG = LoggerFactory.getLogger(SliceRun.class);

  /** Queries that fail are repeated so often. */
  private static final int MOST_ATTEMPTS = 6;

  /** After so many failures in a row, others get a turn. */
  private static final int MAKES_ROOM = 5;

  private static final int SLOWEST_POLL = 12;
  private static final int LATER_POLL = 3;

  private final Slice slice;
  private final TenantAccess access;
  private final QuerySettings settings;
  private final EventSender sender;
  private SliceEntry entry;
  private boolean lookFirst;
  private int polls;
  private int failures;
  private long mostRecords;
  private @Nullable Instant unreadableSince;
  private @Nullable SliceRead reading;
  private @Nullable SliceVerdict verdict;

  /** What follows a step. */
  sealed interface Next {
    /** Another step, after a pause. */
    record Step(Duration after) implements Next {}

    /** The slice makes room for others, and goes on after a pause at the earliest. */
    record Yield(Duration pause) implements Next {}

    /** The slice is done, split or given up. */
    record End() implements Next {}
  }

  SliceRun(Slice slice, TenantAccess access, QuerySettings settings, EventSender sender) {
    this.slice = slice;
    this.access = access;
    this.settings = settings;
    this.sender = sender;
    this.entry = access.ledger().entry(slice);
  }

  Slice slice() {
    return slice;
  }

  /** Runs the next step; may wait for an answer. */
  Next step() throws InterruptedException {
    if (access.graph().budget().isPaused()) {
      return new Next.Step(access.whilePaused());
    }
    return switch (entry.state()) {
      case WAITING -> create();
      case SEARCHING -> poll();
      case READING -> read();
      case DONE, SPLIT, INCOMPLETE -> new Next.End();
    };
  }

  private void put(SliceEntry next) {
    entry = next;
    access.ledger().put(slice, next);
  }

  private Next create() throws InterruptedException {
    String name = access.names().of(slice, entry.attempt());
    Optional<AuditQuery> query = access.fromBefore(name);
    if (query.isEmpty() && lookFirst) {
      ApiOutcome<Optional<AuditQuery>> found = access.find(name);
      if (found instanceof ApiOutcome.Failed<Optional<AuditQuery>> failure) {
        return later(failure);
      }
      query = ((ApiOutcome.Ok<Optional<AuditQuery>>) found).value();
      lookFirst = false;
    }
    if (query.isPresent()) {
      return created(query.get());
    }
    Optional<Next> instead = access.beginCreation();
    if (instead.isPresent()) {
      return instead.get();
    }
    try {
      return create(new NewQuery(name, slice.from(), slice.until(), slice.recordTypes()));
    } finally {
      access.endCreation();
    }
  }

  private Next create(NewQuery query) throws InterruptedException {
    Waiting.pause(access.graph().budget().reserve());
    ApiOutcome<AuditQuery> outcome = Waiting.on(access.graph().create(query));
    return outcome instanceof ApiOutcome.Ok<AuditQuery> ok
        ? created(ok.value())
        : notCreated((ApiOutcome.Failed<AuditQuery>) outcome);
  }

  private Next created(AuditQuery query) {
    access.created();
    access.answered();
    failures = 0;
    polls = 0;
    put(entry.searching(query.ref(), access.now()));
    return new Next.Step(settings.firstPoll());
  }

  private Next notCreated(ApiOutcome.Failed<AuditQuery> failure) {
    if (failure.kind() == ApiOutcome.Kind.THROTTLED) {
      // No place for a query, which is no failure of this one.
      return new Next.Yield(access.creationRefused(failure));
    }
    if (AuditLogQueries.mayHaveBeenCreated(failure)) {
      lookFirst = true;
    }
    if (failure.kind() == ApiOutcome.Kind.BAD_REQUEST && !AuditLogQueries.isNotServed(failure)) {
      // Which is also said under load, of queries that are right.
      return again(failure.reason());
    }
    return later(failure);
  }

  private Next poll() throws InterruptedException {
    QueryRef ref = entry.query().orElseThrow();
    Waiting.pause(access.graph().budget().reserve());
    ApiOutcome<AuditQuery> outcome = Waiting.on(access.graph().status(ref));
    if (outcome instanceof ApiOutcome.Failed<AuditQuery> failure) {
      return failure.kind() == ApiOutcome.Kind.GONE ? again(failure.reason()) : later(failure);
    }
    access.answered();
    failures = 0;
    AuditQuery query = ((ApiOutcome.Ok<AuditQuery>) outcome).value();
    return switch (query.status().state()) {
      case SUCCEEDED -> {
        verdict = new SliceVerdict(query);
        put(entry.in(SliceState.READING, ""));
        yield new Next.Step(Duration.ZERO);
      }
      case FAILED, CANCELLED -> again("Microsoft reports the query as " + query.status().text());
      case WAITING, RUNNING, UNKNOWN -> isStuck() ? stuck() : new Next.Step(nextPoll());
    };
  }

  private boolean isStuck() {
    Instant since = entry.created().orElseGet(access::now);
    return !since.plus(settings.stuckAfter()).isAfter(access.now());
  }

  private Next stuck() {
    return split(
        "the query had not ended after "
            + settings.stuckAfter()
            + ", as happens with many events; it is left to Microsoft");
  }

  private Duration nextPoll() {
    polls++;
    int times = Math.min(SLOWEST_POLL, LATER_POLL * polls);
    return access.jittered(settings.firstPoll().multipliedBy(times));
  }

  private Next read() throws InterruptedException {
    SliceVerdict judged = verdict;
    if (judged == null) {
      // After a restart: what the query says of itself is asked again.
      return askAgain();
    }
    SliceRead read = reading;
    if (read == null) {
      Optional<Duration> wait = access.catchUp();
      if (wait.isPresent()) {
        return new Next.Step(wait.get());
      }
      read = new SliceRead(slice, entry, access.graph(), sender, access::now);
      reading = read;
    }
    Optional<ApiOutcome.Failed<?>> failure = read.readOn();
    entry = read.entry();
    if (failure.isPresent()) {
      return interrupted(read, failure.get());
    }
    access.answered();
    failures = 0;
    return judge(read, judged);
  }

  private Next askAgain() {
    entry = entry.in(SliceState.SEARCHING, "");
    return new Next.Step(Duration.ZERO);
  }

  private Next interrupted(SliceRead read, ApiOutcome.Failed<?> failure) {
    if (failure.kind() == ApiOutcome.Kind.GONE || read.circles() >= MOST_ATTEMPTS) {
      return again(failure.reason());
    }
    long records = read.entry().counts().records();
    if (records > mostRecords) {
      mostRecords = records;
      failures = 0;
      unreadableSince = null;
    }
    if (saysNothingOfOthers(failure) && failure.status() > 0 && isUnreadable()) {
      return split(
          "its records could not be read within "
              + settings.stuckAfter()
              + ". The latest reason: "
              + failure.reason());
    }
    return later(failure);
  }

  private boolean isUnreadable() {
    Instant since = unreadableSince;
    if (since == null) {
      since = access.now();
      unreadableSince = since;
    }
    return !since.plus(settings.stuckAfter()).isAfter(access.now());
  }

  private Next judge(SliceRead read, SliceVerdict judged) {
    SliceVerdict.Finding finding =
        judged.of(
            read.entry().counts().records(), read.newInThisReading(), access.ledger().hasRecords());
    return switch (finding.kind()) {
      case COMPLETE -> end(SliceState.DONE, finding.reason());
      case TRUNCATED -> split(finding.reason());
      case READ_AGAIN -> {
        LOG.info("Slice {}: {}; it is read once more", slice.key(), finding.reason());
        read.readAgain();
        yield new Next.Step(access.jittered(settings.firstPoll()));
      }
      case SUSPECT -> giveUp(finding.reason());
    };
  }

  private Next again(String why) {
    if (entry.attempt() >= MOST_ATTEMPTS) {
      return giveUp(entry.attempt() + " queries came to nothing. The last one: " + why);
    }
    LOG.warn("Slice {} is queried again: {}", slice.key(), why);
    Duration pause = access.jittered(Duration.ofSeconds(30L << entry.attempt()));
    put(entry.again(why));
    reading = null;
    verdict = null;
    mostRecords = 0;
    unreadableSince = null;
    failures = 0;
    return new Next.Yield(access.scaled(pause));
  }

  private Next split(String why) {
    if (slice.parts().isEmpty()) {
      return giveUp(why + ", and the slice cannot be made smaller");
    }
    LOG.warn("Slice {}: {}. Its parts are read instead", slice.key(), why);
    put(
        entry.in(
            SliceState.SPLIT,
            slice.partsLeaveOut()
                ? why + ". Record types that Microsoft has not documented may be missing"
                : why));
    return new Next.End();
  }

  private Next giveUp(String why) {
    LOG.error("Slice {} is incomplete, and given up: {}", slice.key(), why);
    return end(SliceState.INCOMPLETE, why);
  }

  private Next end(SliceState state, String why) {
    put(entry.in(state, why));
    reading = null;
    return new Next.End();
  }

  /** After a failure that says nothing about the slice. */
  private Next later(ApiOutcome.Failed<?> failure) {
    failures++;
    Duration pause = access.pauseAfter(failure, failures);
    if (failures < MAKES_ROOM || !saysNothingOfOthers(failure)) {
      return new Next.Step(pause);
    }
    // The ids of what was read can be many, and the address of a page does not last.
    reading = null;
    if (verdict != null) {
      verdict = verdict.anew();
    }
    return new Next.Yield(pause);
  }

  /** Whether the other slices may get an answer where this one does not. */
  private static boolean saysNothingOfOthers(ApiOutcome.Failed<?> failure) {
    return switch (failure.kind()) {
      case EXPIRED, GONE, UNAVAILABLE, MALFORMED -> true;
      case THROTTLED, UNAUTHORISED, FORBIDDEN, BAD_REQUEST, NOT_SUBSCRIBED -> false;
    };
  }
}
