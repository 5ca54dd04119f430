package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The history by tenant and day, as a part of the report. */
final class HistoryReport {
  /** What is counted for each day. */
  enum Count {
    SLICES("slices", "slices"),
    DONE("done", "done"),
    SPLIT("split", "split"),
    INCOMPLETE("incomplete", "incomplete"),
    NOT_DONE("not yet done", "notYetDone"),
    RECORDS("records", "records"),
    LIVE("live", "live"),
    HISTORY("history", "history"),
    IMPORT("import", "import"),
    DEAD_LETTERS("dead-lettered", "deadLettered"),
    MISSING("missing", "missing"),
    TWICE("twice", "twice");

    private final String column;
    private final String property;

    Count(String column, String property) {
      this.column = column;
      this.property = property;
    }
  }

  private final SortedMap<HistoryAccount.Day, Map<Count, Long>> rows = new TreeMap<>();
  private long left;

  void add(HistoryAccount.Day day, Count count, long number) {
    rows.computeIfAbsent(day, unused -> new EnumMap<>(Count.class)).merge(count, number, Long::sum);
  }

  /** So many slices and files are still to be read. */
  void left(long more) {
    left += more;
  }

  boolean isEmpty() {
    return rows.isEmpty() && left == 0;
  }

  boolean isAllDone() {
    return left == 0;
  }

  long total(Count count) {
    return rows.values().stream().mapToLong(row -> row.getOrDefault(count, 0L)).sum();
  }

  /** A part of a verdict that is good; empty text where there is no history. */
  String verdict() {
    if (isEmpty()) {
      return "";
    }
    return " History: %s of %s slices done, %s events of queries and %s of export files in their topics%s."
        .formatted(
            total(Count.DONE),
            total(Count.SLICES) - total(Count.SPLIT),
            total(Count.HISTORY),
            total(Count.IMPORT),
            left == 0 ? "" : "; " + left + " slices or files are not yet done");
  }

  /** Its columns and rows; empty where there is no history. */
  Optional<Result.Table> table() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>(List.of("tenant", "day (UTC)"));
    Stream.of(Count.values()).forEach(count -> columns.add(count.column));
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(
        (day, counts) ->
            cells.add(
                cells(
                    Stream.of(
                        day.tenant().isEmpty() ? "unknown" : day.tenant(),
                        dayText(day).orElse("unknown")),
                    counts)));
    Map<Count, Long> sums = new EnumMap<>(Count.class);
    Stream.of(Count.values()).forEach(count -> sums.put(count, total(count)));
    return Optional.of(new Result.Table(columns, cells, cells(Stream.of("all", ""), sums)));
  }

  private static List<String> cells(Stream<String> place, Map<Count, Long> counts) {
    return Stream.concat(
            place,
            Stream.of(Count.values()).map(count -> String.valueOf(counts.getOrDefault(count, 0L))))
        .toList();
  }

  private static Optional<String> dayText(HistoryAccount.Day day) {
    return day.day().equals(LocalDate.MAX) ? Optional.empty() : Optional.of(day.day().toString());
  }

  void putInto(ArrayNode days) {
    rows.forEach(
        (day, counts) -> {
          ObjectNode row = days.addObject();
          row.put("tenant", day.tenant());
          dayText(day).ifPresent(text -> row.put("day", text));
          Stream.of(Count.values())
              .forEach(count -> row.put(count.property, counts.getOrDefault(count, 0L)));
        });
  }
}
