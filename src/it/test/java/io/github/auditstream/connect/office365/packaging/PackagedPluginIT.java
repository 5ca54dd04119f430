package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.it.SharedStack;
import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each archive, unpacked into a worker's {@code plugin.path} and used. */
@ExtendWith(SharedStack.class)
class PackagedPluginIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, service_load", "0, only_scan",
    "1, service_load", "1, only_scan",
    "2, service_load", "2, hybrid_fail"
  })
  void isFoundByAWorkerAndBringsEvents(int archive, String discovery, ConnectStack stack)
      throws Exception {
    String name = "packaged-" + archive + "-" + discovery.replace('_', '-');
    Path plugin =
        Archive.built().get(archive).unpack(Files.createDirectory(folder.resolve("plugins")));
    WorkerSettings settings =
        stack
            .workerSettings()
            .withPlugins(List.of(stack.folders().converter(), plugin))
            .with("plugin.discovery", discovery)
            .withExactlyOnce(true);
    try (Simulator simulator =
            Simulator.builder().tenant(t -> t.subscribed(ContentType.EXCHANGE)).start();
        WorkerProcess worker = stack.startWorker(settings);
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      simulator.tenant().history(ContentType.EXCHANGE, Duration.ofHours(20), 4, 3);
      SimulatedConnector connector = new SimulatedConnector(simulator, name);

      assertThat(own(worker)).isEqualTo(announced());

      Map<String, String> config = connector.config(1);
      config.put("content.types", ContentType.EXCHANGE.apiName());
      worker.rest().put(name, config);
      worker.rest().awaitRunning(name, 1, LIMIT);
      reader.readAtLeast(4, LIMIT, name + ".receipts");
      assertThat(
              SimulatedConnector.arrived(
                  reader.readAll(connector.eventTopics(reader.topics(name)))))
          .isEqualTo(connector.expected());
    }
  }

  /** This project's plugins that the worker lists, with their versions. */
  private static Map<String, String> own(WorkerProcess worker) {
    Map<String, String> plugins = new TreeMap<>();
    for (JsonNode plugin : worker.rest().plugins()) {
      String type = plugin.path("class").asText();
      if (type.startsWith(Office365AuditSourceConnector.class.getPackageName())) {
        plugins.merge(
            type, plugin.path("version").asText(), (first, second) -> first + " and " + second);
      }
    }
    return plugins;
  }

  /** What the jar's service files name. */
  private static Map<String, String> announced() throws IOException {
    Map<String, String> plugins = new TreeMap<>();
    try (var services =
        Files.list(Repository.file("src/connector/main/resources/META-INF/services"))) {
      for (Path service : services.toList()) {
        for (String line : Files.readAllLines(service)) {
          plugins.put(line, Version.version());
        }
      }
    }
    assertThat(plugins).hasSizeGreaterThan(1);
    return plugins;
  }
}
