package io.github.auditstream.connect.office365.it;

import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.config.ContentType;
import io.github.auditstream.connect.office365.quickstart.stack.ReadRecord;
import io.github.auditstream.connect.office365.simulator.Ledger;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;

/** A connector's configuration that points at a simulator, and what its topics should hold. */
public final class SimulatedConnector {
  private final Simulator simulator;
  private final String prefix;

  /**
   * @param prefix of the topics, the test's own
   */
  public SimulatedConnector(Simulator simulator, String prefix) {
    this.simulator = simulator;
    this.prefix = prefix;
  }

  /**
   * Reads all tenants of the simulator, quick at the live edge, in topics that take large records.
   */
  public Map<String, String> config(int tasksMax) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", Office365AuditSourceConnector.class.getName());
    config.put("tasks.max", Integer.toString(tasksMax));
    config.put("cloud", "custom");
    config.put("management.endpoint", simulator.baseUri().toString());
    config.put("authority.endpoint", simulator.baseUri().toString());
    config.put("ssl.truststore.location", simulator.truststore().location().toString());
    config.put("ssl.truststore.password", simulator.truststore().password());
    config.put("ssl.truststore.type", simulator.truststore().type());
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

  /** The connector's own three topics are no workloads. */
  public List<String> eventTopics(List<String> all) {
    List<String> own = List.of(prefix + ".receipts", prefix + ".status", prefix + ".deadletter");
    return all.stream()
        .filter(topic -> topic.startsWith(prefix + ".") && !own.contains(topic))
        .toList();
  }

  /** How often each event stands in the topics, by tenant, content type and Id. */
  public static Map<String, Long> arrived(List<ReadRecord> records) {
    Map<String, Long> times = new TreeMap<>();
    for (ReadRecord record : records) {
      Struct blob = record.struct().getStruct("ContentBlob");
      String event =
          blob.getString("Tenant") + " " + blob.getString("ContentType") + " " + record.key();
      times.merge(event, 1L, Long::sum);
    }
    return times;
  }

  /** How often each event stands in the simulator's ledger. */
  public Map<String, Long> expected() {
    Map<String, Long> times = new TreeMap<>();
    simulator
        .ledger()
        .events()
        .forEach(
            (Ledger.EventKey event, Long count) ->
                times.merge(
                    name(event.tenant().toString(), event.contentType(), event.id()),
                    count,
                    Long::sum));
    return times;
  }

  private static String name(String tenant, ContentType contentType, String id) {
    return tenant + " " + contentType.apiName() + " " + id;
  }
}
