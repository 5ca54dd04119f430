package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFileTest {
  @TempDir private Path folder;

  private WorkerFile worker(String text) throws Exception {
    return WorkerFile.read(Files.writeString(folder.resolve("worker.properties"), text));
  }

  private String withProvider() throws Exception {
    Path secrets = Files.writeString(folder.resolve("secrets.properties"), "key=value of it\n");
    return """
    config.providers=file
    config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
    bootstrap.servers=localhost:1
    sasl.jaas.config=${file:%s:key}
    """
        .formatted(secrets);
  }

  @Test
  void consumersSettingsWinOverTheWorkersOwn() throws Exception {
    Map<String, Object> settings =
        worker(
                """
                bootstrap.servers=localhost:1
                group.id=connect
                security.protocol=SSL
                consumer.security.protocol=SASL_SSL
                consumer.group.id=other
                offset.storage.topic=offsets
                key.converter=a.Converter
                """)
            .consumerSettings();

    assertThat(settings)
        .containsOnly(
            Map.entry("bootstrap.servers", "localhost:1"),
            Map.entry("security.protocol", "SASL_SSL"));
  }

  @Test
  void placeholdersAreResolvedByTheFilesOwnProviders() throws Exception {
    WorkerFile worker = worker(withProvider());

    assertThat(worker.consumerSettings()).containsEntry("sasl.jaas.config", "value of it");
    assertThat(worker.resolved(Map.of("plain", "text"))).containsEntry("plain", "text");
  }

  @Test
  void anUnresolvedPlaceholderIsReportedWithoutItsText() throws Exception {
    WorkerFile worker = worker(withProvider());

    assertThatThrownBy(() -> worker.resolved(Map.of("a", "${file:/nowhere/secret:key}")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("cannot be resolved");
  }

  @Test
  void aFileThatIsNotAWorkersIsRefused() throws Exception {
    assertThatThrownBy(() -> worker("a=b\n").consumerSettings())
        .hasMessageContaining("bootstrap.servers");
    assertThatThrownBy(() -> WorkerFile.read(folder.resolve("absent")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void aConnectorsConfigurationIsReadInBothForms() throws Exception {
    Path put = Files.writeString(folder.resolve("put.json"), "{\"topic.prefix\": \"p\"}");
    Path posted =
        Files.writeString(
            folder.resolve("posted.json"),
            "{\"name\": \"n\", \"config\": {\"topic.prefix\": \"p\", \"status.topic\": \"s\"}}");
    WorkerFile worker = worker("bootstrap.servers=localhost:1\n");

    assertThat(ConnectorFile.read(put).topics(Optional.empty(), worker).deadLetter())
        .isEqualTo("p.deadletter");
    assertThat(ConnectorFile.read(posted).topics(Optional.empty(), worker).status()).isEqualTo("s");
    assertThat(new ConnectorFile(Map.of()).topics(Optional.empty(), worker).receipts())
        .isEqualTo("office365.receipts");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"client.secret\": \"shh");
    assertThatThrownBy(() -> ConnectorFile.read(broken))
        .isInstanceOf(ToolException.class)
        .hasMessageNotContaining("shh");
  }
}
