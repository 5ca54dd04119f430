package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.ModelLedger.Entry;
import io.github.auditstream.connect.office365.feed.ModelLedger.Epoch;
import io.github.auditstream.connect.office365.model.FeedId;
import java.util.List;

/** Counts over all histories. */
final class ModelTally {
  private long histories;
  private long steps;
  private long kills;
  private long rewinds;
  private long blobs;
  private long retrievals;
  private long events;
  private long deadLetters;
  private long produced;
  private long lostBlobs;
  private long gaps;
  private long backlogs;
  private long violations;

  void history(int stepsOfIt) {
    histories++;
    steps += stepsOfIt;
  }

  void kill() {
    kills++;
  }

  void rewind() {
    rewinds++;
  }

  void outcome(List<FeedId> feeds, ModelServer server, ModelLedger ledger) {
    backlogs += ledger.backlogs();
    violations += ledger.violations().size();
    for (FeedId feed : feeds) {
      List<ModelBlob> all = server.blobs(feed.contentType());
      blobs += all.size();
      for (ModelBlob blob : all) {
        retrievals += blob.retrievals();
        for (Epoch epoch : ledger.epochs(feed)) {
          epoch.entries(blob).forEach(this::count);
        }
      }
      for (Epoch epoch : ledger.epochs(feed)) {
        gaps += epoch.gaps().size();
      }
    }
  }

  private void count(Entry entry) {
    if (entry instanceof ModelLedger.EventEntry) {
      events++;
    } else if (entry instanceof ModelLedger.LetterEntry) {
      deadLetters++;
    } else if (entry instanceof ModelLedger.ReceiptEntry receipt) {
      if (receipt.lost()) {
        lostBlobs++;
      } else {
        produced++;
      }
    }
  }

  @Override
  public String toString() {
    return histories
        + " histories, "
        + steps
        + " steps, "
        + kills
        + " kills, "
        + rewinds
        + " rewinds, "
        + blobs
        + " blobs, "
        + retrievals
        + " retrievals, "
        + events
        + " events, "
        + deadLetters
        + " dead letters, "
        + produced
        + " blobs produced, "
        + lostBlobs
        + " that expired unread, "
        + gaps
        + " gaps reported, "
        + backlogs
        + " backlogs left for later; violations: "
        + violations;
  }
}
