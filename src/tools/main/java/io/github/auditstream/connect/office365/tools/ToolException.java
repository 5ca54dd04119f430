package io.github.auditstream.connect.office365.tools;

import org.jspecify.annotations.Nullable;

/** A program cannot do its work. The message is one line for people, without any secret. */
final class ToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolException(String message) {
    super(message);
  }

  ToolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
