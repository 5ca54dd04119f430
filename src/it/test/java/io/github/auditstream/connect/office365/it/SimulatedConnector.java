package io.github.auditstream.connect.office365.it;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Ledger;
import io.github.auditstream.connect.office365.simulator.SimulatedConnectorConfig;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
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
    return SimulatedConnectorConfig.of(simulator, prefix, tasksMax);
  }

  /** The connector's own three topics are no workloads. */
  public List<String> eventTopics(List<String> all) {
    return eventTopics(all, prefix);
  }

  /** The topics of workloads among all. */
  public static List<String> eventTopics(List<String> all, String prefix) {
    List<String> own = List.of(prefix + ".receipts", prefix + ".status", prefix + ".deadletter");
    return all.stream()
        .filter(topic -> topic.startsWith(prefix + ".") && !own.contains(topic))
        .toList();
  }

  /** How often each event is in the topics, by tenant, content type and Id. */
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

  /** How often each event is in the simulator's ledger. */
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
