package io.github.auditstream.connect.office365.status.metrics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registered metrics of a task or connector: Kafka's own plugin metrics (KIP-877) where the
 * worker has them, from Kafka 4.1 on, and otherwise MBeans of the same names. Metrics are never
 * worth a task: where they cannot be registered, it runs without. For one thread.
 *
 * <p>A worker gives a task up that does not end in time, as one that waits for a lost broker, and
 * starts its successor beside it. The names are the successor's when the old one has ended.
 */
public final class Metrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
  private static final long AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

  private final Map<String, String> plugin;
  private final Supplier<Runnable> registration;
  private @Nullable Runnable removal;
  private long triedAt;

  private Metrics(Map<String, String> plugin, Supplier<Runnable> registration) {
    this.plugin = plugin;
    this.registration = registration;
    register(true);
  }

  /** Registers a task's. */
  public static Metrics ofTask(
      SourceTaskContext context, String connector, int task, List<Reading> readings) {
    Map<String, String> plugin = new LinkedHashMap<>();
    plugin.put("connector", connector);
    plugin.put("task", Integer.toString(task));
    return register(() -> WorkerMetrics.ofTask(context, readings), plugin, readings);
  }

  /**
   * Registers a connector's.
   *
   * @param context null where Connect gave none
   */
  public static Metrics ofConnector(
      @Nullable ConnectorContext context, String connector, List<Reading> readings) {
    Map<String, String> plugin = new LinkedHashMap<>(Map.of("connector", connector));
    return register(
        () -> context == null ? null : WorkerMetrics.ofConnector(context, readings),
        plugin,
        readings);
  }

  private static Metrics register(
      Supplier<@Nullable Runnable> atTheWorker,
      Map<String, String> plugin,
      List<Reading> readings) {
    return new Metrics(
        plugin,
        () -> {
          Runnable removal = ifTheWorkerCan(atTheWorker);
          return removal == null ? PlatformMetrics.register(plugin, readings) : removal;
        });
  }

  /**
   * Registers what could not be registered before, if it can be now. Costs next to nothing where
   * there is nothing to do; to be called again and again.
   */
  public void complete() {
    if (removal == null && System.nanoTime() - triedAt >= AGAIN_NANOS) {
      register(false);
    }
  }

  private void register(boolean first) {
    triedAt = System.nanoTime();
    try {
      removal = registration.get();
      if (!first) {
        LOG.info("Metrics of {} are registered", plugin);
      }
    } catch (RuntimeException e) {
      if (first) {
        LOG.warn(
            "No metrics of {} for now: {}. Most likely an earlier run of it has not ended; a task"
                + " registers its metrics when that has, a connector when it is restarted.",
            plugin,
            e.getMessage());
      }
    }
  }

  /** Workers before Kafka 4.1 have neither the method nor its classes. */
  private static @Nullable Runnable ifTheWorkerCan(Supplier<@Nullable Runnable> atTheWorker) {
    try {
      return atTheWorker.get();
    } catch (LinkageError e) {
      return null;
    }
  }

  /** Removes them. Can be called again. */
  @Override
  public void close() {
    Runnable registered = removal;
    // Nothing is registered behind the end.
    removal = () -> {};
    if (registered == null) {
      return;
    }
    try {
      registered.run();
    } catch (RuntimeException e) {
      LOG.warn("Metrics could not be removed: {}", e.getMessage());
    }
  }
}
