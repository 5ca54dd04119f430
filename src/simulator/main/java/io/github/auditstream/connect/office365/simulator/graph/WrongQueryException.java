package io.github.auditstream.connect.office365.simulator.graph;

/** A query that Graph refuses to create. */
public final class WrongQueryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** The body, a property's name, or a property's type. */
    BODY,
    /** A time is not written as ISO 8601 has it. */
    TIME,
    /** The range ends before it begins. */
    RANGE,
    /** A record type that is not known. */
    RECORD_TYPE
  }

  private final Kind kind;

  WrongQueryException(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
