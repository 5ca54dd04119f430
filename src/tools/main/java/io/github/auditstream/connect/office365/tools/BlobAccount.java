package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.status.DeadLetter;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of one content blob: counters, and more only for the few that have dead letters or
 * were replayed. For one thread.
 */
final class BlobAccount {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private long createdMs = UNKNOWN;
  private long fetchedMs = UNKNOWN;
  private long newestEventMs = UNKNOWN;
  private long records;
  private long promised;
  private int readings;
  private long lastReadMs = UNKNOWN;
  private long found;
  private long produced;
  private long deadLettered;
  private boolean addsUp = true;
  private List<ReadReceipt> special = List.of();
  private Map<Long, Set<Long>> letters = Map.of();

  /** Letters of a first reading; those of a replay are kept under the time of its request. */
  private static final Long FIRST_READING = Long.MIN_VALUE;

  void event(long timestampMs) {
    records++;
    newestEventMs = Math.max(newestEventMs, timestampMs);
  }

  void receipt(ReadReceipt receipt) {
    createdMs = receipt.contentCreated().toEpochMilli();
    fetchedMs = Math.max(fetchedMs, receipt.fetchedAt().toEpochMilli());
    promised += receipt.produced();
    addsUp &= receipt.addsUp();
    if (receipt.replay().isEmpty()) {
      readings++;
      lastReadMs = Math.max(lastReadMs, receipt.fetchedAt().toEpochMilli());
      // Of several readings any one will do: their number shows that there were several.
      found = receipt.found();
      produced = receipt.produced();
      deadLettered = receipt.deadLettered();
    }
    if (receipt.lost() || receipt.replay().isPresent()) {
      special =
          Stream.concat(special.stream(), Stream.of(receipt))
              .sorted(Comparator.comparing(BlobAccount::issuedAt))
              .toList();
    }
  }

  /** Somebody has removed its receipts. */
  void forgetReceipts() {
    promised = 0;
    readings = 0;
    lastReadMs = UNKNOWN;
    found = 0;
    produced = 0;
    deadLettered = 0;
    addsUp = true;
    special = List.of();
  }

  void letter(ReadLetter letter) {
    if (letters.isEmpty()) {
      letters = new HashMap<>(2);
    }
    letters
        .computeIfAbsent(number(letter.replay()), of -> new HashSet<>(2))
        .add(letter.index() * 2 + (letter.scope() == DeadLetter.Scope.BLOB ? 1 : 0));
  }

  void listed(Instant contentCreated) {
    createdMs = contentCreated.toEpochMilli();
  }

  private static Long number(Optional<ReplayRequest> replay) {
    return replay.map(request -> request.requested().toEpochMilli()).orElse(FIRST_READING);
  }

  private static Instant issuedAt(ReadReceipt receipt) {
    return receipt.replay().map(ReplayRequest::requested).orElse(Instant.MIN);
  }

  private List<ReadReceipt> replays() {
    return special.stream().filter(receipt -> receipt.replay().isPresent()).toList();
  }

  /** Empty while nothing has said. */
  Optional<Instant> created() {
    return createdMs == UNKNOWN ? Optional.empty() : Optional.of(Instant.ofEpochMilli(createdMs));
  }

  /**
   * When it was created or, while nothing has said, the time of its newest event in the topics,
   * which is not after that; {@link Instant#MAX} without either.
   */
  Instant createdOrEarlier() {
    long known = createdMs == UNKNOWN ? newestEventMs : createdMs;
    return known == UNKNOWN ? Instant.MAX : Instant.ofEpochMilli(known);
  }

  /** When it was read last; {@link Instant#EPOCH} before any receipt. */
  Instant fetched() {
    return Instant.ofEpochMilli(Math.max(0, fetchedMs));
  }

  /** Whether there is any record or dead letter of it. */
  boolean hasLeftAnything() {
    return records > 0 || !letters.isEmpty();
  }

  boolean hasReceipt() {
    return readings > 0 || !special.isEmpty();
  }

  boolean hasLetters() {
    return !letters.isEmpty();
  }

  /** How many receipts of a first reading there are; a rewound feed leaves more than one. */
  int readings() {
    return readings;
  }

  /** Whether each of its receipts adds up in itself. */
  boolean addsUp() {
    return addsUp;
  }

  /** Records in the topics. */
  long records() {
    return records;
  }

  /** Records that its receipts speak of. */
  long promisedRecords() {
    return promised;
  }

  /** Elements that have been found in it, each counted once. */
  long found() {
    long known = found;
    for (ReadReceipt replay : replays()) {
      Elements wanted = replay.replay().map(ReplayRequest::elements).orElse(Elements.none());
      known += Math.max(0, replay.found() - wanted.countBefore(known));
    }
    return known;
  }

  /** Events that are in their topics, as one reading and the replays say. */
  long produced() {
    return produced + replays().stream().mapToLong(ReadReceipt::produced).sum();
  }

  /** Elements that are in the dead letters alone. */
  long openDeadLetters() {
    return Math.max(0, found() - produced());
  }

  /** Whether a part of it could not be had, and has not been had since. */
  boolean isLost() {
    for (ReadReceipt receipt : special) {
      if (receipt.fetchedAt().toEpochMilli() < lastReadMs) {
        // The whole blob was read again since, as after a rewind.
        continue;
      }
      List<Elements> since =
          replays().stream()
              .filter(replay -> issuedAt(replay).isAfter(issuedAt(receipt)))
              .flatMap(replay -> replay.replay().map(ReplayRequest::elements).stream())
              .toList();
      if (!receipt.missing().without(Elements.union(since)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Dead letters that its receipts speak of and that are not there; negative for too many. */
  long lettersShort() {
    long wanting = readings == 0 ? 0 : deadLettered - count(FIRST_READING);
    long tooMany = Math.min(0, wanting);
    wanting = Math.max(0, wanting);
    for (ReadReceipt replay : replays()) {
      long off = replay.deadLettered() - count(number(replay.replay()));
      tooMany += Math.min(0, off);
      wanting += Math.max(0, off);
    }
    return wanting > 0 ? wanting : tooMany;
  }

  private long count(Long of) {
    return letters.getOrDefault(of, Set.of()).size();
  }
}
