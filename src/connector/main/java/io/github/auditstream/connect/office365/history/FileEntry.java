package io.github.auditstream.connect.office365.history;

import java.util.HashMap;
import java.util.Map;

/**
 * What the ledger says of an export file. It is the source offset of the file, too.
 *
 * @param state {@link SliceState#READING}, {@link SliceState#DONE} or {@link SliceState#INCOMPLETE}
 * @param headSha256 the digest of the file's beginning: another file of the same name is read anew
 * @param row the last row that was dealt with, from 1; 0 for none
 * @param counts what has come of the rows
 * @param reason what people should know; empty text for nothing
 */
record FileEntry(SliceState state, String headSha256, long row, SliceCounts counts, String reason) {
  private static final String STATE = "state";
  private static final String SHA256 = "sha256";
  private static final String ROW = "row";
  private static final String RECORDS = "records";
  private static final String SENT = "sent";
  private static final String DEAD_LETTERS = "deadLetters";
  private static final String REASON = "reason";

  /** Of a file that nothing has been read of. */
  static FileEntry of(String headSha256) {
    return new FileEntry(SliceState.READING, headSha256, 0, SliceCounts.NONE, "");
  }

  FileEntry at(long reached, SliceCounts more) {
    return new FileEntry(state, headSha256, reached, more, reason);
  }

  FileEntry in(SliceState next, String why) {
    return new FileEntry(next, headSha256, row, counts, why);
  }

  static Map<String, String> sourcePartition(String name) {
    return Map.of("import", name);
  }

  Map<String, Object> toSourceOffset() {
    Map<String, Object> offset = new HashMap<>();
    offset.put(STATE, state.name());
    offset.put(SHA256, headSha256);
    offset.put(ROW, row);
    offset.put(RECORDS, counts.records());
    offset.put(SENT, counts.sent());
    offset.put(DEAD_LETTERS, counts.deadLetters());
    if (!reason.isEmpty()) {
      offset.put(REASON, reason);
    }
    return offset;
  }

  /**
   * Reads what {@link #toSourceOffset} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static FileEntry of(Map<String, Object> offset) {
    if (offset.get(STATE) instanceof String state
        && offset.get(SHA256) instanceof String sha256
        && offset.get(ROW) instanceof Number row) {
      return new FileEntry(
          SliceState.valueOf(state),
          sha256,
          row.longValue(),
          new SliceCounts(
              number(offset, RECORDS), number(offset, SENT), number(offset, DEAD_LETTERS)),
          offset.get(REASON) instanceof String reason ? reason : "");
    }
    throw new IllegalArgumentException("is not an offset that the history connector wrote");
  }

  private static long number(Map<String, Object> offset, String name) {
    return offset.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
