package io.github.auditstream.connect.office365.tools;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** What a program runs in, and what it says there. */
final class CapturedProgram {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final Program program =
      new Program(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(messages, true, StandardCharsets.UTF_8),
          Clock.systemUTC(),
          name -> null);

  Program program() {
    return program;
  }

  /** Runs a command and returns its exit status. */
  int run(Function<Program, Callable<Integer>> command, String... args) {
    return program.run(command.apply(program), args);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String messages() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  void forget() {
    out.reset();
    messages.reset();
  }
}
