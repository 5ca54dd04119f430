package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.config.TaskConfig;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** A task without a worker, which reads a simulator's tenant. */
final class TaskRig {
  private final Map<String, String> props = new HashMap<>();
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private final List<String> aliases = new ArrayList<>(List.of("t"));
  private List<ContentType> contentTypes = List.of(ContentType.EXCHANGE);
  private @Nullable PluginMetrics metrics;

  /** With properties that {@link #connectorProps} gave, perhaps in another JVM. */
  TaskRig(Map<String, String> props) {
    this.props.putAll(props);
  }

  TaskRig(Simulator simulator) {
    this(simulator, simulator.tenant());
  }

  TaskRig(Simulator simulator, SimulatedTenant tenant) {
    props.put("name", "rig");
    props.put("cloud", "custom");
    props.put("tenants", "t");
    props.put("tenants.t.tenant.id", tenant.id().toString());
    props.put("tenants.t.client.id", tenant.clientId());
    props.put("tenants.t.client.secret", tenant.clientSecret());
    props.put("ssl.truststore.location", simulator.truststore().location().toString());
    props.put("ssl.truststore.password", simulator.truststore().password());
    props.put("ssl.truststore.type", simulator.truststore().type());
    props.put("initial.lookback", "PT1H");
    props.put("poll.interval.ms", "250");
    management(simulator.baseUri());
    authority(simulator.baseUri());
  }

  TaskRig management(URI endpoint) {
    return with("management.endpoint", endpoint.toString());
  }

  TaskRig authority(URI endpoint) {
    return with("authority.endpoint", endpoint.toString());
  }

  TaskRig named(String connector) {
    return with("name", connector);
  }

  /** On a worker that has metrics for its plugins. */
  TaskRig metrics(PluginMetrics ofPlugin) {
    metrics = ofPlugin;
    return this;
  }

  TaskRig with(String key, String value) {
    props.put(key, value);
    return this;
  }

  TaskRig without(String key) {
    props.remove(key);
    return this;
  }

  Map<String, String> connectorProps() {
    return Map.copyOf(props);
  }

  /** One more tenant for the same task. */
  TaskRig and(SimulatedTenant tenant) {
    String alias = "t" + aliases.size();
    aliases.add(alias);
    props.put("tenants", String.join(",", aliases));
    props.put("tenants." + alias + ".tenant.id", tenant.id().toString());
    props.put("tenants." + alias + ".client.id", tenant.clientId());
    props.put("tenants." + alias + ".client.secret", tenant.clientSecret());
    return this;
  }

  TaskRig reading(ContentType... types) {
    contentTypes = List.of(types);
    return this;
  }

  TaskRig offset(ContentType type, Map<String, Object> offset) {
    offsets.put(
        Map.of("tenant", props.get("tenants.t.tenant.id"), "contentType", type.apiName()), offset);
    return this;
  }

  /** A task that has started. */
  Office365AuditSourceTask start() {
    Map<String, String> task =
        TaskConfig.forTask(
            props,
            aliases.stream()
                .flatMap(alias -> contentTypes.stream().map(type -> new FeedKey(alias, type)))
                .toList(),
            aliases.stream().collect(Collectors.toMap(alias -> alias, alias -> 2000)),
            0);
    Office365AuditSourceTask started = new Office365AuditSourceTask();
    started.initialize(new Context(task));
    started.start(task);
    return started;
  }

  private final class Context implements SourceTaskContext, OffsetStorageReader {
    private final Map<String, String> configs;

    Context(Map<String, String> configs) {
      this.configs = configs;
    }

    @Override
    public Map<String, String> configs() {
      return configs;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      if (metrics == null) {
        throw new NoSuchMethodError("as on a worker before Kafka 4.1");
      }
      return metrics;
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return offsets.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
      partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
      return found;
    }
  }
}
