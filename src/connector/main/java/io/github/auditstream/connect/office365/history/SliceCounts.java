package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.status.HistoryStatus;

/**
 * What has come of a slice.
 *
 * @param records different records that its query has offered
 * @param sent events that went to the topics, in all attempts
 * @param deadLetters records that could not become events, in all attempts
 */
public record SliceCounts(long records, long sent, long deadLetters) {
  static final SliceCounts NONE = new SliceCounts(0, 0, 0);

  SliceCounts withRecords(long offered) {
    return new SliceCounts(offered, sent, deadLetters);
  }

  SliceCounts oneSent() {
    return new SliceCounts(records, sent + 1, deadLetters);
  }

  SliceCounts oneDeadLetter() {
    return new SliceCounts(records, sent, deadLetters + 1);
  }

  SliceCounts plus(SliceCounts other) {
    return new SliceCounts(
        records + other.records, sent + other.sent, deadLetters + other.deadLetters);
  }

  /** As the ledger's topic has them. */
  HistoryStatus.Counts toStatus() {
    return new HistoryStatus.Counts(records, sent, alreadyThere(), deadLetters);
  }

  /** Those that were in the topics before. */
  public long alreadyThere() {
    return Math.max(0, records - sent - deadLetters);
  }
}
