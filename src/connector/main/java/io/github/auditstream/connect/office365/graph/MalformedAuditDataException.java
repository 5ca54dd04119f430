package io.github.auditstream.connect.office365.graph;

/**
 * What should hold an event holds none. The reason says why after "the record" or "the row", such
 * as "has no auditData", and quotes nothing.
 */
public final class MalformedAuditDataException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public MalformedAuditDataException(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
