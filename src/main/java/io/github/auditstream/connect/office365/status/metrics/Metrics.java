package io.github.auditstream.connect.office365.status.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registered metrics of a task or connector: Kafka's own plugin metrics (KIP-877) where the
 * worker has them, from Kafka 4.1 on, and otherwise MBeans of the same names. Metrics are never
 * worth a task: where they cannot be registered, it runs without.
 */
public final class Metrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  private final Runnable removal;

  private Metrics(Runnable removal) {
    this.removal = removal;
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

  private interface Registration {
    @Nullable Runnable register();
  }

  private static Metrics register(
      Registration atTheWorker, Map<String, String> plugin, List<Reading> readings) {
    try {
      Runnable removal = ifTheWorkerCan(atTheWorker);
      return new Metrics(removal == null ? PlatformMetrics.register(plugin, readings) : removal);
    } catch (RuntimeException e) {
      LOG.warn(
          "No metrics of {}: {}. Most likely an earlier run of it has not ended; restart the"
              + " connector to have them.",
          plugin,
          e.getMessage());
      return new Metrics(() -> {});
    }
  }

  /** Workers before Kafka 4.1 have neither the method nor its classes. */
  private static @Nullable Runnable ifTheWorkerCan(Registration atTheWorker) {
    try {
      return atTheWorker.register();
    } catch (LinkageError e) {
      return null;
    }
  }

  /** Removes them. Can be called again. */
  @Override
  public void close() {
    try {
      removal.run();
    } catch (RuntimeException e) {
      LOG.warn("Metrics could not be removed: {}", e.getMessage());
    }
  }
}
