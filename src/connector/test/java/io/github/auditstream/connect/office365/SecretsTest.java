package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plants a marker in every secret, prints all that can be printed, and looks for it. */
@Timeout(180)
class SecretsTest {

  @Test
  void secretsAreHiddenInEverythingPrintedOrLogged() throws Exception {
    String printed =
        ForkedJvm.run(
            SecretsMain.class,
            List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"),
            Map.of(),
            List.of());

    assertThat(printed)
        .as("what was to be printed was printed")
        .contains("ConnectorSettings[", "TaskSettings[", "ConfigException", "AADSTS7000215")
        .contains("HistorySettings[", "Kafka at localhost:1", "sasl.jaas.config = [hidden]")
        .contains("client.secret = [hidden]", "com.microsoft.aad", "all is printed");
    assertThat(printed).doesNotContain("marker");
  }
}
