package io.github.auditstream.connect.office365.exports;

/**
 * A file that is no export, or one that has lost what events are made of. None of its rows is read.
 * The message names what was seen and what is accepted, and quotes no row.
 */
public final class UnreadableExportException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String ACCEPTED =
      " Accepted are CSV files with a column 'AuditData': of the Purview portal, of"
          + " Search-UnifiedAuditLog with Export-Csv, and of the Microsoft-Extractor-Suite; and JSON"
          + " with records that have 'auditData', or with audit events: one array, several, or one"
          + " object a line.";

  UnreadableExportException(String seen) {
    super(seen + ACCEPTED);
  }
}
