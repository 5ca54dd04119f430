package io.github.auditstream.connect.office365.quickstart;

import org.jspecify.annotations.Nullable;

/** Why a quick start did not reach its end, for its user to read. */
public final class QuickStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QuickStartException(String message) {
    super(message);
  }

  QuickStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
