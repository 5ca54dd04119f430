package io.github.auditstream.connect.office365.status.metrics;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Sanitizer;
import org.apache.kafka.common.utils.Time;

/**
 * Metrics as MBeans of the JVM, by Kafka's own reporter and under the names that a worker from
 * Kafka 4.1 on gives to its plugins' metrics.
 */
final class PlatformMetrics {
  private static final String NAMESPACE = "kafka.connect";
  private static final String GROUP = "plugins";

  private PlatformMetrics() {}

  /**
   * Registers the readings.
   *
   * @param plugin the tags that the worker would add
   * @return removes them
   * @throws IllegalStateException if there are MBeans of these names
   */
  static synchronized Runnable register(Map<String, String> plugin, List<Reading> readings) {
    List<KafkaMetric> metrics = readings.stream().map(one -> metric(one, plugin)).toList();
    metrics.forEach(metric -> requireFree(metric.metricName()));
    JmxReporter reporter = new JmxReporter();
    reporter.contextChange(new KafkaMetricsContext(NAMESPACE));
    try {
      reporter.init(metrics);
    } catch (RuntimeException e) {
      reporter.close();
      throw e;
    }
    return reporter::close;
  }

  private static KafkaMetric metric(Reading reading, Map<String, String> plugin) {
    return new KafkaMetric(
        new Object(),
        new MetricName(
            reading.metric().metricName(),
            GROUP,
            reading.metric().description(),
            reading.tagsWithin(plugin)),
        (Gauge<Number>) (config, now) -> reading.value().get(),
        new MetricConfig(),
        Time.SYSTEM);
  }

  /** The reporter would put its MBean in the place of another's. */
  private static void requireFree(MetricName metric) {
    StringBuilder name = new StringBuilder(NAMESPACE).append(":type=").append(GROUP);
    metric
        .tags()
        .forEach(
            (tag, value) ->
                name.append(',').append(tag).append('=').append(Sanitizer.jmxSanitize(value)));
    try {
      if (ManagementFactory.getPlatformMBeanServer()
          .isRegistered(new ObjectName(name.toString()))) {
        throw new IllegalStateException("there is an MBean " + name);
      }
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }
}
