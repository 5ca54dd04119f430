package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.Pause;
import java.time.Duration;

/** A program whose process is told to end, as by a signal, while it has something begun. */
final class EndingMain {
  private EndingMain() {}

  public static void main(String[] args) {
    Program.main(EndingMain::run, args);
  }

  private static int run(String[] args, Program program) {
    return program.run(
        () -> {
          new Thread(() -> System.exit(0), "signal").start();
          try {
            Pause.of(Duration.ofHours(1));
          } finally {
            program.out().println("put right");
          }
          return Report.WELL;
        });
  }
}
