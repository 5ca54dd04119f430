package io.github.auditstream.connect.office365.feed;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/** Keeps the log lines away that thousands of histories full of faults would write. */
final class QuietLog {
  private QuietLog() {}

  static <T> T during(Supplier<T> work) {
    PrintStream log = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    try {
      return work.get();
    } finally {
      System.setErr(log);
    }
  }
}
