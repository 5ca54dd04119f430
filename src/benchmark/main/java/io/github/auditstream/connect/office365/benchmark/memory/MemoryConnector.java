package io.github.auditstream.connect.office365.benchmark.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Hands over the events of a file of JSON lines, round and round, until there were so many. */
public final class MemoryConnector extends SourceConnector {
  /** The file. */
  public static final String SAMPLE = "sample";

  /** How many events each task hands over. */
  public static final String EVENTS = "events";

  /** What the topics' names begin with. */
  public static final String PREFIX = "topic.prefix";

  static final String TASK = "task";

  private Map<String, String> config = Map.of();

  /** For Connect. */
  public MemoryConnector() {}

  @Override
  public void start(Map<String, String> props) {
    config = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MemoryTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, maxTasks)
        .mapToObj(
            task -> {
              Map<String, String> own = new HashMap<>(config);
              own.put(TASK, Integer.toString(task));
              return own;
            })
        .toList();
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define(SAMPLE, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "JSON lines")
        .define(EVENTS, ConfigDef.Type.LONG, ConfigDef.Importance.HIGH, "events of each task")
        .define(PREFIX, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "of the topics");
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> props) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public String version() {
    return "benchmark";
  }
}
