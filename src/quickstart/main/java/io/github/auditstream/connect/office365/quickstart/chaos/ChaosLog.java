package io.github.auditstream.connect.office365.quickstart.chaos;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Lines with the seconds since the start of the run. Safe for many threads. */
final class ChaosLog {
  private final Consumer<String> lines;
  private final long startNanos = System.nanoTime();

  ChaosLog(Consumer<String> lines) {
    this.lines = lines;
  }

  void say(String what, Object... arguments) {
    String line =
        String.format(Locale.ROOT, "%7.1f s  ", elapsed().toMillis() / 1000.0)
            + String.format(Locale.ROOT, what, arguments);
    synchronized (this) {
      lines.accept(line);
    }
  }

  /** A line without a time. */
  synchronized void print(String line) {
    lines.accept(line);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
