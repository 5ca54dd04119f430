package io.github.auditstream.connect.office365.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Java program in a process of its own, whose output goes to a log file. It never outlives the
 * JVM that started it: a shutdown hook ends it, and should that JVM be killed, {@link Launcher}
 * does.
 *
 * <p>Start, stop and wait are for one thread at a time.
 */
final class JvmProcess implements AutoCloseable {
  private static final AtomicBoolean ENDING = new AtomicBoolean();
  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final long TAIL_BYTES = 6_000;

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(JvmProcess::endAll, "office365-stack-shutdown"));
  }

  /**
   * What is run.
   *
   * @param name for messages and the log's name
   * @param folder the working folder; the log {@code <name>.log} lies in it
   */
  record Program(
      String name,
      List<String> jvmFlags,
      List<Path> classpath,
      String mainClass,
      List<String> arguments,
      Path folder,
      Map<String, String> environment) {}

  private final Program program;
  private final Path log;
  private @Nullable Process process;

  private JvmProcess(Program program) {
    this.program = program;
    this.log = program.folder().resolve(program.name() + ".log");
  }

  static JvmProcess start(Program program) {
    JvmProcess started = new JvmProcess(program);
    started.restart();
    return started;
  }

  /** Starts the program again after it ended; its log goes on in the same file. */
  void restart() {
    if (isAlive()) {
      throw new StackException(program.name() + " is still running");
    }
    if (ENDING.get()) {
      throw new StackException(program.name() + " is not started: everything is being ended");
    }
    try {
      Files.createDirectories(program.folder());
      ProcessBuilder builder = new ProcessBuilder(command());
      builder.directory(program.folder().toFile());
      builder.environment().putAll(program.environment());
      builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
      Process begun = builder.start();
      process = begun;
      LIVE.removeIf(ended -> !ended.isAlive());
      LIVE.add(begun);
    } catch (IOException e) {
      throw new UncheckedIOException(program.name() + " could not be started", e);
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program.jvmFlags());
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");
    command.add("-cp");
    command.add(
        launcherFolder()
            + File.pathSeparator
            + program.classpath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
    command.add(Launcher.class.getName());
    command.add(program.mainClass());
    command.addAll(program.arguments());
    return command;
  }

  /**
   * A folder with nothing but the launcher: no other class of ours may reach the child this way.
   */
  private Path launcherFolder() throws IOException {
    Path folder = program.folder().resolve("launcher");
    String resource = Launcher.class.getName().replace('.', '/') + ".class";
    Path target = folder.resolve(resource);
    Files.createDirectories(folder.resolve(resource).resolveSibling("."));
    try (InputStream bytes = Launcher.class.getClassLoader().getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IOException("no class file " + resource);
      }
      Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return folder.toAbsolutePath();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  long pid() {
    return running().pid();
  }

  Path log() {
    return log;
  }

  /** Waits until it is done; fails with the log's end when the process dies or time is up. */
  void await(String what, Duration limit, BooleanSupplier done) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (endedWithin(POLL)) {
        String tail = logTail();
        throw new StackException(
            "%s ended with status %d before %s. Its log %s ends:%n%s"
                .formatted(program.name(), running().exitValue(), what, log, tail),
            tail.contains("Address already in use") || tail.contains("BindException"));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new StackException(
            "%s: no %s after %s. Its log %s ends:%n%s"
                .formatted(program.name(), what, limit, log, logTail()));
      }
    }
  }

  /** Waits for the program's own end. */
  int awaitExit(Duration limit) {
    if (!endedWithin(limit)) {
      throw new StackException(
          "%s still runs after %s. Its log %s ends:%n%s"
              .formatted(program.name(), limit, log, logTail()));
    }
    return running().exitValue();
  }

  /** Asks it to end (SIGTERM) and waits; one that does not end is killed and reported. */
  void stop() {
    if (!isAlive()) {
      return;
    }
    running().destroy();
    if (!endedWithin(END_LIMIT)) {
      kill();
      throw new StackException(
          "%s did not stop within %s and was killed. Its log %s ends:%n%s"
              .formatted(program.name(), END_LIMIT, log, logTail()));
    }
  }

  /** Ends it without a chance to clean up (SIGKILL) and waits until it is gone. */
  void kill() {
    if (!isAlive()) {
      return;
    }
    running().destroyForcibly();
    if (!endedWithin(END_LIMIT)) {
      throw new StackException(program.name() + " survived being killed");
    }
  }

  /** Lets it do nothing at all (SIGSTOP): it neither answers nor notices, and nothing is closed. */
  void freeze() {
    signal("STOP");
  }

  /** Lets it go on where it was (SIGCONT). */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      if (!sent.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS) || sent.exitValue() != 0) {
        throw new StackException(program.name() + " took no signal " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no signal could be sent to " + program.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while sending a signal to " + program.name(), e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** The last part of the log as text; empty before the first line. */
  String logTail() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private Process running() {
    if (process == null) {
      throw new StackException(program.name() + " was never started");
    }
    return process;
  }

  private boolean endedWithin(Duration limit) {
    try {
      return running().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting for " + program.name(), e);
    }
  }

  /** Ends all processes and waits until they are gone; none can be started any more. */
  static void endAll() {
    ENDING.set(true);
    LIVE.forEach(Process::destroyForcibly);
    for (Process process : LIVE) {
      try {
        process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
