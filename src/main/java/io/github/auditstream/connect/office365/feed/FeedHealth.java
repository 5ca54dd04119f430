package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.Problem;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a feed's well-being: its problems, each told once, counted, and cleared when it
 * mends. Safe for many threads.
 */
final class FeedHealth {
  private static final Logger LOG = LoggerFactory.getLogger(FeedHealth.class);

  /** Which part of the feed speaks. */
  enum Part {
    LISTING,
    RETRIEVAL,
    DELIVERY
  }

  /** The problem's kind where Kafka does not take the feed's records. */
  static final String NOT_DELIVERED = "NOT_DELIVERED";

  private final FeedId feed;
  private final Map<Part, Problem> problems = new EnumMap<>(Part.class);
  private FeedStatus.Subscription subscription = FeedStatus.Subscription.UNKNOWN;
  private boolean changed = true;

  FeedHealth(FeedId feed) {
    this.feed = feed;
  }

  /** Something failed; answers how often in a row it has, this time included. */
  synchronized int trouble(Part part, ApiOutcome.Failed<?> failure, Instant now) {
    String kind = failure.kind().name();
    Problem before = problems.get(part);
    Problem problem =
        before != null && before.isOf(kind, failure.code())
            ? before.again(failure.reason())
            : Problem.first(kind, failure.code(), failure.status(), failure.reason(), now);
    problems.put(part, problem);
    changed |= problem.times() == 1;
    if (problem.deservesALine()) {
      LOG.warn("Feed {}: {} ({}, time {})", feed, problem.reason(), kind, problem.times());
    }
    return (int) Math.min(Integer.MAX_VALUE, problem.times());
  }

  /** Kafka does not take the feed's records. Not logged here: all feeds of a task are told. */
  synchronized void undelivered(String reason, Instant now) {
    Problem before = problems.get(Part.DELIVERY);
    changed |= before == null;
    problems.put(
        Part.DELIVERY,
        before == null ? Problem.first(NOT_DELIVERED, "", 0, reason, now) : before.again(reason));
  }

  /**
   * A blob has been read. What was under way when the API began to throttle says nothing of the
   * pause that it asked for.
   */
  synchronized void retrieved(boolean paused) {
    Problem problem = problems.get(Part.RETRIEVAL);
    if (!paused || problem == null || !problem.kind().equals(ApiOutcome.Kind.THROTTLED.name())) {
      well(Part.RETRIEVAL);
    }
  }

  synchronized void well(Part part) {
    Problem mended = problems.remove(part);
    if (mended != null) {
      changed = true;
      LOG.info(
          "Feed {}: {} is over; it was first seen at {} and {} times in all",
          feed,
          mended.kind(),
          mended.since(),
          mended.times());
    }
  }

  synchronized void subscription(FeedStatus.Subscription now) {
    changed |= subscription != now;
    subscription = now;
  }

  synchronized FeedStatus.Subscription subscription() {
    return subscription;
  }

  synchronized void gap(FeedStatus.Gap gap) {
    changed = true;
    LOG.error(
        "Feed {}: content created from {} until {} can no longer be listed, since the connector was"
            + " down or behind for longer than the seven days that the API keeps content. What of it"
            + " was not read before cannot be had from the Management Activity API any more;"
            + " Purview's audit search still has it.",
        feed,
        gap.from(),
        gap.until());
  }

  synchronized Optional<Problem> problem() {
    return problems.values().stream().findFirst();
  }

  /** Whether anything has changed that has not been taken. */
  synchronized boolean hasChanged() {
    return changed;
  }

  /** Whether anything has changed since this was last asked. */
  synchronized boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
