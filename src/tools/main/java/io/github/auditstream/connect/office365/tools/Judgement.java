package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.tools.FeedAccount.FeedSays;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds each blob's receipts against what is in the topics, and says what does not fit. */
final class Judgement {

  /** A feed can go without any content for so long, and it is not worth a word. */
  private static final Duration QUIET = Duration.ofHours(6);

  /**
   * What to look at.
   *
   * @param since blobs created before are left out
   * @param repeatsAllowed whether what is in Kafka more than once is counted only
   */
  record Scope(Optional<Instant> since, boolean repeatsAllowed) {}

  /**
   * What of the topics is no longer there.
   *
   * @param receipts from when on receipts are there; {@link Instant#MIN} where none is gone
   * @param deadLetters the same of the dead letters
   * @param events topics of events of which some are gone
   */
  record CutOff(Instant receipts, Instant deadLetters, List<String> events) {}

  private final Accounts accounts;
  private final Scope scope;
  private final CutOff cutOff;
  private final Optional<Map<FeedName, FeedProgress>> progress;
  private final Report report = new Report();

  private Judgement(
      Accounts accounts,
      Scope scope,
      CutOff cutOff,
      Optional<Map<FeedName, FeedProgress>> progress) {
    this.accounts = accounts;
    this.scope = scope;
    this.cutOff = cutOff;
    this.progress = progress;
  }

  /**
   * Judges all feeds.
   *
   * @param progress by feed, what the connector's source offsets say; empty where they are not
   *     known
   */
  static Report of(
      Accounts accounts,
      Scope scope,
      CutOff cutOff,
      Optional<Map<FeedName, FeedProgress>> progress) {
    Judgement judgement = new Judgement(accounts, scope, cutOff, progress);
    accounts.feeds().forEach(judgement::judge);
    return judgement.report;
  }

  private void judge(FeedName name, FeedAccount feed) {
    Map<String, BlobAccount> open = new LinkedHashMap<>();
    ListedBlobs listed =
        new ListedBlobs(feed, cutOff.receipts(), progress.map(known -> known.get(name)));
    long expired = 0;
    for (Map.Entry<String, BlobAccount> entry : feed.blobs().entrySet()) {
      BlobAccount blob = entry.getValue();
      if (accounts.isLate(blob) || !isInScope(blob)) {
        continue;
      }
      if (blob.hasReceipt()) {
        add(name, blob);
        if (mayBeUnderWayAgain(blob)) {
          open.put(entry.getKey(), blob);
        } else {
          hold(name, feed, entry.getKey(), blob);
        }
      } else if (!blob.hasLeftAnything()) {
        // What the feed has refused is told of as an entry.
        if (!feed.hasRefused(entry.getKey()) && listed.isDue(entry.getKey(), time(blob))) {
          open.put(entry.getKey(), blob);
        }
      } else if (time(blob).isBefore(cutOff.receipts())) {
        expired++;
      } else {
        open.put(entry.getKey(), blob);
      }
    }
    long excused = judgeOpen(name, feed, open);
    listed.tell(name, report, excused);
    feed.gaps().forEach(gap -> tell(name, gap));
    long refused = feed.refusedEntries(scope.since().orElse(Instant.MIN));
    if (refused > 0) {
      String what =
          refused
              + " entries of listings describe no content blob that could be read; see the dead"
              + " letters of Scope ENTRY";
      report.wrong(name, Optional.empty(), Optional.empty(), what);
    }
    if (expired > 0 && cutOff.receipts().equals(Instant.MAX)) {
      report.doubt(name + ": " + expired + " blobs have no receipt, and theirs may have gone");
    } else if (expired > 0) {
      report.note(name + ": " + expired + " blobs are older than the receipts, and left out");
    }
    feed.latest().ifPresent(says -> report.note(name + ": " + words(says)));
    feed.readFrom()
        .ifPresent(
            from ->
                feed.firstReceipt()
                    .filter(first -> first.isAfter(from.plus(QUIET)))
                    .ifPresent(first -> report.note(name + ": " + silence(from, first))));
  }

  /** A status record of a gap is there for ever: the receipts say how long it is news. */
  private void tell(FeedName name, FeedAccount.Gap gap) {
    if (scope.since().isPresent() && !gap.until().isAfter(scope.since().get())) {
      return;
    }
    String what =
        "content created from %s until %s expired before it could be listed"
            .formatted(gap.from(), gap.until());
    boolean isKnownFrom = !cutOff.receipts().equals(Instant.MAX);
    if (isKnownFrom && gap.until().isBefore(cutOff.receipts())) {
      report.note(name + ": " + what + ", before the receipts that are left");
    } else {
      report.wrong(name, Optional.empty(), Optional.of(gap.from()), what);
    }
  }

  private static String silence(Instant from, Instant first) {
    return "it reads what was created from %s on, and its first receipt here is of a blob of %s. If"
            .formatted(from, first)
        + " topic.prefix was changed in between, the former topics have the rest: see --prefix";
  }

  private static String words(FeedSays says) {
    return "%s at %s, complete until %s, %s blobs waiting, %s put aside"
        .formatted(
            says.state(),
            says.time(),
            says.completeUntil(),
            says.waitingBlobs(),
            says.parkedBlobs());
  }

  private boolean isInScope(BlobAccount blob) {
    return scope.since().isEmpty() || !time(blob).isBefore(scope.since().get());
  }

  /** When it was created, or a time that is not after that. */
  private static Instant time(BlobAccount blob) {
    OptionalLong known = blob.createdMs().isPresent() ? blob.createdMs() : blob.newestEventMs();
    return known.isPresent() ? Instant.ofEpochMilli(known.getAsLong()) : Instant.MAX;
  }

  private static Optional<Instant> created(BlobAccount blob) {
    return blob.createdMs().isPresent()
        ? Optional.of(Instant.ofEpochMilli(blob.createdMs().getAsLong()))
        : Optional.empty();
  }

  private Report.Sums row(FeedName feed, BlobAccount blob) {
    Instant hour =
        created(blob).map(time -> time.truncatedTo(ChronoUnit.HOURS)).orElse(Instant.MAX);
    return report.row(feed, hour);
  }

  private void add(FeedName feed, BlobAccount blob) {
    Report.Sums row = row(feed, blob);
    row.blobs++;
    row.found += blob.found();
    row.produced += blob.produced();
    row.deadLettered += blob.openDeadLetters();
    row.records += blob.records();
  }

  /** More records than its receipts speak of: a replay of it may not have come to its end. */
  private static boolean mayBeUnderWayAgain(BlobAccount blob) {
    return blob.hasLetters() && blob.records() > blob.promisedRecords();
  }

  /** How many of them the numbers of waiting and parked blobs excuse. */
  private long judgeOpen(FeedName name, FeedAccount feed, Map<String, BlobAccount> open) {
    int before = open.size();
    Optional<FeedProgress> known = progress.map(all -> all.get(name));
    known.ifPresent(offset -> open.keySet().removeAll(offset.unfinished()));
    long mayBeExcused =
        progress.isPresent()
            ? 0
            : feed.latest()
                .map(says -> says.parkedBlobs() + Math.min(1, says.waitingBlobs()))
                .orElse(0L);
    long excused = 0;
    if (open.size() <= mayBeExcused) {
      excused = open.size();
      open.clear();
    }
    if (before > open.size()) {
      report.note(
          name + ": " + (before - open.size()) + " blobs are not finished yet, and left out");
    }
    open.forEach(
        (contentId, blob) -> {
          if (blob.hasReceipt()) {
            hold(name, feed, contentId, blob);
          } else {
            withoutReceipt(name, contentId, blob);
          }
        });
    return excused;
  }

  private void withoutReceipt(FeedName feed, String contentId, BlobAccount blob) {
    Report.Sums row = row(feed, blob);
    row.blobs++;
    row.missing++;
    row.records += blob.records();
    String what =
        !blob.hasLeftAnything()
            ? "missing: the API lists it and the feed takes it for done, but it has no receipt"
            : "no receipt: %s of its events are in the topics, and nothing says that these are all"
                .formatted(blob.records());
    report.wrong(feed, Optional.of(contentId), created(blob), what);
  }

  private void hold(FeedName feed, FeedAccount account, String contentId, BlobAccount blob) {
    Report.Sums row = row(feed, blob);
    boolean missing = false;
    if (!blob.isStraight()) {
      wrong(feed, contentId, blob, "its receipt does not add up in itself");
    }
    if (blob.readings() == 0 && !time(blob).isBefore(cutOff.receipts())) {
      missing = true;
      wrong(feed, contentId, blob, "a replay has a receipt, its first reading has none");
    }
    if (blob.isLost()) {
      row.lost++;
      wrong(feed, contentId, blob, "lost: a part of it could not be had; see its dead letters");
    }
    if (blob.readings() > 1) {
      row.twice++;
      if (!scope.repeatsAllowed()) {
        wrong(feed, contentId, blob, "twice: it has " + blob.readings() + " receipts" + REWOUND);
      }
    }
    if (blob.readings() > 0 && blob.records() < blob.promisedRecords()) {
      missing = true;
      wrong(feed, contentId, blob, tooFew(account, blob));
    }
    if (blob.readings() > 0 && blob.records() > blob.promisedRecords()) {
      if (blob.readings() == 1) {
        row.twice++;
      }
      if (!scope.repeatsAllowed()) {
        wrong(feed, contentId, blob, tooMany(blob));
      }
    }
    long lettersShort = blob.lettersShort();
    if (lettersShort > 0 && blob.fetchedMs() >= millis(cutOff.deadLetters())) {
      missing = true;
      wrong(feed, contentId, blob, lettersShort + " of its dead letters are missing");
    } else if (lettersShort < 0 && !scope.repeatsAllowed()) {
      wrong(feed, contentId, blob, -lettersShort + " dead letters too many" + REWOUND);
    }
    row.missing += missing ? 1 : 0;
  }

  private static final String REWOUND =
      ". If the feed was rewound, or delivery is at least once: --allow-repeats";

  private String tooFew(FeedAccount feed, BlobAccount blob) {
    return "%s events are missing: its receipts say %s, the topics hold %s%s%s"
        .formatted(
            blob.promisedRecords() - blob.records(),
            blob.promisedRecords(),
            blob.records(),
            cutOff.events().isEmpty()
                ? ""
                : ". The first records of "
                    + String.join(", ", cutOff.events())
                    + " are gone; if that was retention, give --since",
            feed.dropped() == 0
                ? ""
                : "; Kafka Connect has dropped "
                    + feed.dropped()
                    + " records of this feed: if the connector has a transform that filters, that"
                    + " is it");
  }

  private static String tooMany(BlobAccount blob) {
    return "twice: %s events more than its receipts say, %s instead of %s%s"
        .formatted(
            blob.records() - blob.promisedRecords(),
            blob.records(),
            blob.promisedRecords(),
            REWOUND);
  }

  private static long millis(Instant time) {
    return time.equals(Instant.MIN)
        ? Long.MIN_VALUE
        : time.equals(Instant.MAX) ? Long.MAX_VALUE : time.toEpochMilli();
  }

  private void wrong(FeedName feed, String contentId, BlobAccount blob, String what) {
    report.wrong(feed, Optional.of(contentId), created(blob), what);
  }
}
