package io.github.auditstream.connect.office365.status.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Metrics as MBeans of the JVM, under the names that a worker from Kafka 4.1 on gives to its
 * plugins' metrics.
 */
final class PlatformMetrics {
  /** What Kafka's JMX reporter leaves as it is; it quotes everything else. */
  private static final Pattern PLAIN = Pattern.compile("[\\w\\-%. \\t]*");

  private PlatformMetrics() {}

  /**
   * Registers the readings.
   *
   * @param plugin the tags that the worker would add
   * @return removes them
   * @throws IllegalStateException if there are MBeans of these names
   */
  static Runnable register(Map<String, String> plugin, List<Reading> readings) {
    Map<Map<String, String>, List<Reading>> beans =
        readings.stream()
            .collect(
                Collectors.groupingBy(
                    reading -> reading.tagsWithin(plugin),
                    LinkedHashMap::new,
                    Collectors.toList()));
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Deque<ObjectName> registered = new ArrayDeque<>();
    Runnable removal = () -> remove(server, registered);
    try {
      for (Map.Entry<Map<String, String>, List<Reading>> bean : beans.entrySet()) {
        ObjectName name = new ObjectName(name(bean.getKey()));
        server.registerMBean(new ReadingsBean(bean.getValue()), name);
        registered.add(name);
      }
    } catch (JMException e) {
      removal.run();
      throw new IllegalStateException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
    return removal;
  }

  private static String name(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> "," + tag.getKey() + "=" + quotedIfNeeded(tag.getValue()))
        .collect(Collectors.joining("", "kafka.connect:type=plugins", ""));
  }

  private static String quotedIfNeeded(String value) {
    return PLAIN.matcher(value).matches() ? value : ObjectName.quote(value);
  }

  private static void remove(MBeanServer server, Deque<ObjectName> names) {
    for (ObjectName name = names.poll(); name != null; name = names.poll()) {
      try {
        if (server.isRegistered(name)) {
          server.unregisterMBean(name);
        }
      } catch (JMException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
