package io.github.auditstream.connect.office365.tools;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  /** Longer than a worker's REST interface takes to answer. */
  private static final Duration PATIENCE_AT_THE_END = Duration.ofMinutes(3);

  /** A program's work. */
  interface Work {
    /** Answers the exit status. */
    int run() throws InterruptedException;
  }

  /** A program. */
  interface Main {
    /** Answers the exit status. */
    int run(String[] args, Program program);
  }

  /**
   * Runs a program and ends the process with its exit status. A signal to end interrupts the
   * program, and the process lasts until it has put right what it had begun.
   */
  static void main(Main main, String[] args) {
    Thread running = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (ended.getCount() > 0) {
                    running.interrupt();
                    awaitEnd(ended);
                  }
                },
                "office365-tools-end"));
    int status;
    try {
      status = main.run(args, ofThisProcess());
    } finally {
      ended.countDown();
    }
    System.exit(status);
  }

  private static void awaitEnd(CountDownLatch ended) {
    try {
      ended.await(PATIENCE_AT_THE_END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Program ofThisProcess() {
    return new Program(System.out, System.err, Clock.systemUTC(), System::getenv);
  }

  /**
   * The exit status of the work; a failure is one line and the status 2. Also one that nobody
   * foresaw: a JVM that ends with an exception has the status 1, which is a verdict here.
   */
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
    } catch (OutOfMemoryError e) {
      messages.println("The memory was not enough: give java more of it, for example -Xmx2g");
      return Report.UNTOLD;
    } catch (LinkageError e) {
      messages.println(
          "A class is missing or of another version (%s): check the class path, -cp"
              .formatted(e.getMessage()));
      return Report.UNTOLD;
    } catch (RuntimeException e) {
      // No message: it may quote a record.
      messages.println("It failed: " + e.getClass().getName() + where(e));
      return Report.UNTOLD;
    }
  }

  private static String where(RuntimeException fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }
}
