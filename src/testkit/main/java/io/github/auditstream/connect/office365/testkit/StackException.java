package io.github.auditstream.connect.office365.testkit;

/** A process of the stack did not do what it was started for. The message carries its log's end. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean portTaken;

  StackException(String message, Throwable cause) {
    super(message, cause);
    this.portTaken = false;
  }

  StackException(String message) {
    this(message, false);
  }

  StackException(String message, boolean portTaken) {
    super(message);
    this.portTaken = portTaken;
  }

  /** Whether another program took the port between its choice and its use. */
  boolean portTaken() {
    return portTaken;
  }
}
