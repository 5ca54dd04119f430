package io.github.auditstream.connect.office365.testkit;

import java.util.function.Supplier;

/** Notified of how the start of a stack proceeds. */
public interface StartListener {
  /** Says nothing. */
  StartListener SILENT =
      new StartListener() {
        @Override
        public <T> T starting(String part, Supplier<T> start) {
          return start.get();
        }
      };

  /**
   * Runs one part's start and may say what it saw. Called from several threads at once.
   *
   * @param part for example {@code broker}
   */
  <T> T starting(String part, Supplier<T> start);
}
