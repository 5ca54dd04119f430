package io.github.auditstream.connect.office365.it;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Counts: a source connector of the least size, to try the harness itself with. */
public final class CountingConnector extends SourceConnector {
  static final String TOPIC = "topic";
  static final String LAST = "last";
  static final String THEN = "then";
  private static final ConfigDef CONFIG =
      new ConfigDef()
          .define(TOPIC, ConfigDef.Type.STRING, Importance.HIGH, "where the numbers go")
          .define(
              LAST, ConfigDef.Type.LONG, 0, Range.atLeast(0), Importance.HIGH, "the last number")
          .define(
              THEN,
              ConfigDef.Type.STRING,
              "",
              Importance.LOW,
              "what it fails with, after the last number");

  private Map<String, String> config = Map.of();

  @Override
  public void start(Map<String, String> props) {
    config = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CountingTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, 1).mapToObj(task -> config).toList();
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return CONFIG;
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    return true;
  }

  @Override
  public String version() {
    return "1.0.0";
  }
}
