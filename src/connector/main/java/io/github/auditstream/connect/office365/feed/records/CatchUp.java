package io.github.auditstream.connect.office365.feed.records;

import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.CatchUpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed's way through a backlog: what is done, what is left, how fast it goes. Not safe for many
 * threads.
 *
 * <p>A backlog begins when a window was listed to its end and what comes behind it is much older
 * than the live edge ever is; it is over when listing is at the live edge and nothing waits.
 */
public final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  /** How far behind a feed at the live edge may be, beside the pauses between its listings. */
  private static final Duration EDGE = Duration.ofMinutes(10);

  private static final Duration FIRST_REPORT = Duration.ofSeconds(5);
  private static final Duration LONGEST_BETWEEN_REPORTS = Duration.ofHours(1);

  /** Rates are those of the last one to two of these. */
  private static final Duration MEASURE = Duration.ofMinutes(1);

  private final FeedId id;
  private final Duration pollInterval;

  private int takenInWindow;
  private @Nullable Going going;

  /** What was done by some time. */
  private record Mark(Instant at, long blobs, long events) {}

  private static final class Going {
    private final Instant since;
    private long blobsTaken;
    private Duration listed;
    private long blobs;
    private long events;
    private Mark before;
    private Mark latest;
    private Duration betweenReports = FIRST_REPORT;
    private Instant reportAt;

    Going(Instant since, int blobsTaken, Duration listed) {
      this.since = since;
      this.blobsTaken = blobsTaken;
      this.listed = listed;
      this.before = new Mark(since, 0, 0);
      this.latest = before;
      this.reportAt = since.plus(FIRST_REPORT);
    }
  }

  public CatchUp(FeedId id, Duration pollInterval) {
    this.id = id;
    this.pollInterval = pollInterval;
  }

  /** Listed blobs were taken in. */
  public void taken(int blobs) {
    takenInWindow += blobs;
  }

  /**
   * A window was listed to its end.
   *
   * @param span how much of it had not been listed before
   * @param unlisted how much content is still not listed
   */
  public void listed(Duration span, Duration unlisted, Instant now) {
    Going catching = going;
    if (catching != null) {
      catching.blobsTaken += takenInWindow;
      catching.listed = catching.listed.plus(span);
    } else if (unlisted.compareTo(pollInterval.plus(EDGE).multipliedBy(2)) > 0) {
      going = new Going(now, takenInWindow, span);
      LOG.info("Feed {}: catching up on {} of content", id, inWords(unlisted));
    }
    takenInWindow = 0;
  }

  public void eventDone() {
    if (going != null) {
      going.events++;
    }
  }

  public void blobDone() {
    if (going != null) {
      going.blobs++;
    }
  }

  /**
   * Looks how far it is.
   *
   * @param unlisted how much content is not listed
   * @param waiting how many blobs wait to be retrieved
   * @return whether it is to be reported now
   */
  public boolean look(Instant doneUntil, Duration unlisted, int waiting, Instant now) {
    Going catching = going;
    if (catching == null) {
      return false;
    }
    if (waiting == 0 && unlisted.compareTo(pollInterval.plus(EDGE)) <= 0) {
      LOG.info(
          "Feed {}: has caught up: {} blobs with {} events in {}",
          id,
          catching.blobs,
          catching.events,
          inWords(Duration.between(catching.since, now)));
      going = null;
      return true;
    }
    if (!now.isBefore(catching.latest.at().plus(MEASURE))) {
      catching.before = catching.latest;
      catching.latest = new Mark(now, catching.blobs, catching.events);
    }
    if (now.isBefore(catching.reportAt)) {
      return false;
    }
    Duration twice = catching.betweenReports.multipliedBy(2);
    catching.betweenReports =
        twice.compareTo(LONGEST_BETWEEN_REPORTS) < 0 ? twice : LONGEST_BETWEEN_REPORTS;
    catching.reportAt = now.plus(catching.betweenReports);
    status(unlisted, waiting, now).ifPresent(status -> log(status, doneUntil));
    return true;
  }

  private void log(CatchUpStatus status, Instant doneUntil) {
    LOG.info(
        "Feed {}: catching up: content is done until {}; {} blobs with {} events done, {} blobs"
            + " waiting, about {} not listed yet; {} blobs and {} events a minute, {} left",
        id,
        doneUntil,
        status.blobsDone(),
        status.eventsDone(),
        status.blobsWaiting(),
        status.blobsNotListed(),
        status.blobsPerMinute(),
        status.eventsPerMinute(),
        status.timeLeft().map(left -> "about " + inWords(left)).orElse("unknown time"));
  }

  /** How far it is; empty if there is no backlog. */
  public Optional<CatchUpStatus> status(Duration unlisted, int waiting, Instant now) {
    Going catching = going;
    if (catching == null) {
      return Optional.empty();
    }
    double measured = Duration.between(catching.before.at(), now).toMillis() / 60_000.0;
    double blobsPerMinute =
        measured > 0 ? (catching.blobs - catching.before.blobs()) / measured : 0;
    double eventsPerMinute =
        measured > 0 ? (catching.events - catching.before.events()) / measured : 0;
    long listedSeconds = catching.listed.toSeconds();
    long notListed =
        listedSeconds > 0
            ? Math.round((double) catching.blobsTaken * unlisted.toSeconds() / listedSeconds)
            : 0;
    Optional<Duration> timeLeft =
        blobsPerMinute > 0
            ? Optional.of(
                Duration.ofSeconds(Math.round((waiting + notListed) * 60 / blobsPerMinute)))
            : Optional.empty();
    return Optional.of(
        new CatchUpStatus(
            catching.since,
            catching.blobs,
            catching.events,
            waiting,
            notListed,
            Math.round(blobsPerMinute),
            Math.round(eventsPerMinute),
            timeLeft));
  }

  private static String inWords(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = duration.toMinutes();
    return minutes < 120
        ? minutes + " min"
        : duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
