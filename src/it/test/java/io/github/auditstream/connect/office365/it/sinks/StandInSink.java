package io.github.auditstream.connect.office365.it.sinks;

import io.github.auditstream.connect.office365.it.PluginJar;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * In place of a sink that is not available here: it writes each record as a worker and the shipped
 * transforms hand it over, one JSON object a line. Its other settings are those of the real one,
 * which it ignores.
 */
public final class StandInSink extends SinkConnector {
  static final String FILE = "stand.in.file";

  private static final ConfigDef CONFIG =
      new ConfigDef().define(FILE, ConfigDef.Type.STRING, Importance.HIGH, "takes the records");

  private Map<String, String> config = Map.of();

  static Path plugin(Path folder) {
    return PluginJar.in(folder, SinkConnector.class, List.of(StandInSink.class, StandInTask.class));
  }

  @Override
  public void start(Map<String, String> props) {
    config = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return StandInTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return Collections.nCopies(maxTasks, config);
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return CONFIG;
  }

  @Override
  public String version() {
    return "1.0.0";
  }
}
