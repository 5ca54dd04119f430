package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.ModelBlob.Element;
import io.github.auditstream.connect.office365.feed.ModelLedger.Entry;
import io.github.auditstream.connect.office365.feed.ModelLedger.Epoch;
import io.github.auditstream.connect.office365.feed.ModelLedger.EventEntry;
import io.github.auditstream.connect.office365.feed.ModelLedger.LetterEntry;
import io.github.auditstream.connect.office365.feed.ModelLedger.ReceiptEntry;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.records.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Says what must be in Kafka at the end of a history, and what may be missing or there twice by
 * which word of docs/guarantees.md.
 */
final class ModelOracle {
  /** Parked blobs are tried again after six hours at most, give or take a request. */
  static final Duration TIME_TO_RECOVER = Duration.ofHours(8);

  /**
   * "While none is read they wait, for about a day": where more blobs of a feed can never be read
   * than the offset has room for, what is behind them waits as long.
   */
  static final Duration TIME_TO_MAKE_ROOM = Duration.ofHours(36);

  /** A gap is as long as the API no longer lists, and so long before the end nothing is asked. */
  private static final Duration GAP_MARGIN = Duration.ofMinutes(6);

  /** So long it takes at most until all that can be listed is. */
  private static final Duration GAP_SLACK = Duration.ofHours(1);

  private final ModelServer server;
  private final ModelLedger ledger;

  ModelOracle(ModelServer server, ModelLedger ledger) {
    this.server = server;
    this.ledger = ledger;
  }

  /**
   * @param wellSince the server's time since when nothing has been wrong any more
   */
  void judge(FeedId feed, Instant wellSince) {
    List<Epoch> epochs = ledger.epochs(feed);
    for (Epoch epoch : epochs) {
      boolean last = epoch.number() == epochs.get(epochs.size() - 1).number();
      judgeGaps(epoch);
      for (ModelBlob blob : server.blobs(feed.contentType())) {
        List<Entry> entries = epoch.entries(blob);
        if (!entries.isEmpty() && blob.created().isBefore(epoch.begin().minusSeconds(1))) {
          violation(epoch, blob, "was created before the feed's beginning at " + epoch.begin());
        }
        if (blob.hasChanged()) {
          judgeChanged(epoch, blob, entries);
        } else {
          new Reading(epoch, blob).judge(entries);
        }
        if (last) {
          judgeEnd(epoch, blob, entries, wellSince);
        }
      }
    }
  }

  private void violation(Epoch epoch, ModelBlob blob, String what) {
    ledger.violation(
        "blob " + blob + " " + what + ", in epoch " + epoch.number() + ": " + epoch.entries(blob));
  }

  /** A reported gap has expired by the rule of the API. */
  private void judgeGaps(Epoch epoch) {
    epoch
        .gaps()
        .forEach(
            (gap, reportedAt) -> {
              Instant earliest = reportedAt.minus(Duration.ofDays(7)).plus(GAP_MARGIN);
              if (gap.until().isAfter(earliest)) {
                ledger.violation(
                    "reported " + reportedAt + ": " + gap + ", which can be listed yet");
              }
              if (gap.from().isBefore(epoch.begin().minusSeconds(1))) {
                ledger.violation("reported " + gap + ", before the feed began " + epoch.begin());
              }
            });
  }

  private void judgeEnd(Epoch epoch, ModelBlob blob, List<Entry> entries, Instant wellSince) {
    if (!epoch.isSettled(blob)) {
      if (!mayBeMissing(epoch, blob, wellSince)) {
        violation(epoch, blob, "is missing or was never finished; gaps reported: " + epoch.gaps());
      }
      return;
    }
    boolean lost = entries.stream().anyMatch(e -> e instanceof ReceiptEntry r && r.lost());
    boolean timeEnough =
        blob.descriptor().contentExpiration().isAfter(wellSince.plus(TIME_TO_RECOVER));
    if (lost && timeEnough && !blob.defect().isForEver() && !mayMakeRoom(blob)) {
      // "tried again in growing intervals of up to six hours until it expires"
      violation(epoch, blob, "was given up although it could be had since " + wellSince);
    }
    if (!lost && blob.defect().isForEver()) {
      violation(epoch, blob, "cannot have been read");
    }
  }

  /** "Where more than 100 blobs of a feed cannot be read ... makes room." */
  private boolean isHeldUp(ModelBlob held) {
    return isHeldUp(held.descriptor().contentType());
  }

  /** The same, where the others cannot be read for a while only. */
  private boolean mayMakeRoom(ModelBlob lost) {
    return server.blobs(lost.descriptor().contentType()).stream()
            .filter(blob -> blob.defect().fault().isPresent())
            .count()
        >= FeedState.MOST_PARKED;
  }

  /** Whether so many blobs of a feed can never be read that others must wait for room. */
  boolean isHeldUp(ContentType feed) {
    return server.blobs(feed).stream().filter(blob -> blob.defect().isForEver()).count()
        >= FeedState.MOST_PARKED;
  }

  private boolean mayBeMissing(Epoch epoch, ModelBlob blob, Instant wellSince) {
    // Nothing was published: the subscription was off.
    return !blob.isVisible()
        // "A first start reads from now on"; and a rewind begins at the time that was written.
        || blob.created().isBefore(epoch.latestBegin())
        // "Content that first becomes visible later than overlap behind what was listed"
        || blob.isTooLate(epoch.number())
        // "Content older than seven days ... reports the gap exactly, in its status record"
        || epoch.gaps().keySet().stream()
            .anyMatch(
                gap -> !blob.created().isBefore(gap.from()) && blob.created().isBefore(gap.until()))
        // The gap is reported "from the first content that was not listed": what appeared late,
        // behind
        // that, while the feed was down until it expired, is not in it.
        || (blob.isLate()
            && !blob.wasListedToLastRun()
            && blob.descriptor().contentExpiration().isBefore(wellSince.plus(GAP_SLACK)))
        // Or while nothing could be read for so long that the listing had to wait for room.
        || (blob.isLate()
            && !blob.wasListedToLastRun()
            && (isHeldUp(blob)
                || epoch.gaps().keySet().stream()
                    .anyMatch(gap -> gap.until().isAfter(blob.created()))))
        // Here the model is harsher than Microsoft: what it lets expire early must only have been
        // settled where it was listed to the last run, and did not have to wait there for room.
        || (blob.isShortLived() && (!blob.wasListedToLastRun() || isHeldUp(blob)));
  }

  /** The elements of a blob, one after the other, as they are found in Kafka. */
  private final class Reading {
    private final Epoch epoch;
    private final ModelBlob blob;
    private final List<Element> elements;
    private int place;
    private long partsUntil;
    private boolean blobLetter;
    private boolean settled;
    private boolean tornBefore;

    Reading(Epoch epoch, ModelBlob blob) {
      this.epoch = epoch;
      this.blob = blob;
      this.elements = blob.elements();
    }

    void judge(List<Entry> entries) {
      for (Entry entry : entries) {
        if (settled) {
          violation(epoch, blob, "has a record behind its receipt, which is twice");
        }
        if (entry instanceof EventEntry event) {
          event(event);
        } else if (entry instanceof LetterEntry letter) {
          letter(letter);
        } else if (entry instanceof ReceiptEntry receipt) {
          receipt(receipt);
        }
        tornBefore = entry.torn();
      }
    }

    private void event(EventEntry event) {
      if (partsUntil > 0 || blobLetter) {
        violation(epoch, blob, "has an event within or behind a dead letter");
      }
      expect(event.index(), false);
      if (event.index() < elements.size()
          && !elements.get((int) event.index()).id().equals(event.id())) {
        violation(epoch, blob, "has another event at index " + event.index());
      }
      place = (int) event.index() + 1;
    }

    private void expect(long index, boolean refused) {
      if (index < place) {
        violation(epoch, blob, "has index " + index + " twice");
      } else if (index > place) {
        violation(epoch, blob, "lacks what is before index " + index);
      }
      if (index >= elements.size() || elements.get((int) index).kind().isRefused() != refused) {
        violation(epoch, blob, "has the wrong kind of record at index " + index);
      }
    }

    private void letter(LetterEntry letter) {
      // A dead letter of many parts, or that of a blob and its receipt, count when the last of
      // their records is committed: torn apart, they come again whole. A worker with exactly-once
      // support never tears them: they are in one poll.
      boolean again = tornBefore && letter.offset() == 0;
      if (letter.offset() != partsUntil && !again) {
        violation(epoch, blob, "has a part of a dead letter at the wrong place");
      }
      if (letter.ofBlob()) {
        if (blobLetter && !again) {
          violation(epoch, blob, "has two dead letters for the blob");
        }
        if (letter.index() != place) {
          violation(epoch, blob, "was given up at another index than " + place);
        }
        blobLetter = letter.isLastPart();
      } else {
        expect(letter.index(), true);
        place = letter.isLastPart() ? (int) letter.index() + 1 : place;
      }
      partsUntil = letter.isLastPart() ? 0 : letter.offset() + letter.length();
    }

    private void receipt(ReceiptEntry receipt) {
      settled = true;
      if (partsUntil > 0 || receipt.lost() != blobLetter) {
        violation(epoch, blob, "has a receipt that does not go with its dead letters");
      }
      if (!receipt.lost() && place != elements.size()) {
        violation(epoch, blob, "has a receipt before its end, so that events are lost");
      }
      if (receipt.lost()
          && receipt.at().isBefore(blob.descriptor().contentExpiration())
          && !mayMakeRoom(blob)) {
        violation(epoch, blob, "was given up before it expired");
      }
      long refused = elements.stream().limit(place).filter(e -> e.kind().isRefused()).count();
      if (receipt.found() != place
          || receipt.produced() != place - refused
          || receipt.deadLettered() != refused + (receipt.lost() ? 1 : 0)) {
        violation(epoch, blob, "has a receipt that does not add up");
      }
      if (!receipt.lost()) {
        digest(receipt);
      }
    }

    private void digest(ReceiptEntry receipt) {
      byte[] body = blob.wholeText().getBytes(StandardCharsets.UTF_8);
      if (receipt.bytes() != body.length
          || !HexFormat.of().formatHex(Sha256.of(body)).equals(receipt.sha256())) {
        violation(epoch, blob, "has a receipt for another body");
      }
    }
  }

  /**
   * A blob that was not the same when it was read again. The event that left last is looked for,
   * and where it is gone the blob is sent again, so events can be there twice; whatever it held
   * when it was read to its end is there.
   */
  private void judgeChanged(Epoch epoch, ModelBlob blob, List<Entry> entries) {
    Set<String> arrived = new HashSet<>();
    long receipts = 0;
    boolean lost = false;
    for (Entry entry : entries) {
      if (entry instanceof EventEntry event) {
        event.id().ifPresent(arrived::add);
      } else if (entry instanceof ReceiptEntry receipt) {
        receipts++;
        lost = receipt.lost();
      }
    }
    if (receipts > 1) {
      violation(epoch, blob, "has " + receipts + " receipts");
    }
    if (receipts == 1 && !lost) {
      for (Element element : blob.elements()) {
        if (element.id().isPresent() && !arrived.contains(element.id().get())) {
          violation(epoch, blob, "lacks the event " + element.id().get());
        }
      }
    }
  }
}
