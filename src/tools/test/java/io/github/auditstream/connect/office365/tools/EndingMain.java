package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.Pause;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command whose process is told to end, as by a signal, while it has something begun. */
@Command(name = "EndingMain")
final class EndingMain implements Callable<Integer> {
  private final Program program;

  private EndingMain(Program program) {
    this.program = program;
  }

  public static void main(String[] args) {
    Program.main(EndingMain::new, args);
  }

  @Override
  public Integer call() throws InterruptedException {
    new Thread(() -> System.exit(0), "signal").start();
    try {
      Pause.of(Duration.ofHours(1));
    } finally {
      program.out().println("put right");
    }
    return Program.OK;
  }
}
