package io.github.auditstream.connect.office365.dedupe;

import org.jspecify.annotations.Nullable;

/** Topics cannot be read; the message says what to do about it, and holds no secret. */
public class TopicReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retriable;

  TopicReadException(String message, boolean retriable, @Nullable Throwable cause) {
    super(message, cause);
    this.retriable = retriable;
  }

  /** Whether it may pass by itself, as where brokers do not answer. */
  public boolean retriable() {
    return retriable;
  }
}
