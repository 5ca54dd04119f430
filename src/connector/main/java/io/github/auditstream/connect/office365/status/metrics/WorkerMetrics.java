package io.github.auditstream.connect.office365.status.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Metrics in the worker's own registry (KIP-877), which every {@code metrics.reporter} gets, JMX's
 * among them. The only class that names what is new in Kafka 4.1: on older workers it throws a
 * {@link LinkageError}.
 *
 * <p>Sensors are not used: up to Kafka 4.4.0 all tasks of a worker share those of one name.
 */
final class WorkerMetrics {
  private WorkerMetrics() {}

  static Runnable ofTask(SourceTaskContext context, List<Reading> readings) {
    return register(context.pluginMetrics(), readings);
  }

  static Runnable ofConnector(ConnectorContext context, List<Reading> readings) {
    return register(context.pluginMetrics(), readings);
  }

  private static Runnable register(PluginMetrics worker, List<Reading> readings) {
    Deque<MetricName> names = new ArrayDeque<>();
    Runnable removal = () -> remove(worker, names);
    try {
      for (Reading reading : readings) {
        Metric metric = reading.metric();
        MetricName name =
            worker.metricName(metric.metricName(), metric.description(), reading.tags());
        worker.addMetric(name, (Gauge<Number>) (config, now) -> reading.value().get());
        names.add(name);
      }
    } catch (RuntimeException e) {
      removal.run();
      throw e;
    }
    return removal;
  }

  private static void remove(PluginMetrics worker, Deque<MetricName> names) {
    for (MetricName name = names.poll(); name != null; name = names.poll()) {
      worker.removeMetric(name);
    }
  }
}
