package io.github.auditstream.connect.office365.tools;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a report is written. */
enum ReportFormat {
  /** For people. */
  TABLE,
  /** The rows; what is wrong goes to the other stream. */
  CSV,
  /** Everything, as one object. */
  JSON;

  private static final List<String> COLUMNS =
      List.of(
          "tenant",
          "content type",
          "hour (UTC)",
          "blobs",
          "events found",
          "produced",
          "dead-lettered",
          "lost",
          "missing",
          "twice");
  private static final List<String> SUMS =
      List.of("blobs", "eventsFound", "produced", "deadLettered", "lost", "missing", "twice");
  private static final int FIRST_NUMBER = 3;

  static ReportFormat of(String name) {
    for (ReportFormat format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new ToolException("--format is table, csv or json, not " + name);
  }

  /**
   * @param out for the result
   * @param messages for what does not belong into a file of rows
   */
  void write(Report report, PrintStream out, PrintStream messages) {
    switch (this) {
      case TABLE -> {
        table(report, out);
        words(report, out);
      }
      case CSV -> {
        out.println(String.join(",", COLUMNS));
        report.rows().forEach((place, sums) -> out.println(String.join(",", cells(place, sums))));
        words(report, messages);
      }
      case JSON -> out.println(JsonText.write(json(report)));
    }
  }

  private static List<String> cells(Report.Place place, Report.Sums sums) {
    List<String> cells = new ArrayList<>();
    cells.add(place.feed().tenant());
    cells.add(place.feed().contentType());
    cells.add(hour(place).orElse("unknown"));
    sums.all().forEach(sum -> cells.add(Long.toString(sum)));
    return cells;
  }

  private static Optional<String> hour(Report.Place place) {
    return place.hour().equals(Instant.MAX)
        ? Optional.empty()
        : Optional.of(place.hour().toString());
  }

  private static void table(Report report, PrintStream out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(COLUMNS);
    report.rows().forEach((place, sums) -> lines.add(cells(place, sums)));
    List<String> total = new ArrayList<>(List.of("all", "", ""));
    report.total().all().forEach(sum -> total.add(Long.toString(sum)));
    lines.add(total);
    TextTable.write(lines, FIRST_NUMBER, out);
  }

  private static void words(Report report, PrintStream out) {
    if (!report.wrong().isEmpty()) {
      out.println();
      report.wrong().forEach(wrong -> out.println(line(wrong)));
    }
    if (!report.notes().isEmpty()) {
      out.println();
      report.notes().forEach(out::println);
    }
    out.println();
    out.println(report.verdict());
  }

  private static String line(Report.Wrong wrong) {
    return wrong.feed()
        + wrong.contentId().map(id -> " blob " + id).orElse("")
        + wrong.contentId().flatMap(id -> wrong.created()).map(at -> " of " + at).orElse("")
        + ": "
        + wrong.what();
  }

  private static Map<String, Object> json(Report report) {
    List<Object> rows = new ArrayList<>();
    report
        .rows()
        .forEach(
            (place, sums) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("tenant", place.feed().tenant());
              row.put("contentType", place.feed().contentType());
              hour(place).ifPresent(hour -> row.put("hour", hour));
              for (int i = 0; i < SUMS.size(); i++) {
                row.put(SUMS.get(i), sums.all().get(i));
              }
              rows.add(row);
            });
    List<Object> wrongs = new ArrayList<>();
    for (Report.Wrong wrong : report.wrong()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("tenant", wrong.feed().tenant());
      one.put("contentType", wrong.feed().contentType());
      wrong.contentId().ifPresent(id -> one.put("contentId", id));
      wrong.created().ifPresent(at -> one.put("contentCreated", at.toString()));
      one.put("what", wrong.what());
      wrongs.add(one);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("rows", rows);
    all.put("wrong", wrongs);
    all.put("notes", report.notes());
    all.put("verdict", report.verdict());
    all.put("status", report.status());
    return all;
  }
}
