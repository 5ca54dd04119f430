package io.github.auditstream.connect.office365.quickstart;

import org.jspecify.annotations.Nullable;

/** Why a quick start did not reach its end, for its user to read: a sentence, no stack trace. */
public final class QuickStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QuickStartException(String message) {
    this(message, null);
  }

  QuickStartException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
