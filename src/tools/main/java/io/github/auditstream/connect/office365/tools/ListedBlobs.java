package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.tools.FeedAccount.FeedSays;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says of one feed's listed blobs that have left nothing in the topics which of them ought to have.
 * None is taken for somebody else's because of what is not there: a beginning that is only known
 * from records moves with each record that is lost.
 */
final class ListedBlobs {
  /** Blobs become visible late by so much, day by day. */
  private static final Duration VISIBLE_AFTER = Duration.ofMinutes(10);

  private final FeedAccount feed;
  private final Instant receiptsFrom;
  private final Optional<FeedProgress> progress;
  private long before;
  private long gone;
  private long unexplained;
  private long unknown;
  private long undecided;
  private long notRead;

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
    if (created.isBefore(receiptsFrom)) {
      gone++;
    } else if (feed.readFrom().isPresent()
        ? created.isBefore(feed.readFrom().get())
        : feed.firstSign().filter(created::isBefore).isPresent()) {
      if (feed.readFrom().isPresent()) {
        before++;
      } else {
        unexplained++;
      }
    } else if (progress.isPresent()) {
      if (progress.get().isDone(contentId, created)) {
        return true;
      }
      if (feed.latest().isPresent()) {
        notRead++;
      } else {
        unknown++;
      }
    } else {
      return isDue(created);
    }
    return false;
  }

  private boolean isDue(Instant created) {
    Optional<FeedSays> latest = feed.latest();
    if (latest.isEmpty()) {
      unknown++;
    } else if (created.isBefore(latest.get().completeUntil())) {
      return true;
    } else if (created.isBefore(latest.get().listedUntil().minus(VISIBLE_AFTER))) {
      undecided++;
    } else {
      notRead++;
    }
    return false;
  }

  /**
   * Adds to a report what is to be said of those that are not due.
   *
   * @param excused how many of the feed's waiting and parked blobs are taken for others already
   */
  void tell(FeedName name, Report report, long excused) {
    long open =
        feed.latest()
            .map(says -> Math.max(0, says.waitingBlobs() + says.parkedBlobs() - excused))
            .orElse(0L);
    if (undecided > open) {
      report.passingDoubt(
          "%s: %s blobs that the API lists have no receipt, and the status records do not say"
                  .formatted(name, undecided)
              + " whether they are done: give --connect and --name, to ask the worker");
    } else {
      notRead += undecided;
    }
    if (unknown > 0) {
      report.doubt(
          "%s: the API lists %s unread blobs, and no status record says that the feed runs"
              .formatted(name, unknown));
    }
    if (unexplained > 0) {
      report.doubt(
          "%s: the API lists %s blobs from before the first receipt (%s), and nothing says that the"
                  .formatted(
                      name, unexplained, feed.firstSign().map(Instant::toString).orElse("none"))
              + " feed began only then. If it did, give --since that time; if topic.prefix was"
              + " changed, they are in the topics of the former prefix; else they are missing");
    }
    if (gone > 0) {
      report.doubt(
          "%s: the API lists %s blobs that are older than what is left of the receipts: give"
                  .formatted(name, gone)
              + " --since, or keep receipts for more than seven days");
    }
    if (before > 0) {
      report.note(
          "%s: the API lists %s blobs from before the feed's beginning (%s), and they are left out"
              .formatted(name, before, feed.readFrom().map(Instant::toString).orElse("")));
    }
    if (notRead > 0) {
      report.notRead(notRead);
      report.note(name + ": " + notRead + " blobs that the API lists are not read yet");
    }
  }
}
