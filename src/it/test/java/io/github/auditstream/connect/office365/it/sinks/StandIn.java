package io.github.auditstream.connect.office365.it.sinks;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs a shipped file in the worker with {@link StandInSink} in place of its connector. */
final class StandIn {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StandIn() {}

  /** The records that the sink was handed, as JSON, once there are that many. */
  static List<JsonNode> records(SinkScene scene, SinkFile sink, Path folder, long wanted) {
    Map<String, String> config = sink.config();
    config.put("connector.class", StandInSink.class.getName());
    config.put(StandInSink.FILE, folder.resolve("handed-over").toString());
    scene.rest().put(sink.name(), config);
    try {
      scene.rest().awaitRunning(sink.name(), 2, SinkScene.LIMIT);
      await().atMost(SinkScene.LIMIT).until(() -> lines(folder).size() >= wanted);
      scene.rest().stop(sink.name());
      List<JsonNode> records = new ArrayList<>();
      for (String line : lines(folder)) {
        records.add(MAPPER.readTree(line));
      }
      return records;
    } catch (IOException e) {
      throw new AssertionError("the file has a line that is no JSON", e);
    } finally {
      scene.rest().delete(sink.name());
    }
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(file -> file.getFileName().toString().startsWith("handed-over")).toList()) {
        lines.addAll(Files.readString(file).lines().toList());
      }
    }
    return lines;
  }
}
