package io.github.auditstream.connect.office365.it;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.connect.source.SourceConnector;

/** Packs the counting connector as a plugin folder. */
final class CountingPlugin {
  private CountingPlugin() {}

  static Path in(Path folder) {
    return PluginJar.in(
        folder, SourceConnector.class, List.of(CountingConnector.class, CountingTask.class));
  }
}
