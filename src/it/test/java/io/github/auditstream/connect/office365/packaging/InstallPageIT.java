package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.Office365AuditSourceConnector;
import io.github.auditstream.connect.office365.it.SharedStack;
import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.pages.Pages;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/install.md} says for Apache Kafka, command by command. */
@ExtendWith(SharedStack.class)
class InstallPageIT {
  private static final Path PAGE = Pages.doc("install.md");
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void theCommandsInstallThePluginAndThePropertiesStartAWorker(ConnectStack stack)
      throws Exception {
    Path plugins = folder.resolve("plugins");
    assertThat(
            run(
                Pages.block(PAGE, "by InstallPageIT unpacked"),
                Map.of("CONNECT_PLUGINS", plugins.toString())))
        .contains("README.md", "kafka-connect-office365-" + Version.version() + ".jar");

    WorkerSettings settings = stack.workerSettings();
    for (Map.Entry<Object, Object> property : workerProperties().entrySet()) {
      settings = settings.with(property.getKey().toString(), property.getValue().toString());
    }
    settings =
        settings.with(
            "plugin.path", plugins + "," + stack.folders().converter().resolveSibling(""));
    try (WorkerProcess worker = stack.startWorker(settings)) {
      String command =
          Pages.block(PAGE, "by InstallPageIT listed")
              .replace("http://localhost:8083", worker.rest().address().toString());

      assertThat(run(command, Map.of()))
          .contains(
              "{\"class\":\"%s\",\"type\":\"source\",\"version\":\"%s\"}"
                  .formatted(Office365AuditSourceConnector.class.getName(), Version.version()));
    }
  }

  private static Properties workerProperties() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Pages.block(PAGE, "worker-properties")));
    assertThat(properties).containsKeys("plugin.path", "exactly.once.source.support");
    return properties;
  }

  /** What the commands print. */
  private String run(String commands, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process bash = builder.start();
    try {
      assertThat(bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(commands).isTrue();
      assertThat(bash.exitValue()).as("%s%n%s", commands, Files.readString(output)).isZero();
      return Files.readString(output);
    } finally {
      bash.destroyForcibly();
    }
  }
}
