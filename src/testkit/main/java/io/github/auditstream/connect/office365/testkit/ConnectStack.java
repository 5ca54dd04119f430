package io.github.auditstream.connect.office365.testkit;

import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Broker, registry and workers that belong together. Closing it ends all of them; their logs stay
 * in {@link #work()}. Safe for many threads.
 */
public final class ConnectStack implements AutoCloseable {
  private static final AtomicInteger GROUPS = new AtomicInteger();
  private static final AtomicInteger WORKERS = new AtomicInteger();

  private final StackFolders folders;
  private final Path work;
  private final List<String> jvmFlags;
  private final BrokerProcess broker;
  private final RegistryProcess registry;
  private final AvroDecoder decoder;
  private final List<WorkerProcess> workers = new CopyOnWriteArrayList<>();

  private ConnectStack(
      StackFolders folders,
      Path work,
      List<String> jvmFlags,
      BrokerProcess broker,
      RegistryProcess registry) {
    this.folders = folders;
    this.work = work;
    this.jvmFlags = jvmFlags;
    this.broker = broker;
    this.registry = registry;
    this.decoder = new AvroDecoder(folders.converter(), registry.url());
  }

  /** Starts broker and registry side by side; no worker yet. */
  public static ConnectStack start(StackFolders folders) {
    return start(folders, JvmFlags.QUICK, StartListener.SILENT);
  }

  /**
   * Starts broker and registry side by side; no worker yet.
   *
   * @param brokerVersion the broker's version of Kafka; workers are of the newest all the same
   */
  public static ConnectStack start(StackFolders folders, String brokerVersion) {
    return start(folders, brokerVersion, JvmFlags.QUICK, StartListener.SILENT, Map.of());
  }

  /**
   * Starts broker and registry side by side; no worker yet.
   *
   * @param brokerSettings further properties of the broker
   */
  public static ConnectStack start(StackFolders folders, Map<String, String> brokerSettings) {
    return start(
        folders, KafkaDistribution.NEWEST, JvmFlags.QUICK, StartListener.SILENT, brokerSettings);
  }

  /**
   * Starts broker and registry side by side; no worker yet.
   *
   * @param jvmFlags of all processes
   * @param listener called from the threads that start the parts
   */
  public static ConnectStack start(
      StackFolders folders, List<String> jvmFlags, StartListener listener) {
    return start(folders, KafkaDistribution.NEWEST, jvmFlags, listener, Map.of());
  }

  private static ConnectStack start(
      StackFolders folders,
      String brokerVersion,
      List<String> jvmFlags,
      StartListener listener,
      Map<String, String> brokerSettings) {
    Path work = newFolder(folders.work());
    CompletableFuture<BrokerProcess> broker =
        begin(
            () ->
                listener.starting(
                    "broker",
                    () ->
                        BrokerProcess.start(
                            folders.kafka(brokerVersion),
                            work.resolve("broker"),
                            jvmFlags,
                            brokerSettings)));
    CompletableFuture<RegistryProcess> registry =
        begin(
            () ->
                listener.starting(
                    "registry",
                    () ->
                        RegistryProcess.start(
                            folders.registry(), work.resolve("registry"), jvmFlags)));
    try {
      return new ConnectStack(folders, work, jvmFlags, broker.join(), registry.join());
    } catch (CompletionException e) {
      started(broker).ifPresent(BrokerProcess::close);
      started(registry).ifPresent(RegistryProcess::close);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static <T> CompletableFuture<T> begin(Supplier<T> start) {
    return CompletableFuture.supplyAsync(
        start, task -> new Thread(task, "office365-stack-start").start());
  }

  private static <T> Optional<T> started(CompletableFuture<T> part) {
    return part.handle((started, failure) -> Optional.ofNullable(started)).join();
  }

  private static Path newFolder(Path parent) {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "stack-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder in " + parent, e);
    }
  }

  /**
   * Settings of a worker of the newest version with the packaged connector and the Avro converter,
   * in a group of its own, writing at least once. Vary them with their {@code with…} methods.
   */
  public WorkerSettings workerSettings() {
    return new WorkerSettings(
        folders.kafka(KafkaDistribution.NEWEST),
        "connect-" + GROUPS.incrementAndGet(),
        false,
        List.of(folders.converter(), folders.plugin()),
        registry.url(),
        jvmFlags,
        Map.of());
  }

  /** Starts a worker and waits until it serves. It ends with the stack, or earlier. */
  public WorkerProcess startWorker(WorkerSettings settings) {
    Path folder = work.resolve("worker-" + WORKERS.incrementAndGet());
    WorkerProcess worker = WorkerProcess.start(settings, broker.bootstrapServers(), folder);
    workers.add(worker);
    return worker;
  }

  /** A new reader, the caller's to close. */
  public TopicReader reader(Isolation isolation) {
    return new TopicReader(broker.bootstrapServers(), decoder, isolation);
  }

  public StackFolders folders() {
    return folders;
  }

  /** The folder of this stack's data and logs. */
  public Path work() {
    return work;
  }

  public BrokerProcess broker() {
    return broker;
  }

  public RegistryProcess registry() {
    return registry;
  }

  /** The converter with this stack's registry; the stack closes it. */
  public AvroDecoder decoder() {
    return decoder;
  }

  /**
   * Ends the processes of every stack at once and lets none start any more: for a program that is
   * being ended from outside and has to clean up behind them.
   */
  public static void endAll() {
    JvmProcess.endAll();
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
    decoder.close();
    registry.close();
    broker.close();
  }
}
