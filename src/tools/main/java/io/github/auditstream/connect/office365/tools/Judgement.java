package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.tools.Report.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the receipts of one feed's blobs against what is in the topics, and says what does not fit.
 *
 * @param progress by feed, what the connector's source offsets say; empty where they are not known
 */
record Judgement(
    FeedName name,
    FeedAccount feed,
    Judgement.Scope scope,
    Judgement.CutOff cutOff,
    Optional<Map<FeedName, FeedProgress>> progress,
    Report report) {

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
    Report report = new Report();
    accounts
        .feeds()
        .forEach(
            (name, feed) ->
                new Judgement(name, feed, scope, cutOff, progress, report).judge(accounts));
    return report;
  }

  private void judge(Accounts accounts) {
    Map<String, BlobAccount> open = new LinkedHashMap<>();
    ListedBlobs listed =
        new ListedBlobs(feed, cutOff.receipts(), progress.map(known -> known.get(name)));
    long expired = 0;
    for (Map.Entry<String, BlobAccount> entry : feed.blobs().entrySet()) {
      String id = entry.getKey();
      BlobAccount blob = entry.getValue();
      if (accounts.isLate(blob) || isBefore(blob, scope.since().orElse(Instant.MIN))) {
        continue;
      }
      if (blob.hasReceipt()) {
        count(blob);
        if (mayBeUnderWayAgain(blob)) {
          open.put(id, blob);
        } else {
          check(id, blob);
        }
      } else if (!blob.hasLeftAnything()) {
        // What the feed has refused is reported as an entry.
        if (!feed.hasRefused(id) && listed.isDue(id, blob.createdOrEarlier())) {
          open.put(id, blob);
        }
      } else if (isBefore(blob, cutOff.receipts())) {
        expired++;
      } else {
        open.put(id, blob);
      }
    }
    listed.report(name, report, judgeOpen(open));
    feed.gaps().forEach(this::report);
    long refused = feed.refusedEntries(scope.since().orElse(Instant.MIN));
    if (refused > 0) {
      report.wrong(
          name,
          Optional.empty(),
          Optional.empty(),
          refused
              + " entries of listings describe no content blob that could be read; see the dead"
              + " letters of Scope ENTRY");
    }
    if (expired > 0 && cutOff.receipts().equals(Instant.MAX)) {
      report.doubt(name + ": " + expired + " blobs have no receipt, and theirs may have gone");
    } else if (expired > 0) {
      note(expired + " blobs are older than the receipts, and left out");
    }
    feed.latest()
        .ifPresent(
            says ->
                note(
                    "%s at %s, complete until %s, %s blobs waiting, %s parked"
                        .formatted(
                            says.state(),
                            says.time(),
                            says.completeUntil(),
                            says.waitingBlobs(),
                            says.parkedBlobs())));
    Optional<Instant> from = feed.readFrom();
    Optional<Instant> first = feed.firstReceipt();
    if (from.isPresent() && first.isPresent() && first.get().isAfter(from.get().plus(QUIET))) {
      note(
          ("it reads what was created from %s on, and its first receipt here is of a blob of %s. If"
                  + " topic.prefix was changed in between, the former topics have the rest: see"
                  + " --prefix")
              .formatted(from.get(), first.get()));
    }
  }

  /** A status record of a gap is there for ever: the receipts say how long it is news. */
  private void report(FeedAccount.Gap gap) {
    if (scope.since().isPresent() && !gap.until().isAfter(scope.since().get())) {
      return;
    }
    String what =
        "content created from %s until %s expired before it could be listed"
            .formatted(gap.from(), gap.until());
    boolean isKnownFrom = !cutOff.receipts().equals(Instant.MAX);
    if (isKnownFrom && gap.until().isBefore(cutOff.receipts())) {
      note(what + ", before the receipts that are left");
    } else {
      report.wrong(name, Optional.empty(), Optional.of(gap.from()), what);
    }
  }

  private static boolean isBefore(BlobAccount blob, Instant time) {
    return blob.createdOrEarlier().isBefore(time);
  }

  private Report.Sums row(BlobAccount blob) {
    return report.row(
        name, blob.created().map(time -> time.truncatedTo(ChronoUnit.HOURS)).orElse(Instant.MAX));
  }

  private void count(BlobAccount blob) {
    Report.Sums row = row(blob);
    row.add(Count.BLOBS, 1);
    row.add(Count.FOUND, blob.found());
    row.add(Count.PRODUCED, blob.produced());
    row.add(Count.DEAD_LETTERED, blob.openDeadLetters());
    row.add(Count.RECORDS, blob.records());
  }

  /** More records than its receipts speak of: a replay of it may not have come to its end. */
  private static boolean mayBeUnderWayAgain(BlobAccount blob) {
    return blob.hasLetters() && blob.records() > blob.promisedRecords();
  }

  /** Returns how many of them the numbers of waiting and parked blobs excuse. */
  private long judgeOpen(Map<String, BlobAccount> open) {
    int before = open.size();
    progress
        .map(all -> all.get(name))
        .ifPresent(offset -> open.keySet().removeAll(offset.unfinished()));
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
      note((before - open.size()) + " blobs are not finished yet, and left out");
    }
    open.forEach(
        (id, blob) -> {
          if (blob.hasReceipt()) {
            check(id, blob);
          } else {
            withoutReceipt(id, blob);
          }
        });
    return excused;
  }

  private void withoutReceipt(String id, BlobAccount blob) {
    Report.Sums row = row(blob);
    row.add(Count.BLOBS, 1);
    row.add(Count.MISSING, 1);
    row.add(Count.RECORDS, blob.records());
    wrong(
        id,
        blob,
        blob.hasLeftAnything()
            ? "no receipt: %s of its events are in the topics, and nothing says that these are all"
                .formatted(blob.records())
            : "missing: the API lists it and the feed takes it for done, but it has no receipt");
  }

  private void check(String id, BlobAccount blob) {
    Report.Sums row = row(blob);
    boolean missing = false;
    if (!blob.addsUp()) {
      wrong(id, blob, "its receipt does not add up in itself");
    }
    if (blob.readings() == 0 && !isBefore(blob, cutOff.receipts())) {
      missing = true;
      wrong(id, blob, "a replay has a receipt, its first reading has none");
    }
    if (blob.isLost()) {
      row.add(Count.LOST, 1);
      wrong(id, blob, "lost: a part of it could not be had; see its dead letters");
    }
    if (blob.readings() > 1) {
      row.add(Count.TWICE, 1);
      repeated(id, blob, "twice: it has " + blob.readings() + " receipts");
    }
    long tooMany = blob.readings() == 0 ? 0 : blob.records() - blob.promisedRecords();
    if (tooMany < 0) {
      missing = true;
      wrong(id, blob, tooFew(blob));
    }
    if (tooMany > 0) {
      row.add(Count.TWICE, blob.readings() == 1 ? 1 : 0);
      repeated(
          id,
          blob,
          "twice: %s events more than its receipts say, %s instead of %s"
              .formatted(tooMany, blob.records(), blob.promisedRecords()));
    }
    long lettersShort = blob.lettersShort();
    if (lettersShort > 0 && !blob.fetched().isBefore(cutOff.deadLetters())) {
      missing = true;
      wrong(id, blob, lettersShort + " of its dead letters are missing");
    } else if (lettersShort < 0) {
      repeated(id, blob, -lettersShort + " dead letters too many");
    }
    row.add(Count.MISSING, missing ? 1 : 0);
  }

  private String tooFew(BlobAccount blob) {
    String retention =
        cutOff.events().isEmpty()
            ? ""
            : ". The first records of %s are gone; if that was retention, give --since"
                .formatted(String.join(", ", cutOff.events()));
    String dropped =
        feed.dropped() == 0
            ? ""
            : "; Kafka Connect has dropped %s records of this feed: if the connector has a transform that filters, that is it"
                .formatted(feed.dropped());
    return "%s events are missing: its receipts say %s, the topics hold %s%s%s"
        .formatted(
            blob.promisedRecords() - blob.records(),
            blob.promisedRecords(),
            blob.records(),
            retention,
            dropped);
  }

  private void note(String text) {
    report.note(name + ": " + text);
  }

  private void wrong(String id, BlobAccount blob, String what) {
    report.wrong(name, Optional.of(id), blob.created(), what);
  }

  private void repeated(String id, BlobAccount blob, String what) {
    if (!scope.repeatsAllowed()) {
      wrong(
          id,
          blob,
          what + ". If the feed was rewound, or delivery is at least once: --allow-repeats");
    }
  }
}
