package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.config.TaskConfig;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.records.SentRecord;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** The live connector's task without a worker, which writes to the same topics as the history. */
final class LiveRig implements AutoCloseable {
  private final Map<String, String> props = new HashMap<>();
  private final Clock clock;
  private final RigTopics topics;
  private @Nullable RunningTask task;

  LiveRig(Simulator simulator, SimulatedTenant tenant, Clock clock, RigTopics topics) {
    this.clock = clock;
    this.topics = topics;
    props.put("name", "live");
    props.put("cloud", "custom");
    props.put("tenant.id", tenant.id().toString());
    props.put("client.id", tenant.clientId());
    props.put("client.secret", tenant.clientSecret());
    props.put("authority.endpoint", simulator.baseUri().toString());
    props.put("management.endpoint", simulator.baseUri().toString());
    props.put("ssl.truststore.location", simulator.truststore().location().toString());
    props.put("ssl.truststore.password", simulator.truststore().password());
    props.put("ssl.truststore.type", simulator.truststore().type());
    props.put("poll.interval.ms", "100");
  }

  LiveRig with(String key, String value) {
    props.put(key, value);
    return this;
  }

  void start() {
    List<FeedKey> feeds =
        Stream.of(ContentType.values()).map(type -> new FeedKey("default", type)).toList();
    Map<String, String> taskProps = TaskConfig.forTask(props, feeds, Map.of("default", 60_000), 0);
    task = RunningTask.start(taskProps, new Context(taskProps), Environment.of(clock));
  }

  boolean isRunning() {
    return task != null;
  }

  List<SourceRecord> poll() throws InterruptedException {
    return task == null ? List.of() : task.poll();
  }

  void commit(List<SourceRecord> records) {
    topics.commit(records);
    records.forEach(record -> SentRecord.confirmed(record, true));
  }

  /** The task ends, and what it has not committed is lost. */
  void kill() {
    if (task != null) {
      task.close();
      task = null;
    }
  }

  @Override
  public void close() {
    kill();
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
      throw new NoSuchMethodError("as on a worker before Kafka 4.1");
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return topics.offsets(List.of(partition)).get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      return topics.offsets(partitions);
    }
  }
}
