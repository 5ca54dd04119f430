package io.github.auditstream.connect.office365.tools;

/** A program cannot do its work. The message is one line for people, without any secret. */
final class ToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolException(String message) {
    super(message);
  }

  ToolException(String message, Throwable cause) {
    super(message, cause);
  }
}
