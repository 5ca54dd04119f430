package io.github.auditstream.connect.office365.tools;

import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a program runs in.
 *
 * @param out for its result
 * @param messages for what it says beside that
 * @param environment gives an environment variable's value, or null
 */
record Program(
    PrintStream out,
    PrintStream messages,
    Clock clock,
    Function<String, @Nullable String> environment) {

  /** A program's work. */
  interface Work {
    /** Answers the exit status. */
    int run() throws InterruptedException;
  }

  static Program ofThisProcess() {
    return new Program(System.out, System.err, Clock.systemUTC(), System::getenv);
  }

  /** The exit status of the work; a failure is one line and the status 2. */
  int run(Work work) {
    try {
      return work.run();
    } catch (ToolException e) {
      messages.println(e.getMessage());
      return Report.UNTOLD;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      messages.println("Interrupted");
      return Report.UNTOLD;
    }
  }
}
