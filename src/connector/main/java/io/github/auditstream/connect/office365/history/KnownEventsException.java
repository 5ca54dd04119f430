package io.github.auditstream.connect.office365.history;

/** The topics cannot be read now: nothing may be sent until they can. */
public final class KnownEventsException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason what happened and what to do, in words
   */
  public KnownEventsException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** What happened and what to do, in words. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
