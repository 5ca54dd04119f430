package io.github.auditstream.connect.office365.it.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.it.sinks.SinkScene.Published;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the shipped file hands to Splunk's sink. The sink itself and Splunk are not available from
 * where this build fetches.
 */
@ExtendWith(SharedScene.class)
class SinkSplunkIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void theSinkIsHandedOriginalsWithTheirTimeSourcetypeAndIndex(SinkScene scene) throws Exception {
    Files.writeString(
        folder.resolve("splunk.properties"),
        """
        uri=https://localhost:8088
        token=none
        truststore=none
        truststore.password=none
        """);
    List<Published> wanted =
        scene.published().stream().filter(each -> !each.topic().endsWith(".dlp")).toList();

    List<JsonNode> records =
        StandIn.records(scene, SinkFile.read("splunk.json", folder), folder, wanted.size());

    List<JsonNode> events = new ArrayList<>();
    for (JsonNode record : records) {
      assertThat(record.at("/headers/splunk.header.sourcetype").asText())
          .isEqualTo("o365:management:activity");
      assertThat(record.at("/headers/splunk.header.index").asText()).isEqualTo("office365");
      assertThat(record.at("/headers/contentId").asText()).isNotEmpty();
      JsonNode event = MAPPER.readTree(record.path("value").asText());
      if (event.path("Id").asText().equals("question-1")) {
        assertThat(Instant.ofEpochMilli(record.path("timestamp").asLong()))
            .isEqualTo("2025-03-04T08:15:00Z");
      }
      events.add(event);
    }
    assertThat(events)
        .containsExactlyInAnyOrderElementsOf(wanted.stream().map(Published::event).toList());
  }
}
