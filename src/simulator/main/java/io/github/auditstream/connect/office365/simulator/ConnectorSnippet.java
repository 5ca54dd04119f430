package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration that points a connector at a simulator. */
final class ConnectorSnippet {
  static final String CONNECTOR =
      "io.github.auditstream.connect.office365.Office365AuditSourceConnector";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ConnectorSnippet() {}

  static String json(Simulator simulator, Duration lookback) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", CONNECTOR);
    config.put("tasks.max", "1");
    config.put("topic.prefix", "office365");
    config.put("cloud", "custom");
    config.put("management.endpoint", simulator.baseUri().toString());
    config.put("authority.endpoint", simulator.baseUri().toString());
    config.put("graph.endpoint", simulator.graphUri().toString());
    config.put("ssl.truststore.location", simulator.truststore().location().toString());
    config.put("ssl.truststore.password", simulator.truststore().password());
    config.put("ssl.truststore.type", simulator.truststore().type());
    config.put("initial.lookback", lookback.toString());
    config.put("poll.interval.ms", "5000");
    List<SimulatedTenant> tenants = simulator.tenants();
    if (tenants.size() == 1) {
      put(config, "", tenants.get(0));
    } else {
      List<String> aliases = new ArrayList<>();
      for (SimulatedTenant tenant : tenants) {
        String alias = "tenant" + (aliases.size() + 1);
        aliases.add(alias);
        put(config, "tenants." + alias + ".", tenant);
      }
      config.put("tenants", String.join(",", aliases));
    }
    try {
      return MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(Answer.ordered("name", "office365-simulated", "config", config));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, String> config, String prefix, SimulatedTenant tenant) {
    config.put(prefix + "tenant.id", tenant.id().toString());
    config.put(prefix + "client.id", tenant.clientId());
    config.put(prefix + "client.secret", tenant.clientSecret());
  }
}
