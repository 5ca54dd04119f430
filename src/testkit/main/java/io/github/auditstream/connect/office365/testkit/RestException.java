package io.github.auditstream.connect.office365.testkit;

/** A worker or registry refused a request, or did not answer it. */
public final class RestException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NO_ANSWER = 0;

  private final int status;

  RestException(String request, int status, String message) {
    super(request + " was answered with " + status + ": " + message);
    this.status = status;
  }

  RestException(String request, Throwable cause) {
    super(request + " was not answered: " + cause, cause);
    this.status = NO_ANSWER;
  }

  /** The HTTP status, 0 where there was no answer. */
  public int status() {
    return status;
  }
}
