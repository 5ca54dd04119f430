package io.github.auditstream.connect.office365.it.sinks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server of the operating system in a process of its own. It never outlives the JVM that started
 * it: a shell beside it waits on the pipe from here and ends it when that is closed, however that
 * came about.
 */
final class NativeProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final String GUARD =
      "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!;"
          + " (cat <&3; kill $server) >/dev/null 2>&1 & wait $server";

  private final Process process;
  private final Path log;

  private NativeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static NativeProcess start(List<String> command, Path log) throws IOException {
    List<String> guarded = new ArrayList<>(List.of("bash", "-c", GUARD, "guard"));
    guarded.addAll(command);
    return new NativeProcess(
        new ProcessBuilder(guarded)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  /** Waits until it is ready; fails with its log when it ends or time is up. */
  void await(String what, Duration limit, BooleanSupplier ready)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ready.getAsBoolean()) {
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)
          || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "No %s. The log:%n%s".formatted(what, Files.readString(log)));
      }
    }
  }

  /** Asks it to end and waits until it is gone. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    if (!ended()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException(
          "It did not end. The log:%n%s".formatted(Files.readString(log)));
    }
  }

  private boolean ended() {
    try {
      return process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
