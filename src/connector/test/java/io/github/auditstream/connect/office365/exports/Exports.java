package io.github.auditstream.connect.office365.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invented exports, and what is read of them. */
final class Exports {
  static final String HEADER =
      "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,"
          + "AssociatedAdminUnitsNames";

  private Exports() {}

  static String event(String id) {
    return "{\"CreationTime\":\"2026-05-04T08:28:17\",\"Id\":\""
        + id
        + "\",\"Operation\":\"Send\",\"RecordType\":2,\"Workload\":\"Exchange\","
        + "\"Item\":{\"Subject\":\"a, \\\"b\\\"; c\"}}";
  }

  static String quoted(String cell) {
    return "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  static String row(String... cells) {
    return Stream.of(cells).map(Exports::quoted).collect(Collectors.joining(","));
  }

  /** A row of {@link #HEADER}, quoted as the portal does it. */
  static String portalRow(String id, String auditData) {
    return id + ",9/20/2023 4:05:03 AM,2,Send,ada@contoso.example," + quoted(auditData) + ",,";
  }

  static String portal(String... rows) {
    return HEADER + "\r\n" + String.join("\r\n", rows) + "\r\n";
  }

  static List<ExportRow> read(Path file) throws IOException, UnreadableExportException {
    return read(file, ExportFile.LARGEST_ROW_BYTES);
  }

  static List<ExportRow> read(Path file, int largestRowBytes)
      throws IOException, UnreadableExportException {
    try (ExportFile export = ExportFile.open(file, largestRowBytes)) {
      return rest(export);
    }
  }

  static List<ExportRow> rest(ExportFile export) throws IOException {
    List<ExportRow> rows = new ArrayList<>();
    for (ExportRow row = export.next(); row != null; row = export.next()) {
      rows.add(row);
      assertThat(row.row()).isEqualTo(export.rows());
    }
    assertThat(export.next()).isNull();
    return rows;
  }

  static List<String> ids(List<ExportRow> rows) {
    return rows.stream()
        .map(row -> row instanceof ExportRow.Event event ? event.id().orElse("no id") : "refused")
        .toList();
  }

  static String json(ExportRow row) {
    if (row instanceof ExportRow.Event event) {
      return new String(event.json().array(), StandardCharsets.UTF_8);
    }
    throw new AssertionError("expected an event, not " + row);
  }

  static ExportRow.Refused refused(ExportRow row) {
    if (row instanceof ExportRow.Refused refused) {
      return refused;
    }
    throw new AssertionError("expected a row that is refused, not " + row);
  }

  static String text(ExportRow row) {
    return new String(refused(row).text().array(), StandardCharsets.UTF_8);
  }
}
