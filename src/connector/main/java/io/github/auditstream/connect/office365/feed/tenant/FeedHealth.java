package io.github.auditstream.connect.office365.feed.tenant;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.Problem;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a feed's well-being: its problems, each reported once, counted, and cleared when
 * it is over. Safe for many threads.
 */
public final class FeedHealth {
  private static final Logger LOG = LoggerFactory.getLogger(FeedHealth.class);

  /** Which part of the feed speaks. */
  public enum Part {
    LISTING,
    RETRIEVAL,
    DELIVERY
  }

  /** The problem's kind where Kafka does not take the feed's records. */
  static final String NOT_DELIVERED = "NOT_DELIVERED";

  private final FeedId feed;
  private final Map<Part, Problem> problems = new EnumMap<>(Part.class);
  private final AtomicBoolean subscriptionDoubtful = new AtomicBoolean();
  private FeedStatus.Subscription subscription = FeedStatus.Subscription.UNKNOWN;
  private boolean changed = true;
  private long refusedEntries;
  private FeedStatus.@Nullable Notice notice;

  public FeedHealth(FeedId feed) {
    this.feed = feed;
  }

  /** A request failed; answers how often in a row it has, this time included. */
  public synchronized int failed(Part part, ApiOutcome.Failed<?> failure, Instant now) {
    String kind = failure.kind().name();
    Problem before = problems.get(part);
    Problem problem =
        before != null && before.isOf(kind, failure.code())
            ? before.again(failure.reason())
            : Problem.first(kind, failure.code(), failure.status(), failure.reason(), now);
    problems.put(part, problem);
    changed |= problem.times() == 1;
    if (problem.shouldLog()) {
      LOG.warn("Feed {}: {} ({}, time {})", feed, problem.reason(), kind, problem.times());
    }
    return (int) Math.min(Integer.MAX_VALUE, problem.times());
  }

  /**
   * Kafka does not take the feed's records. Not logged here, since it concerns all feeds of a task.
   */
  public synchronized void undelivered(String reason, Instant now) {
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
  public synchronized void retrieved(boolean paused) {
    Problem problem = problems.get(Part.RETRIEVAL);
    if (!paused || problem == null || !problem.kind().equals(ApiOutcome.Kind.THROTTLED.name())) {
      succeeded(Part.RETRIEVAL);
    }
  }

  public synchronized void succeeded(Part part) {
    Problem past = problems.remove(part);
    if (past != null) {
      changed = true;
      LOG.info(
          "Feed {}: {} is over; it was first seen at {} and {} times in all",
          feed,
          past.kind(),
          past.since(),
          past.times());
    }
  }

  public synchronized void subscription(FeedStatus.Subscription now) {
    changed |= subscription != now;
    subscription = now;
  }

  public synchronized FeedStatus.Subscription subscription() {
    return subscription;
  }

  /** A request was refused for want of a subscription, or might have been. */
  public void doubtSubscription() {
    subscriptionDoubtful.set(true);
  }

  /** Whether the subscription is to be checked. */
  public boolean isSubscriptionDoubtful() {
    return subscriptionDoubtful.get();
  }

  /** The same; after this it is not, until there is a doubt again. */
  public boolean takeSubscriptionDoubt() {
    return subscriptionDoubtful.getAndSet(false);
  }

  public synchronized void gap(FeedStatus.Gap gap) {
    changed = true;
    LOG.error(
        "Feed {}: content created from {} until {} can no longer be listed, since the connector was"
            + " down or behind for longer than the seven days that the API keeps content. What was"
            + " not read before can no longer be retrieved from the Management Activity API;"
            + " Purview's audit search still has it.",
        feed,
        gap.from(),
        gap.until());
  }

  /** An entry of a listing cannot be used and goes to the dead letters; the feed goes on. */
  public synchronized void refused(RefusedEntry entry, Instant now) {
    refusedEntries++;
    note(entry.reason() + ". The entry is in the dead letters; the feed continues", now);
    if (Long.bitCount(refusedEntries) == 1) {
      LOG.warn(
          "Feed {}: {}. The entry is in the dead letters, number {} since the task's start; the feed"
              + " continues",
          feed,
          entry.reason(),
          refusedEntries);
    }
  }

  /** A blob is given up before it expires, so that others can be parked. */
  public synchronized void gaveUp(ParkedBlob parkedBlob, String reason, Instant now) {
    note("Blob " + parkedBlob.blob().contentId() + " went to the dead letters: " + reason, now);
    LOG.error(
        "Feed {}: blob {} is given up after {} attempts and goes to the dead letters: {}",
        feed,
        parkedBlob.blob().contentId(),
        parkedBlob.attempts(),
        reason);
  }

  /**
   * The feed begins where a person has written. Connect hands on what was written alone: whether
   * blobs had been parked before, nobody knows.
   */
  public synchronized void rewound(FeedState to, Instant now) {
    int kept = to.parked().size();
    String what =
        "The feed begins at "
            + to.completeUntil()
            + ", as its source offset was written, and "
            + (kept == 0
                ? "tries no older blob further that had been parked: such a blob has no receipt."
                    + " To keep them, write 'parked' as it stood in the offset beside"
                    + " 'contentCreated', or rewind to before them"
                : "goes on with "
                    + kept
                    + (kept == 1 ? " older blob that was" : " older blobs that were")
                    + " parked");
    note(what, now);
    LOG.warn("Feed {}: {}", feed, what);
  }

  /**
   * The source offset lay in the future.
   *
   * @param wrong what it said
   * @param from content is listed again from here on
   * @param mayRepeat whether what was done since then is not remembered
   */
  public synchronized void broughtBack(
      Instant wrong, Instant from, boolean mayRepeat, Instant now) {
    String what =
        "The source offset lay in the future (until "
            + wrong
            + "), so that no content would have been listed until then. Content is listed again from "
            + from
            + " on; "
            + (mayRepeat
                ? "events that were written since then can come twice, with the same Ids. Rewind"
                    + " the feed if older content is missing"
                : "what was written since then does not come twice");
    note(what, now);
    LOG.warn("Feed {}: {}", feed, what);
  }

  /** Something that a person should know, and that is over already. */
  synchronized void note(String text, Instant now) {
    notice = new FeedStatus.Notice(text, now);
    changed = true;
  }

  public synchronized FeedStatus.Notes notes() {
    return new FeedStatus.Notes(refusedEntries, Optional.ofNullable(notice));
  }

  public synchronized Optional<Problem> problem() {
    return problems.values().stream().findFirst();
  }

  /** Whether anything has changed that has not been taken. */
  public synchronized boolean hasChanged() {
    return changed;
  }

  /** Whether anything has changed since this was last asked. */
  public synchronized boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
