package io.github.auditstream.connect.office365.quickstart.chaos;

/** A chaos run proved that something is wrong; the message says what and how to run it again. */
public final class ChaosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChaosException(String message) {
    super(message, null, false, false);
  }
}
