package io.github.auditstream.connect.office365.api;

/** An answer with status 200 that is not what the API documents. The message quotes none of it. */
public final class MalformedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public MalformedAnswerException(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
