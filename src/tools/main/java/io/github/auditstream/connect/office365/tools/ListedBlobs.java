package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.tools.FeedAccount.FeedSays;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says of one feed's listed blobs that have left nothing in the topics which of them ought to have.
 * None is taken for somebody else's because of what is not there: a beginning that is only known
 * from records moves with each record that is lost.
 */
final class ListedBlobs {
  /** Blobs become visible late by so much, day by day. */
  private static final Duration VISIBLE_AFTER = Duration.ofMinutes(10);

  private enum State {
    /** From before the feed's beginning. */
    BEFORE,
    /** Older than what is left of the receipts. */
    GONE,
    /** From before the first receipt of a feed that does not say when it began. */
    UNEXPLAINED,
    /** Nothing says that the feed runs. */
    UNKNOWN,
    /** It may be done or not. */
    UNDECIDED,
    NOT_READ,
    /** The feed takes it for done: it ought to have a receipt. */
    DUE
  }

  private final FeedAccount feed;
  private final Instant receiptsFrom;
  private final Optional<FeedProgress> progress;
  private final Map<State, Long> numbers = new EnumMap<>(State.class);

  /**
   * @param receiptsFrom from when on receipts are there; {@link Instant#MIN} where none is gone
   * @param progress what the feed's source offset says, where it is known
   */
  ListedBlobs(FeedAccount feed, Instant receiptsFrom, Optional<FeedProgress> progress) {
    this.feed = feed;
    this.receiptsFrom = receiptsFrom;
    this.progress = progress;
  }

  /** Whether the blob ought to have a receipt: the feed takes it for done. */
  boolean isDue(String contentId, Instant created) {
    State state = state(contentId, created);
    numbers.merge(state, 1L, Long::sum);
    return state == State.DUE;
  }

  private State state(String contentId, Instant created) {
    if (created.isBefore(receiptsFrom)) {
      return State.GONE;
    }
    Optional<Instant> begin = feed.readFrom().or(feed::firstSign);
    if (begin.isPresent() && created.isBefore(begin.get())) {
      return feed.readFrom().isPresent() ? State.BEFORE : State.UNEXPLAINED;
    }
    if (progress.isPresent() && progress.get().isDone(contentId, created)) {
      return State.DUE;
    }
    if (feed.latest().isEmpty()) {
      return State.UNKNOWN;
    }
    FeedSays says = feed.latest().get();
    if (progress.isPresent()) {
      return State.NOT_READ;
    }
    if (created.isBefore(says.completeUntil())) {
      return State.DUE;
    }
    return created.isBefore(says.listedUntil().minus(VISIBLE_AFTER))
        ? State.UNDECIDED
        : State.NOT_READ;
  }

  private long number(State state) {
    return numbers.getOrDefault(state, 0L);
  }

  /**
   * Adds to a report what there is to say of those that are not due.
   *
   * @param excused how many of the feed's waiting and parked blobs are taken for others already
   */
  void report(FeedName name, Report report, long excused) {
    long open =
        feed.latest()
            .map(says -> Math.max(0, says.waitingBlobs() + says.parkedBlobs() - excused))
            .orElse(0L);
    long undecided = number(State.UNDECIDED);
    long notRead = number(State.NOT_READ);
    if (undecided > open) {
      report.passingDoubt(
          ("%s: %s blobs that the API lists have no receipt, and the status records do not"
                  + " say whether they are done: give --connect and --name, to ask the worker")
              .formatted(name, undecided));
    } else {
      notRead += undecided;
    }
    if (number(State.UNKNOWN) > 0) {
      report.doubt(
          "%s: the API lists %s unread blobs, and no status record says that the feed runs"
              .formatted(name, number(State.UNKNOWN)));
    }
    if (number(State.UNEXPLAINED) > 0) {
      report.doubt(
          ("%s: the API lists %s blobs from before the first receipt (%s), and nothing says that"
                  + " the feed began only then. If it did, give --since that time; if topic.prefix was"
                  + " changed, they are in the topics of the former prefix; else they are missing")
              .formatted(name, number(State.UNEXPLAINED), text(feed.firstSign())));
    }
    if (number(State.GONE) > 0) {
      report.doubt(
          ("%s: the API lists %s blobs that are older than what is left of the receipts: give"
                  + " --since, or keep receipts for more than seven days")
              .formatted(name, number(State.GONE)));
    }
    if (number(State.BEFORE) > 0) {
      report.note(
          ("%s: the API lists %s blobs from before the feed's beginning (%s), and they are"
                  + " left out")
              .formatted(name, number(State.BEFORE), text(feed.readFrom())));
    }
    if (notRead > 0) {
      report.notRead(notRead);
      report.note(name + ": " + notRead + " blobs that the API lists are not read yet");
    }
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("none");
  }
}
