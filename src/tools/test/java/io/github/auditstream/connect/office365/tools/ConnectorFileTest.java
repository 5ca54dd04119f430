package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.TopicSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which topics a connector's configuration means, with and without a former prefix. */
class ConnectorFileTest {
  @TempDir private Path folder;
  private WorkerFile worker;

  @BeforeEach
  void readWorker() throws Exception {
    Path file = folder.resolve("worker.properties");
    worker = WorkerFile.read(Files.writeString(file, "bootstrap.servers=localhost:1\n"));
  }

  @Test
  void aFormerPrefixMovesTheTopicsThatHaveNoNameOfTheirOwn() {
    ConnectorFile connector =
        new ConnectorFile(
            Map.of(
                "topic.prefix",
                "now",
                "receipts.topic",
                "audit-receipts",
                "status.topic",
                "the-status"));

    assertThat(connector.topics(Optional.of("before"), worker))
        .isEqualTo(
            new TopicSettings("before", "audit-receipts", "the-status", "before.deadletter"));
    assertThat(connector.topics(Optional.empty(), worker))
        .isEqualTo(new TopicSettings("now", "audit-receipts", "the-status", "now.deadletter"));
  }

  @Test
  void aPrefixIsEnoughWhereThereIsNoConnector() {
    assertThat(new ConnectorFile(Map.of()).topics(Optional.of("p"), worker))
        .isEqualTo(new TopicSettings("p", "p.receipts", "p.status", "p.deadletter"));
  }
}
