package io.github.auditstream.connect.office365.exports;

import java.util.Set;

/** The forms that exports come in. */
public enum ExportLayout {
  PORTAL("Purview portal", "recordid"),
  GRAPH_CSV("CSV of Graph records", "createddatetime"),
  SEARCH("Search-UnifiedAuditLog", "resultindex"),
  SEARCH_TRIMMED("Search-UnifiedAuditLog, some columns", "identity"),
  PORTAL_OLD("Purview portal, before 2023", "operations"),
  SCRIPT("Microsoft's search script", "userids"),
  OTHER_CSV("CSV with AuditData", ""),
  JSON_ARRAYS("JSON arrays", ""),
  JSON_OBJECTS("JSON objects", "");

  private final String title;
  private final String column;

  ExportLayout(String title, String column) {
    this.title = title;
    this.column = column;
  }

  /** Its name, for people. */
  public String title() {
    return title;
  }

  /** Whether it is what a search gives, which ends at 5,000 or 50,000 rows without a word. */
  boolean comesFromASearch() {
    return this != GRAPH_CSV;
  }

  /** The layout of a CSV file with these columns, in lower case, besides that of the event. */
  static ExportLayout ofColumns(Set<String> columns) {
    for (ExportLayout layout : values()) {
      if (columns.contains(layout.column)) {
        return layout;
      }
    }
    return OTHER_CSV;
  }
}
