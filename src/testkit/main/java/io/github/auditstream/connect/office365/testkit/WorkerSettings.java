package io.github.auditstream.connect.office365.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a Connect worker is started with.
 *
 * @param kafka the version that runs it
 * @param group the cluster that it joins or founds; also names the internal topics, so two workers
 *     of one group share connectors and offsets, and a new group begins empty
 * @param exactlyOnce whether source connectors write in transactions
 * @param plugins one folder with jars for each plugin. The worker's {@code plugin.path} names their
 *     parents, so nothing but plugins may lie beside them
 * @param registry the schema registry of the value converter
 * @param jvmFlags the virtual machine's
 * @param extra further worker properties; they win over the ones set here, but {@code listeners}
 *     are listened on beside the one for http
 */
public record WorkerSettings(
    KafkaDistribution kafka,
    String group,
    boolean exactlyOnce,
    List<Path> plugins,
    URI registry,
    List<String> jvmFlags,
    Map<String, String> extra) {
  public WorkerSettings {
    plugins = List.copyOf(plugins);
    jvmFlags = List.copyOf(jvmFlags);
    extra = Map.copyOf(extra);
  }

  /** The same under another version of Kafka. */
  public WorkerSettings withKafka(KafkaDistribution other) {
    return new WorkerSettings(other, group, exactlyOnce, plugins, registry, jvmFlags, extra);
  }

  public WorkerSettings withGroup(String other) {
    return new WorkerSettings(kafka, other, exactlyOnce, plugins, registry, jvmFlags, extra);
  }

  public WorkerSettings withExactlyOnce(boolean wanted) {
    return new WorkerSettings(kafka, group, wanted, plugins, registry, jvmFlags, extra);
  }

  public WorkerSettings withPlugins(List<Path> others) {
    return new WorkerSettings(kafka, group, exactlyOnce, others, registry, jvmFlags, extra);
  }

  public WorkerSettings withJvmFlags(List<String> others) {
    return new WorkerSettings(kafka, group, exactlyOnce, plugins, registry, others, extra);
  }

  /** The same with one more worker property. */
  public WorkerSettings with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(extra);
    more.put(key, value);
    return new WorkerSettings(kafka, group, exactlyOnce, plugins, registry, jvmFlags, more);
  }

  Map<String, String> properties(String bootstrapServers, int port) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("group.id", group);
    properties.put("listeners", "http://localhost:" + port);
    properties.put("rest.advertised.host.name", "localhost");
    properties.put(
        "plugin.path",
        plugins.stream()
            .map(plugin -> plugin.toAbsolutePath().normalize().resolveSibling("").toString())
            .distinct()
            .collect(Collectors.joining(",")));
    properties.put("plugin.discovery", "service_load");
    properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("value.converter", "io.confluent.connect.avro.AvroConverter");
    properties.put("value.converter.schema.registry.url", registry.toString());
    for (String topic : List.of("config", "offset", "status")) {
      properties.put(topic + ".storage.topic", group + "-" + topic);
      properties.put(topic + ".storage.replication.factor", "1");
    }
    properties.put("offset.storage.partitions", "1");
    properties.put("status.storage.partitions", "1");
    properties.put("offset.flush.interval.ms", "500");
    // A worker that died is noticed, and its tasks are reassigned, within seconds.
    properties.put("scheduled.rebalance.max.delay.ms", "0");
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "1500");
    properties.put("exactly.once.source.support", exactlyOnce ? "enabled" : "disabled");
    if (exactlyOnce) {
      // What a killed task left open holds up read_committed readers for this long, not a minute.
      properties.put("producer.transaction.timeout.ms", "10000");
    }
    // Files only, as the shipped configurations use it for secrets.
    properties.put("config.providers", "file");
    properties.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    properties.putAll(extra);
    if (extra.containsKey("listeners")) {
      properties.put("listeners", "http://localhost:" + port + "," + extra.get("listeners"));
    }
    return properties;
  }
}
