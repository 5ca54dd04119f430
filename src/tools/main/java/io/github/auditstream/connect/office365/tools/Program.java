package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Version;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * What a command runs in, and how it is run.
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

  /** The exit status of a command that found nothing wrong. */
  static final int OK = 0;

  /** The exit status of a command that found something wrong. */
  static final int WRONG = 1;

  /** The exit status of a command that could not do its work. */
  static final int FAILED = 2;

  /** Longer than a worker's REST interface takes to answer. */
  private static final Duration PATIENCE_AT_THE_END = Duration.ofMinutes(3);

  /**
   * Runs a command and ends the process with its exit status. A signal to end interrupts the
   * command, and the process lasts until the command has undone what it had begun.
   */
  static void main(Function<Program, Callable<Integer>> command, String[] args) {
    Program program = new Program(System.out, System.err, Clock.systemUTC(), System::getenv);
    Thread running = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Runnable end =
        () -> {
          if (ended.getCount() > 0) {
            running.interrupt();
            awaitEnd(ended);
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(end, "office365-tools-end"));
    int status;
    try {
      status = program.run(command.apply(program), args);
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

  /**
   * Reads the command's options, runs it and returns its exit status.
   *
   * @param command has picocli's annotations
   */
  int run(Callable<Integer> command, String... args) {
    return run(
        () -> {
          CommandLine line = commandLine(command);
          line.parseArgs(args);
          if (line.isUsageHelpRequested()) {
            line.usage(out);
          } else if (line.isVersionHelpRequested()) {
            line.printVersionHelp(out);
          } else {
            return command.call();
          }
          return OK;
        });
  }

  private static CommandLine commandLine(Object command) {
    CommandLine line =
        new CommandLine(command)
            .setAllowOptionsAsOptionParameters(false)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false)
            .setOverwrittenOptionsAllowed(true)
            .setUsageHelpWidth(100)
            .registerConverter(WorkerFile.class, text -> WorkerFile.read(Path.of(text)))
            .registerConverter(ConnectorFile.class, text -> ConnectorFile.read(Path.of(text)))
            .registerConverter(Duration.class, converter(Duration::parse, "a duration like PT1M"))
            .registerConverter(
                Instant.class, converter(Instant::parse, "a time in UTC like 2026-11-20T00:00:00Z"))
            .registerConverter(UUID.class, converter(UUID::fromString, "a GUID"))
            .registerConverter(
                ContentType.class,
                converter(
                    text -> ContentType.find(text).orElseThrow(IllegalArgumentException::new),
                    "one of " + List.of(ContentType.values())));
    CommandSpec spec = line.getCommandSpec().mixinStandardHelpOptions(true);
    spec.version(spec.name() + " " + Version.version()).usageMessage().sortOptions(false);
    return line;
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parse, String kind) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new TypeConversionException("'%s' is not %s".formatted(text, kind));
      }
    };
  }

  /**
   * Runs the work and returns its exit status; a failure is one line and {@link #FAILED}. So is one
   * that nobody foresaw: a JVM that ends with an exception has the status 1, which means {@link
   * #WRONG} here.
   */
  int run(Callable<Integer> work) {
    try {
      return work.call();
    } catch (ParameterException e) {
      return failed(
          e.getCause() instanceof ToolException cause
              ? String.valueOf(cause.getMessage())
              : e.getMessage() + "; --help lists the options");
    } catch (ToolException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("Interrupted");
    } catch (OutOfMemoryError e) {
      return failed("The memory was not enough: give java more of it, for example -Xmx2g");
    } catch (LinkageError e) {
      return failed(
          "A class is missing or of another version (%s): check the class path, -cp"
              .formatted(e.getMessage()));
    } catch (Exception e) {
      // No message: it may quote a record.
      StackTraceElement[] trace = e.getStackTrace();
      return failed(
          "It failed: " + e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]));
    }
  }

  private int failed(String message) {
    messages.println(message);
    return FAILED;
  }
}
