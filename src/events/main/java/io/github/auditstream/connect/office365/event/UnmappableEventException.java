package io.github.auditstream.connect.office365.event;

/**
 * A text that is not one JSON object in UTF-8. The message never quotes it, since events hold
 * personal data.
 */
public class UnmappableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  UnmappableEventException(String message) {
    super(message);
  }
}
