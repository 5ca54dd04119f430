package io.github.auditstream.connect.office365.exports;

import java.util.Arrays;

/** Makes rows that are refused of what is wrong with them. */
final class Refusals {
  private Refusals() {}

  static ExportRow.Refused of(long row, Cut cut) {
    return new ExportRow.Refused(
        row, "row " + row + " of the file " + cut.fault(), cut.text(), cut.textBytes());
  }

  static ExportRow.Refused of(long row, byte[] text, String fault) {
    byte[] kept = text.length > Cut.KEPT_BYTES ? Arrays.copyOf(text, Cut.KEPT_BYTES) : text;
    return of(row, Cut.of(kept, text.length, fault));
  }
}
