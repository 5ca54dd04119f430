package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the columns of a CSV file are, found by their names in any case and order. */
final class CsvHeader {
  private static final byte[] TYPE_LINE = "#TYPE".getBytes(StandardCharsets.US_ASCII);
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final String EVENT = "auditdata";

  /** Of events whose properties became columns; what is nested in them is lost. */
  private static final Set<String> FLATTENED =
      Set.of("creationtime", "id", "operation", "recordtype", "userkey", "usertype", "workload");

  private static final int FLATTENED_FROM = 4;

  private final char separator;
  private final List<String> names;

  private CsvHeader(char separator, List<String> names) {
    this.separator = separator;
    this.names = names;
  }

  /** Reads the header, which is the file's first row, after a line with a type at most. */
  static CsvHeader read(CsvCutter cutter) throws IOException, UnreadableExportException {
    boolean isThere = cutter.next();
    if (isThere && CsvCutter.startsWith(cutter.text(), TYPE_LINE)) {
      isThere = cutter.next();
    }
    if (!isThere) {
      throw new UnreadableExportException("The file has no header.");
    }
    Set<String> seen = new TreeSet<>();
    for (char separator : SEPARATORS) {
      List<String> names = names(cutter, separator);
      long events = names.stream().filter(EVENT::equals).count();
      if (events > 1) {
        throw new UnreadableExportException("The file has more than one column 'AuditData'.");
      }
      if (events == 1) {
        return new CsvHeader(separator, names);
      }
      names.stream().filter(FLATTENED::contains).forEach(seen::add);
    }
    throw new UnreadableExportException(
        seen.size() < FLATTENED_FROM
            ? "The file's first row is no header with a column 'AuditData'."
            : "The file has columns of flattened events "
                + seen
                + " and no column 'AuditData', as Get-UAL writes them with -AuditDataOnly: they have"
                + " lost what was nested. Export them anew without that option, or as JSON.");
  }

  private static List<String> names(CsvCutter cutter, char separator) {
    if (!cutter.fault().isEmpty()) {
      return List.of();
    }
    try {
      return new CsvCells(separator)
          .of(cutter.text()).stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
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
