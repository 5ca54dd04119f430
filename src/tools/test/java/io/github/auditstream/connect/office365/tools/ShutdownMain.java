package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.api.Pause;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command whose process is terminated, as by a signal, in the middle of its work. */
@Command(name = "ShutdownMain")
final class ShutdownMain implements Callable<Integer> {
  private final Program program;

  private ShutdownMain(Program program) {
    this.program = program;
  }

  public static void main(String[] args) {
    Program.main(ShutdownMain::new, args);
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
