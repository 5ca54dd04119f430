package io.github.auditstream.connect.office365.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFileTest {
  @TempDir Path folder;

  private ConnectorFile read(String json) throws IOException {
    return ConnectorFile.read(Files.writeString(folder.resolve("connector.json"), json));
  }

  @Test
  void readsNameAndConfigWithNumbersAndBooleansAsText() throws IOException {
    ConnectorFile file =
        read("{\"name\": \"audit\", \"config\": {\"tasks.max\": 2, \"on\": true, \"a\": \"b\"}}");

    assertThat(file.name()).isEqualTo("audit");
    assertThat(file.config()).isEqualTo(Map.of("tasks.max", "2", "on", "true", "a", "b"));
  }

  @Test
  void fillsInWhatTheSimulatorKnowsAndLeavesTheWorkersPlaceholders() throws IOException {
    ConnectorFile file =
        read(
            """
            {"name": "audit", "config": {
              "management.endpoint": "${simulator.endpoint}/x",
              "client.secret": "${file:/run/secrets:simulator.endpoint}"}}""");

    ConnectorFile filled = file.filled(Map.of("simulator.endpoint", "https://localhost:1/$1"));

    assertThat(file.needsSimulator()).isTrue();
    assertThat(filled.config())
        .containsEntry("management.endpoint", "https://localhost:1/$1/x")
        .containsEntry("client.secret", "${file:/run/secrets:simulator.endpoint}");
  }

  @Test
  void needsNoSimulatorWhereNothingOfItIsNamed() throws IOException {
    assertThat(read("{\"name\": \"a\", \"config\": {\"k\": \"${file:/x:y}\"}}").needsSimulator())
        .isFalse();
  }

  @Test
  void namesTheKeyWhosePlaceholderIsUnknown() throws IOException {
    ConnectorFile file = read("{\"name\": \"a\", \"config\": {\"k\": \"${simulator.port}\"}}");

    assertThatThrownBy(() -> file.filled(Map.of("simulator.endpoint", "x")))
        .hasMessage("k: the simulator has no ${simulator.port}, but [simulator.endpoint]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"config\": {}}",
        "{\"name\": 1, \"config\": {}}",
        "{\"name\": \"a\"}",
        "{\"name\": \"a\", \"config\": {\"k\": null}}",
        "{\"name\": \"a\", \"config\": {\"k\": []}}"
      })
  void refusesAFileThatIsNotAConnectorConfiguration(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(QuickStartException.class)
        .hasMessageContaining("connector.json");
  }

  @Test
  void saysWhereTheJsonIsBrokenWithoutQuotingIt() {
    assertThatThrownBy(() -> read("{\"name\": \"a\",\n \"config\": {\"k\": geheim}}"))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("geheim")
        .hasNoCause();
  }

  @Test
  void theShippedConfigurationsAreReadable() {
    assertThat(ConnectorFile.read(Repository.file("config/quickstart.json")).needsSimulator())
        .isTrue();
    assertThat(ConnectorFile.read(Repository.file("config/example-tenant.json")).needsSimulator())
        .isFalse();
  }

  @Test
  void distinguishesEventTopicsFromTheOthers() {
    TopicNames names =
        TopicNames.of(Map.of("topic.prefix", "m365", "receipts.topic", "audit-receipts"));

    assertThat(names.isEvents("m365.exchange")).isTrue();
    assertThat(names.isEvents("m365.status")).isFalse();
    assertThat(names.isOurs("audit-receipts")).isTrue();
    assertThat(names.isEvents("audit-receipts")).isFalse();
    assertThat(names.isOurs("m3655.exchange")).isFalse();
  }
}
