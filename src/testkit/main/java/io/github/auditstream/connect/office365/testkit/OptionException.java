package io.github.auditstream.connect.office365.testkit;

import org.jspecify.annotations.Nullable;

/** An option has a value that is not allowed; for its user to read: a sentence, no stack trace. */
public final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OptionException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
