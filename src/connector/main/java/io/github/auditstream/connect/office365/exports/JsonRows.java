package io.github.auditstream.connect.office365.exports;

import io.github.auditstream.connect.office365.graph.AuditData;
import io.github.auditstream.connect.office365.graph.MalformedAuditDataException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a file with JSON arrays or objects. */
final class JsonRows implements Rows {
  private final ExportLayout layout;
  private final JsonCutter cutter;
  private boolean endsInArray;

  JsonRows(ExportLayout layout, Window window, int largestRowBytes) {
    this.layout = layout;
    this.cutter = new JsonCutter(window, largestRowBytes);
  }

  @Override
  public ExportLayout layout() {
    return layout;
  }

  @Override
  public @Nullable Unread next() throws IOException {
    if (!cutter.next()) {
      endsInArray = cutter.isInArray();
      return null;
    }
    Cut cut = cutter.cut();
    return number -> cut.isRow() ? read(number, cut.text().array()) : Refusals.of(number, cut);
  }

  private static ExportRow read(long number, byte[] text) {
    try {
      AuditData event = AuditData.readExported(text);
      return new ExportRow.Event(number, event.json(), event.id(), event.recordType());
    } catch (MalformedAuditDataException e) {
      return Refusals.of(number, text, e.reason());
    }
  }

  @Override
  public List<String> warnings() {
    return endsInArray
        ? List.of("The file ends in the middle of an array: it is probably cut short.")
        : List.of();
  }
}
