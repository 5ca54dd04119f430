package io.github.auditstream.connect.office365.api;

/** An answer with status 200 that is not what the API documents. The message quotes none of it. */
final class MalformedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedAnswerException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
