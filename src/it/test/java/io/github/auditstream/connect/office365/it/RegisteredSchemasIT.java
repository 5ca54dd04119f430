package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.it.sinks.Needed;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.pages.Pages;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemas that somebody registers before the connector starts, which may register none: with the
 * command and the settings of {@code docs/topics-and-schemas.md}, against the real converter and a
 * real registry.
 */
@ExtendWith(SharedStack.class)
class RegisteredSchemasIT {
  private static final Path PAGE = Pages.doc("topics-and-schemas.md");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long PATIENCE_SECONDS = 120;
  private static final int SCHEMAS = 31;
  private static final String CONVERTER = "value.converter";
  private static final String URL = "value.converter.schema.registry.url";

  @TempDir private Path folder;

  @Test
  void theFilesAreTheSchemasThatThePagesSettingsAskFor(ConnectStack stack, ConnectRest rest)
      throws Exception {
    Properties settings = new Properties();
    settings.load(new StringReader(Pages.block(PAGE, "registered-schemas")));
    settings.setProperty(URL, stack.registry().url().toString());
    register("preregistered", stack);

    arrive("preregistered", settings, stack, rest);
  }

  @Test
  void useLatestVersionWorksToo(ConnectStack stack, ConnectRest rest) throws Exception {
    Properties settings = defaults(stack);
    settings.setProperty(CONVERTER + ".use.latest.version", "true");
    register("latest", stack);

    arrive("latest", settings, stack, rest);
  }

  @Test
  void withoutThemTheConverterFindsNoSchema(ConnectStack stack, ConnectRest rest) throws Exception {
    String name = "unmatched";
    register(name, stack);
    try (Simulator simulator = simulator()) {
      rest.put(name, config(simulator, name, defaults(stack)));

      ConnectorState failed =
          rest.awaitAnyStatus(name, "failed task", LIMIT, ConnectorState::failed);

      assertThat(failed.failure()).contains("40403");
      rest.delete(name);
    }
  }

  private static Properties defaults(ConnectStack stack) {
    Properties settings = new Properties();
    settings.setProperty(CONVERTER, "io.confluent.connect.avro.AvroConverter");
    settings.setProperty(URL, stack.registry().url().toString());
    settings.setProperty(CONVERTER + ".auto.register.schemas", "false");
    return settings;
  }

  private static Simulator simulator() throws Exception {
    Simulator simulator =
        Simulator.builder().tenant(tenant -> tenant.subscribed(ContentType.EXCHANGE)).start();
    simulator
        .tenant()
        .blob(ContentType.EXCHANGE)
        .createdAgo(Duration.ofHours(1))
        .events(
            "{\"Id\":\"e1\",\"Workload\":\"Exchange\",\"RecordType\":1}",
            "{\"Id\":\"e2\",\"Workload\":\"SharePoint\",\"RecordType\":4}",
            "7")
        .add();
    return simulator;
  }

  private static Map<String, String> config(Simulator simulator, String name, Properties settings) {
    Map<String, String> config = new SimulatedConnector(simulator, name).config(1);
    settings.stringPropertyNames().forEach(key -> config.put(key, settings.getProperty(key)));
    return config;
  }

  /** Two events of two workloads and a dead letter arrive, and the registry has nothing more. */
  private static void arrive(String name, Properties settings, ConnectStack stack, ConnectRest rest)
      throws Exception {
    try (Simulator simulator = simulator();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      rest.put(name, config(simulator, name, settings));
      reader.readAtLeast(1, LIMIT, name + ".receipts");
      reader.readAtLeast(1, LIMIT, name + ".status");

      List<ReadRecord> events = reader.readAll(name + ".exchange", name + ".sharepoint");
      assertThat(events).extracting(ReadRecord::key).containsExactlyInAnyOrder("e1", "e2");
      assertThat(reader.readAll(name + ".deadletter")).hasSize(1);
      List<String> subjects = subjects(name, stack);
      assertThat(subjects).hasSize(SCHEMAS);
      assertThat(subjects)
          .allSatisfy(
              subject ->
                  assertThat(stack.registry().rest().versions(subject)).as(subject).hasSize(1));
      assertThat(rest.status(name).running(1)).isTrue();
      rest.delete(name);
    }
  }

  private static List<String> subjects(String prefix, ConnectStack stack) {
    return stack.registry().rest().subjects().stream()
        .filter(subject -> subject.startsWith(prefix + "."))
        .toList();
  }

  /** As the page says, for another prefix. */
  private void register(String prefix, ConnectStack stack) throws Exception {
    for (String program : List.of("jq", "curl")) {
      assertThat(Needed.program(program, program)).isExecutable();
    }
    String command = Pages.block(PAGE, "by RegisteredSchemasIT");
    assertThat(command).contains("/office365.");
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                command.replace("/office365.", "/" + prefix + "."))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .put("SCHEMAS", stack.folders().plugin().resolve("doc/schemas").toString());
    builder.environment().put("REGISTRY", stack.registry().url().toString());
    Process bash = builder.start();
    try {
      assertThat(bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(command).isTrue();
      assertThat(bash.exitValue()).as("%s%n%s", command, Files.readString(output)).isZero();
    } finally {
      bash.destroyForcibly();
    }
    assertThat(subjects(prefix, stack)).hasSize(SCHEMAS);
  }
}
