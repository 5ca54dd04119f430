package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configurations that point connectors at a simulator, as {@code POST /connectors} takes them.
 */
final class ConnectorSnippet {
  static final String CONNECTOR =
      "io.github.auditstream.connect.office365.Office365AuditSourceConnector";

  static final String HISTORY_CONNECTOR =
      "io.github.auditstream.connect.office365.Office365AuditHistoryConnector";

  private static final int HISTORY_DAYS = 30;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ConnectorSnippet() {}

  static String json(Simulator simulator, Duration lookback) {
    Map<String, String> config = begun(CONNECTOR);
    SimulatedConnectorConfig.pointAt(simulator, config);
    config.put("initial.lookback", lookback.toString());
    config.put("poll.interval.ms", "5000");
    putTenants(config, simulator.tenants());
    return json("office365-simulated", config);
  }

  /**
   * The configuration of a connector that reads the last thirty days from Microsoft Graph.
   *
   * @param bootstrapServers of the Kafka whose topics it compares with
   */
  static String historyJson(Simulator simulator, String bootstrapServers) {
    Map<String, String> config = begun(HISTORY_CONNECTOR);
    SimulatedConnectorConfig.pointAt(simulator, config);
    config.remove("management.endpoint");
    config.put(
        "history.from",
        simulator
            .now()
            .minus(Duration.ofDays(HISTORY_DAYS))
            .truncatedTo(ChronoUnit.DAYS)
            .toString());
    config.put("kafka.bootstrap.servers", bootstrapServers);
    putTenants(config, simulator.tenants());
    return json("office365-simulated-history", config);
  }

  private static Map<String, String> begun(String connector) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", connector);
    config.put("tasks.max", "1");
    config.put("topic.prefix", "office365");
    return config;
  }

  private static void putTenants(Map<String, String> config, List<SimulatedTenant> tenants) {
    if (tenants.size() == 1) {
      put(config, "", tenants.get(0));
      return;
    }
    List<String> aliases = new ArrayList<>();
    for (SimulatedTenant tenant : tenants) {
      String alias = "tenant" + (aliases.size() + 1);
      aliases.add(alias);
      put(config, "tenants." + alias + ".", tenant);
    }
    config.put("tenants", String.join(",", aliases));
  }

  private static void put(Map<String, String> config, String prefix, SimulatedTenant tenant) {
    config.put(prefix + "tenant.id", tenant.id().toString());
    config.put(prefix + "client.id", tenant.clientId());
    config.put(prefix + "client.secret", tenant.clientSecret());
  }

  private static String json(String name, Map<String, String> config) {
    try {
      return MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(Answer.ordered("name", name, "config", config));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
