package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.status.FeedStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one feed: its blobs and its status records. For one thread. */
final class FeedAccount {
  private final Map<String, BlobAccount> blobs = new HashMap<>();
  private final Set<Gap> gaps =
      new TreeSet<>(Comparator.comparing(Gap::from).thenComparing(Gap::until));
  private @Nullable FeedSays latest;
  private final Set<ReadLetter> refused = new HashSet<>();
  private final Set<String> refusedIds = new HashSet<>();
  private @Nullable Instant firstSign;
  private @Nullable Instant firstReceipt;
  private @Nullable Instant readFrom;
  private long dropped;

  /** A span of creation times whose content expired unread. */
  record Gap(Instant from, Instant until) {}

  /** A status record's content, as far as it matters here. */
  record FeedSays(
      Instant time,
      String state,
      Instant listedUntil,
      Instant completeUntil,
      long waitingBlobs,
      long parkedBlobs) {}

  /** A dead letter, or a part of one, is of an entry of a listing that describes no blob. */
  void refusedEntry(ReadLetter entry) {
    refused.add(entry);
    refusedIds.add(entry.contentId());
  }

  /** Whether the feed has refused an entry with this contentId, whatever became of it since. */
  boolean hasRefused(String contentId) {
    return refusedIds.contains(contentId);
  }

  /** The refused entries of listings, but for those whose blobs were read when listed well. */
  long refusedEntries(Instant since) {
    return refused.stream()
        .filter(entry -> !entry.time().isBefore(since))
        .filter(entry -> find(entry.contentId()).filter(BlobAccount::hasReceipt).isEmpty())
        .count();
  }

  BlobAccount blob(String contentId) {
    return blobs.computeIfAbsent(contentId, unused -> new BlobAccount());
  }

  Optional<BlobAccount> find(String contentId) {
    return Optional.ofNullable(blobs.get(contentId));
  }

  Map<String, BlobAccount> blobs() {
    return blobs;
  }

  void receipt(ReadReceipt receipt) {
    blob(receipt.contentId()).receipt(receipt);
    firstReceipt = earlier(firstReceipt, receipt.contentCreated());
    firstSign = earlier(firstSign, receipt.contentCreated());
  }

  void status(Fields fields) {
    if (fields.find("GapFrom").isPresent()) {
      gaps.add(new Gap(fields.time("GapFrom"), fields.time("GapUntil")));
    }
    if (fields.text("State").equals(FeedStatus.State.GAP.name())) {
      return;
    }
    FeedSays says =
        new FeedSays(
            fields.time("Time"),
            fields.text("State"),
            fields.time("ListedUntil"),
            fields.time("CompleteUntil"),
            fields.number("WaitingBlobs"),
            fields.number("ParkedBlobs"));
    firstSign = earlier(firstSign, says.completeUntil());
    if (fields.find("DroppedRecords").isPresent()) {
      dropped = Math.max(dropped, fields.number("DroppedRecords"));
    }
    if (fields.find("ReadFrom").isPresent()) {
      readFrom(fields.time("ReadFrom"));
    }
    if (latest == null || !says.time().isBefore(latest.time())) {
      latest = says;
    }
  }

  /** The feed reads what was created from then on, as it says itself. */
  void readFrom(Instant time) {
    readFrom = earlier(readFrom, time);
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }

  /**
   * From which creation time on blobs are the feed's, as it says itself; whatever came of its
   * records. Empty where it does not say.
   */
  Optional<Instant> readFrom() {
    return Optional.ofNullable(readFrom)
        .map(time -> firstSign == null ? time : earlier(firstSign, time));
  }

  /**
   * The earliest creation time from which on blobs are surely the feed's, by what its records show.
   * It may have begun earlier, where its first records are not there.
   */
  Optional<Instant> firstSign() {
    return Optional.ofNullable(firstSign);
  }

  /**
   * Records that Connect has not written, as far as status records say; those of one task's run.
   */
  long dropped() {
    return dropped;
  }

  /** When the oldest blob that has a receipt was created. */
  Optional<Instant> firstReceipt() {
    return Optional.ofNullable(firstReceipt);
  }

  Optional<FeedSays> latest() {
    return Optional.ofNullable(latest);
  }

  /** In the order of their beginnings. */
  Set<Gap> gaps() {
    return gaps;
  }
}
