package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.RestException;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.WorkFolder;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Shows the connector at work: simulated tenants (or a real one), a broker, a schema registry, a
 * Connect worker and what arrives, until the wanted number of events is there or Ctrl-C.
 *
 * <p>{@link #run} is for one thread; {@link #close} may come from another, as Ctrl-C does.
 */
public final class QuickStart implements AutoCloseable {
  private static final Path HISTORY_CONNECTOR = Repository.file("config/quickstart-history.json");

  /** All that the API keeps, in topics where old events stay. */
  private static final Map<String, String> BESIDE_A_HISTORY =
      Map.of("initial.lookback", "P7D", "topic.creation.default.retention.ms", "-1");

  private final QuickStartOptions options;
  private final StackFolders folders;
  private final Screen screen;
  private final WorkFolder work;
  private final StartProgress progress;
  private volatile Simulation simulation = Simulation.NONE;
  private volatile boolean closing;

  QuickStart(QuickStartOptions options, StackFolders folders, Screen screen) {
    this.options = options;
    this.folders = folders;
    this.screen = screen;
    this.work = WorkFolder.newIn(folders.work());
    this.progress = new StartProgress(screen);
  }

  /** Reads its options from system properties; throws where it failed, so that the build fails. */
  public static void main(String[] arguments) {
    QuickStartOptions options = QuickStartOptions.fromSystemProperties();
    try (QuickStart quickStart =
        new QuickStart(options, StackFolders.ofBuild(), Screen.standard())) {
      Thread interrupted = new Thread(quickStart::interrupted, "office365-quickstart-shutdown");
      Runtime.getRuntime().addShutdownHook(interrupted);
      try {
        quickStart.run();
      } finally {
        if (!quickStart.closing) {
          Runtime.getRuntime().removeShutdownHook(interrupted);
        }
      }
    }
  }

  void run() {
    try {
      ConnectorFile file = connectorFile();
      screen.print(List.of("", "Starting for " + options.connector()));
      CompletableFuture<?> simulated = startSimulator(file);
      try (ConnectStack stack = startStack()) {
        awaitStarted(simulated);
        showConnector(stack, file.filled(simulation.values()));
      }
    } catch (RuntimeException e) {
      if (!closing) {
        throw e;
      }
    }
  }

  private ConnectorFile connectorFile() {
    ConnectorFile file = ConnectorFile.read(options.connector());
    if (options.historyDays().isEmpty()) {
      return file;
    }
    if (!file.needsSimulator()) {
      throw new QuickStartException(
          "quickstart.history is for simulated tenants, but " + options.connector() + " has none");
    }
    return file.with(BESIDE_A_HISTORY);
  }

  /** Beside the stack: it has as much to do as a broker until it is up. */
  private CompletableFuture<?> startSimulator(ConnectorFile file) {
    if (!file.needsSimulator()) {
      return CompletableFuture.completedFuture(Simulation.NONE);
    }
    return CompletableFuture.runAsync(
        () ->
            simulation =
                progress.starting(
                    "simulator",
                    () -> SimulatedTenants.start(work.path().resolve("simulator"), options)),
        task -> new Thread(task, "office365-quickstart-simulator").start());
  }

  private static void awaitStarted(CompletableFuture<?> part) {
    try {
      part.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private ConnectStack startStack() {
    return ConnectStack.start(folders.withWork(work.path()), JvmFlags.QUICK, progress);
  }

  private void showConnector(ConnectStack stack, ConnectorFile file) {
    WorkerProcess worker =
        progress.starting(
            "worker", () -> stack.startWorker(stack.workerSettings().withExactlyOnce(true)));
    progress.starting("connector", () -> create(worker, file));
    Duration startUp = progress.total();
    screen.print(whereToLook(stack, worker, file.name(), startUp));
    if (options.historyDays().isPresent()) {
      showHistory(stack, worker, file.name(), startUp);
    } else {
      showLive(stack, worker, file, startUp);
    }
    if (!closing) {
      progress.starting("clean stop", () -> stopped(worker));
    }
  }

  private void showLive(
      ConnectStack stack, WorkerProcess worker, ConnectorFile file, Duration startUp) {
    try (TopicWatch watch =
        new TopicWatch(stack.broker().bootstrapServers(), file.topics(), stack.decoder())) {
      Follower follower =
          new Follower(worker.rest(), file.name(), watch, screen, options, Clock.systemUTC());
      try {
        follower.follow(() -> closing);
      } finally {
        screen.settle();
        screen.print(summary(watch, startUp));
      }
    }
  }

  /** The history begins once the live feed has caught up, so that some is in the topics already. */
  private void showHistory(
      ConnectStack stack, WorkerProcess worker, String live, Duration startUp) {
    String brokers = stack.broker().bootstrapServers();
    Map<String, String> values = new HashMap<>(simulation.values());
    values.put("kafka.bootstrap.servers", brokers);
    ConnectorFile file = ConnectorFile.read(HISTORY_CONNECTOR).filled(values);
    HistoryTally tally = new HistoryTally(file.topics(), stack.decoder());
    try (TopicWatch watch = new TopicWatch(brokers, file.topics(), stack.decoder(), tally::add)) {
      HistoryFollower follower =
          new HistoryFollower(worker.rest(), watch, tally, screen, options, () -> closing);
      try {
        follower.awaitLive(live, simulation::offeredLive);
        if (!closing) {
          progress.starting("history connector", () -> create(worker, file));
          follower.awaitHistory(
              List.of(live, file.name()), simulation.tenants(), simulation::offered);
        }
      } finally {
        screen.settle();
        screen.print(summary(watch, startUp));
      }
    }
  }

  private static WorkerProcess stopped(WorkerProcess worker) {
    worker.stop();
    return worker;
  }

  private static ConnectorFile create(WorkerProcess worker, ConnectorFile file) {
    try {
      worker.rest().put(file.name(), file.config());
      return file;
    } catch (RestException e) {
      throw new QuickStartException("The connector was refused. " + e.getMessage(), e);
    }
  }

  private List<String> whereToLook(
      ConnectStack stack, WorkerProcess worker, String connector, Duration startUp) {
    String connect = worker.rest().address() + "/connectors/" + connector;
    return List.of(
        "",
        "Everything is up after " + StartProgress.seconds(startUp) + ". To look further:",
        "  status    " + connect + "/status",
        "  offsets   " + connect + "/offsets",
        "  schemas   " + stack.registry().url() + "/subjects",
        "  Kafka     " + stack.broker().bootstrapServers(),
        "  logs      " + work.path(),
        "");
  }

  private List<String> summary(TopicWatch watch, Duration startUp) {
    double seconds = Math.max(1, watch.span().toMillis()) / 1000.0;
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%s events in %d topics, %s from the first to the last: %s events/s. Start-up took %s."
            .formatted(
                TopicTable.number(watch.events()),
                watch.eventTallies().size(),
                StartProgress.seconds(watch.span()),
                TopicTable.number(Math.round(watch.events() / seconds)),
                StartProgress.seconds(startUp)));
    lines.addAll(simulation.report());
    return lines;
  }

  private void interrupted() {
    closing = true;
    screen.settle();
    screen.print(List.of("", "Stopping."));
    ConnectStack.endAll();
    close();
  }

  /** Ends what is left and deletes data and logs, unless they are to be kept. */
  @Override
  public synchronized void close() {
    closing = true;
    simulation.close();
    simulation = Simulation.NONE;
    if (options.keep()) {
      screen.print("Data and logs are in " + work.path());
    } else {
      work.delete();
    }
  }
}
