package io.github.auditstream.connect.office365.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Topics as a table of text that fits a terminal of 80 columns. */
final class TopicTable {
  private static final String ROW = "  %-34s %10s  %-22s %6s";

  /**
   * One line of it.
   *
   * @param operation what the last event was about; empty where that is not known
   * @param newest the newest event's own time
   */
  record Row(String topic, long records, String operation, Instant newest) {}

  private TopicTable() {}

  /**
   * The table with its head.
   *
   * @param maxRows how many lines there may be below the head; the last one sums up the rest
   */
  static List<String> lines(List<Row> rows, Instant now, int maxRows) {
    List<String> lines = new ArrayList<>();
    lines.add(line("topic", "records", "last operation", "lag"));
    int shown = rows.size() <= maxRows ? rows.size() : maxRows - 1;
    for (Row row : rows.subList(0, shown)) {
      lines.add(
          line(
              row.topic(),
              number(row.records()),
              row.operation(),
              age(Duration.between(row.newest(), now))));
    }
    if (shown < rows.size()) {
      long hidden = rows.subList(shown, rows.size()).stream().mapToLong(Row::records).sum();
      lines.add(line((rows.size() - shown) + " more topics", number(hidden), "", ""));
    }
    return lines;
  }

  private static String line(String topic, String records, String operation, String lag) {
    return ROW.formatted(shortened(topic, 34), records, shortened(operation, 22), lag)
        .stripTrailing();
  }

  /** The text, its end replaced by dots where it is longer than that. */
  static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 2) + "..";
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** In the greatest unit that is not zero. */
  static String age(Duration age) {
    if (age.compareTo(Duration.ofSeconds(1)) < 0) {
      return "<1 s";
    }
    if (age.toMinutes() < 2) {
      return age.toSeconds() + " s";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + " min";
    }
    return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
