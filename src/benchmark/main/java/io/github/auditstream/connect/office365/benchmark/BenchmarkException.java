package io.github.auditstream.connect.office365.benchmark;

import org.jspecify.annotations.Nullable;

/** The benchmark cannot continue, or its measurement is meaningless. */
public final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchmarkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  BenchmarkException(String message) {
    this(message, null);
  }
}
