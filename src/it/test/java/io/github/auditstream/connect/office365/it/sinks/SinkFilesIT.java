package io.github.auditstream.connect.office365.it.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.it.sinks.SinkScene.Published;
import io.github.auditstream.connect.office365.pages.Pages;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The shipped file sink: Kafka's, and what the page makes of its file. */
@ExtendWith(SharedScene.class)
class SinkFilesIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FOLDER = "/var/lib/kafka-connect";

  @TempDir private Path folder;

  @Test
  void everyEventIsALineOfJsonAndALineOfCsv(SinkScene scene) throws Exception {
    Needed.program("jq", "jq");
    SinkFile sink = SinkFile.read("files.json", folder);
    sink.config().computeIfPresent("file", (key, file) -> file.replace(FOLDER, folder.toString()));
    List<Published> wanted =
        scene.published().stream().filter(each -> !each.topic().endsWith(".dlp")).toList();
    Path file = folder.resolve("office365.jsonl");
    scene.rest().put(sink.name(), sink.config());
    try {
      scene.rest().awaitRunning(sink.name(), 1, SinkScene.LIMIT);
      await()
          .atMost(SinkScene.LIMIT)
          .until(() -> Files.exists(file) && lines(file).size() >= wanted.size());
      // A clean stop closes the file and commits what is in it.
      scene.rest().stop(sink.name());
    } finally {
      scene.rest().delete(sink.name());
    }

    assertThat(counted(lines(file).stream().map(SinkFilesIT::json)))
        .isEqualTo(counted(wanted.stream().map(Published::event)));

    String command = Pages.block(Pages.doc("sinks/files.md"), "by SinkFilesIT");
    new Shell(folder).run(command, "");
    List<CSVRecord> cells =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(Files.readString(folder.resolve("office365.csv"))))
            .getRecords();
    assertThat(cells.stream().map(SinkFilesIT::shown).toList())
        .containsExactlyInAnyOrderElementsOf(wanted.stream().map(SinkFilesIT::shown).toList());
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readString(file).lines().toList();
  }

  private static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("no JSON on a line of its own: " + line, e);
    }
  }

  private static Map<JsonNode, Long> counted(Stream<JsonNode> events) {
    return events.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static List<String> shown(CSVRecord row) {
    return Stream.of("CreationTime", "Operation", "UserId", "ObjectId", "Id")
        .map(row::get)
        .toList();
  }

  private static List<String> shown(Published event) {
    return Stream.of("CreationTime", "Operation", "UserId", "ObjectId", "Id")
        .map(name -> event.event().path(name))
        .map(value -> value.isValueNode() || value.isMissingNode() ? text(value) : value.toString())
        .map(text -> text.matches("(?s)[=+@\t\r-].*") ? "'" + text : text)
        .toList();
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "" : value.asText("");
  }
}
