package io.github.auditstream.connect.office365.exports;

import io.github.auditstream.connect.office365.graph.AuditData;
import io.github.auditstream.connect.office365.graph.Envelope;
import io.github.auditstream.connect.office365.graph.MalformedAuditDataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file with a column of events. */
final class CsvRows implements Rows {
  /** How many characters a spreadsheet's cell has at most. */
  static final int SPREADSHEET_CHARACTERS = 32_767;

  private final CsvCutter cutter;
  private final CsvHeader header;
  private final CsvCells cells;
  private long truncated;

  CsvRows(Window window, int largestRowBytes) throws IOException, UnreadableExportException {
    this.cutter = new CsvCutter(window, largestRowBytes);
    this.header = CsvHeader.read(cutter);
    this.cells = new CsvCells(header.separator());
  }

  @Override
  public ExportLayout layout() {
    return header.layout();
  }

  @Override
  public @Nullable Unread next() throws IOException {
    if (!cutter.next()) {
      return null;
    }
    String fault = cutter.fault();
    if (fault.isEmpty()) {
      try {
        List<String> row = cells.of(cutter.text());
        if (row.size() == header.columns()) {
          return number -> read(number, row);
        }
        fault = "has " + row.size() + " cells, and the header has " + header.columns();
      } catch (CharacterCodingException e) {
        fault = "is not in the file's encoding";
      } catch (CsvCells.BrokenRowException e) {
        fault = String.valueOf(e.getMessage());
      }
    }
    Cut cut = cutter.refuse(fault, header.separator(), header.eventColumn());
    return number -> Refusals.of(number, cut);
  }

  private ExportRow read(long number, List<String> row) {
    String cell = row.get(header.eventColumn());
    if (cell.isBlank()) {
      return Refusals.of(number, cutter.beginning("has no AuditData"));
    }
    Envelope around =
        Envelope.ofExport(
            header.cell(row, "recordid", "identity", "id"),
            header.cell(row, "createddatetime", "creationdate"),
            header.cell(row, "operation", "operations"));
    try {
      AuditData event = AuditData.read(cell.getBytes(StandardCharsets.UTF_8), around);
      return new ExportRow.Event(number, event.json(), event.id(), event.recordType());
    } catch (MalformedAuditDataException e) {
      if (cell.length() != SPREADSHEET_CHARACTERS) {
        return Refusals.of(number, cutter.beginning(e.reason()));
      }
      truncated++;
      return Refusals.of(
          number,
          cutter.beginning(
              "has an AuditData of exactly 32,767 characters that is no whole event: a spreadsheet"
                  + " has truncated it. Export it anew, and save it with no spreadsheet"));
    }
  }

  @Override
  public List<String> warnings() {
    return truncated == 0
        ? List.of()
        : List.of(
            "The file was saved with a spreadsheet, which truncated "
                + truncated
                + " events at 32,767 characters. Export it anew, and save it with no spreadsheet.");
  }
}
