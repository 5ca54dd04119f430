package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the columns of a CSV file are, found by their names in any case and order. */
final class CsvHeader {
  private static final String TYPE_LINE = "#TYPE";
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final String EVENT = "auditdata";

  /** Of events whose properties became columns; what is nested in them is lost. */
  private static final Set<String> FLATTENED =
      Set.of("creationtime", "id", "operation", "recordtype", "userkey", "usertype", "workload");

  private static final int FLATTENED_FROM = 4;

  /** Of all layouts; no other text of a first row is shown, since that may be no header. */
  private static final Set<String> KNOWN =
      Set.of(
          "recordid",
          "creationdate",
          "userid",
          "userids",
          "operations",
          "identity",
          "resultindex",
          "createddatetime",
          "auditlogrecordtype");

  private final char separator;
  private final List<String> names;

  private CsvHeader(char separator, List<String> names) {
    this.separator = separator;
    this.names = names;
  }

  /** Reads the header, which is the file's first row, after a line with a type at most. */
  static CsvHeader read(CsvCutter cutter) throws IOException, UnreadableExportException {
    String header = row(cutter);
    if (header.startsWith(TYPE_LINE)) {
      header = row(cutter);
    }
    Set<String> flattened = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    int columns = 0;
    for (char separator : SEPARATORS) {
      List<String> names = names(header, separator);
      long events = names.stream().filter(EVENT::equals).count();
      if (events > 1) {
        throw new UnreadableExportException("The file has more than one column 'AuditData'.");
      }
      if (events == 1) {
        return new CsvHeader(separator, names);
      }
      columns = Math.max(columns, names.size());
      names.stream().filter(FLATTENED::contains).forEach(flattened::add);
      names.stream().filter(KNOWN::contains).forEach(known::add);
    }
    known.addAll(flattened);
    throw new UnreadableExportException(
        flattened.size() < FLATTENED_FROM
            ? "The file's first row is no header with a column 'AuditData'. It has "
                + columns
                + " cells; names of columns among them: "
                + (known.isEmpty() ? "none." : String.join(", ", known) + ".")
            : "The file has columns of flattened events "
                + flattened
                + " and no column 'AuditData', as Get-UAL writes them with -AuditDataOnly: they have"
                + " lost what was nested. Export them anew without that option, or as JSON.");
  }

  /** The next row; empty if it is none. */
  private static String row(CsvCutter cutter) throws IOException, UnreadableExportException {
    if (!cutter.next()) {
      throw new UnreadableExportException("The file has no header.");
    }
    try {
      return cutter.fault().isEmpty() ? cutter.text() : "";
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  private static List<String> names(String header, char separator) {
    try {
      return new CsvCells(separator)
          .of(header).stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    } catch (CsvCells.BrokenRowException e) {
      return List.of();
    }
  }

  ExportLayout layout() {
    return ExportLayout.ofColumns(Set.copyOf(names));
  }

  char separator() {
    return separator;
  }

  int columns() {
    return names.size();
  }

  int eventColumn() {
    return names.indexOf(EVENT);
  }

  /** What a row has in the first of these columns that the file has. */
  Optional<String> cell(List<String> row, String... columns) {
    for (String column : columns) {
      int index = names.indexOf(column);
      if (index >= 0) {
        return Optional.of(row.get(index));
      }
    }
    return Optional.empty();
  }
}
