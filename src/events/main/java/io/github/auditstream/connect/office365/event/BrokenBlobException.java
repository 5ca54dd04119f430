package io.github.auditstream.connect.office365.event;

/**
 * A body that is not one whole JSON array. What was read before it is kept; nothing after it can be
 * trusted.
 */
public final class BrokenBlobException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final long index;

  BrokenBlobException(String reason, long index) {
    super("The blob is broken at element " + index + ": " + reason);
    this.reason = reason;
    this.index = index;
  }

  /** What is wrong, without any of the content. */
  public String reason() {
    return reason;
  }

  /** How many elements were read before the break. */
  public long index() {
    return index;
  }
}
