package io.github.auditstream.connect.office365.event;

/** An event takes more of the heap than its mapper may use. */
final class LargeEventException extends UnmappableEventException {

  private static final long serialVersionUID = 1L;

  LargeEventException() {
    super("needs more memory as a record than it may have");
  }
}
