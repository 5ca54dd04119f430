package io.github.auditstream.connect.office365.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connector's configuration that points at a simulator. */
public final class SimulatedConnectorConfig {
  private SimulatedConnectorConfig() {}

  /**
   * Reads all tenants of the simulator, quick at the live edge, in topics that take large records.
   *
   * @param prefix of the topics
   */
  public static Map<String, String> of(Simulator simulator, String prefix, int tasksMax) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", ConnectorSnippet.CONNECTOR);
    config.put("tasks.max", Integer.toString(tasksMax));
    pointAt(simulator, config);
    config.put("topic.prefix", prefix);
    config.put("poll.interval.ms", "250");
    config.put("initial.lookback", "P7D");
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    config.put("topic.creation.default.retention.ms", "-1");
    config.put("topic.creation.default.max.message.bytes", "20000000");
    config.put("producer.override.max.request.size", "20000000");
    List<String> aliases = new ArrayList<>();
    for (SimulatedTenant tenant : simulator.tenants()) {
      String alias = "t" + aliases.size();
      aliases.add(alias);
      config.put("tenants." + alias + ".tenant.id", tenant.id().toString());
      config.put("tenants." + alias + ".client.id", tenant.clientId());
      config.put("tenants." + alias + ".client.secret", tenant.clientSecret());
    }
    config.put("tenants", String.join(",", aliases));
    return config;
  }

  /**
   * A history connector that reads the same tenants into the same topics, without a range or a
   * folder yet.
   *
   * @param bootstrapServers of the cluster that the worker writes to
   */
  public static Map<String, String> ofHistory(
      Simulator simulator, String prefix, String bootstrapServers) {
    Map<String, String> config = of(simulator, prefix, 1);
    config.put("connector.class", ConnectorSnippet.HISTORY_CONNECTOR);
    config
        .keySet()
        .removeAll(List.of("management.endpoint", "poll.interval.ms", "initial.lookback"));
    config.put("kafka.bootstrap.servers", bootstrapServers);
    config.put("history.poll.interval.ms", "200");
    return config;
  }

  /** Has a connector ask the simulator in place of Microsoft, and trust its certificate. */
  public static void pointAt(Simulator simulator, Map<String, String> config) {
    config.put("cloud", "custom");
    config.put("management.endpoint", simulator.baseUri().toString());
    config.put("authority.endpoint", simulator.baseUri().toString());
    config.put("graph.endpoint", simulator.graphUri().toString());
    config.put("ssl.truststore.location", simulator.truststore().location().toString());
    config.put("ssl.truststore.password", simulator.truststore().password());
    config.put("ssl.truststore.type", simulator.truststore().type());
  }
}
