package io.github.auditstream.connect.office365.testkit;

import io.github.auditstream.connect.office365.testkit.JvmProcess.Program;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A distributed Connect worker. */
public final class WorkerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final WorkerSettings settings;
  private final JvmProcess process;
  private final ConnectRest rest;

  private WorkerProcess(WorkerSettings settings, JvmProcess process, ConnectRest rest) {
    this.settings = settings;
    this.process = process;
    this.rest = rest;
  }

  /**
   * Starts a worker and waits until it has joined its group and answers requests.
   *
   * @param folder takes its configuration and log; one for each worker
   */
  public static WorkerProcess start(WorkerSettings settings, String bootstrapServers, Path folder) {
    return Ports.retryingTakenPorts(() -> startOnFreePort(settings, bootstrapServers, folder));
  }

  private static WorkerProcess startOnFreePort(
      WorkerSettings settings, String bootstrapServers, Path folder) {
    Path work = folder.toAbsolutePath();
    int port = Ports.free();
    Path properties =
        PropertiesFile.write(
            work.resolve("worker.properties"), settings.properties(bootstrapServers, port));
    JvmProcess process =
        JvmProcess.start(
            new Program(
                "worker",
                settings.jvmFlags(),
                settings.kafka().classpath(),
                "org.apache.kafka.connect.cli.ConnectDistributed",
                List.of(properties.toString()),
                work,
                Map.of()));
    WorkerProcess worker =
        new WorkerProcess(
            settings, process, new ConnectRest(URI.create("http://localhost:" + port)));
    try {
      worker.awaitServing();
      return worker;
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  private void awaitServing() {
    int port = rest.address().getPort();
    process.await("answer on port " + port, START_LIMIT, () -> Ports.open(port) && rest.answers());
  }

  public WorkerSettings settings() {
    return settings;
  }

  public ConnectRest rest() {
    return rest;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The operating system's number of it, for {@code jcmd}. */
  public long pid() {
    return process.pid();
  }

  public Path log() {
    return process.log();
  }

  /** The end of its log, for a failing test's message. */
  public String logTail() {
    return process.logTail();
  }

  /** Stops it as an administrator would (SIGTERM): tasks stop, offsets are committed. */
  public void stop() {
    process.stop();
  }

  /** Ends it without warning (SIGKILL). */
  public void kill() {
    process.kill();
  }

  /**
   * Lets it do nothing at all (SIGSTOP), as a virtual machine that is being moved: its group goes
   * on without it, and it does not know.
   */
  public void freeze() {
    process.freeze();
  }

  /** Lets it go on where it was (SIGCONT) after {@link #freeze()}. */
  public void thaw() {
    process.thaw();
  }

  /**
   * Starts it again with the same configuration and port after {@link #stop()} or {@link #kill()}.
   */
  public void restart() {
    process.restart();
    awaitServing();
  }

  /** Ends it at once; use {@link #stop()} first where its clean end matters. */
  @Override
  public void close() {
    process.close();
  }
}
