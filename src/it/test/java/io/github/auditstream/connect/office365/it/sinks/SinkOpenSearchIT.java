package io.github.auditstream.connect.office365.it.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.it.sinks.SinkScene.Published;
import io.github.auditstream.connect.office365.pages.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped transforms, ingest pipeline and index template with a real OpenSearch server. The
 * sinks between them, Aiven's and Confluent's, are not available where this build fetches: what the
 * worker hands over is sent as they document it.
 */
@ExtendWith(SharedScene.class)
class SinkOpenSearchIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int CREATED = 201;
  private static final int THERE_ALREADY = 409;
  private static final int BATCH = 200;

  @TempDir private Path folder;

  /** How a sink makes of a record what it sends: the action, and the document. */
  private interface Way {
    void put(JsonNode record, ObjectNode create, ObjectNode document);
  }

  @Test
  void everyEventIsADocumentAndTheFourQuestionsAreAnsweredRight(SinkScene scene) throws Exception {
    everyEventIsADocument(
        scene,
        "opensearch",
        // It leaves the document's id to the server.
        sink ->
            (record, create, document) ->
                create.put(
                    "_index", sink.get("data.stream.prefix") + "-" + record.path("topic").asText()),
        each -> "logs-%s-default".formatted(each.topic()));
  }

  @Test
  void elasticsearchsSinkMakesTheSameOfThem(SinkScene scene) throws Exception {
    everyEventIsADocument(
        scene,
        "elasticsearch",
        sink ->
            (record, create, document) -> {
              create.put(
                  "_index",
                  "%s-%s-%s"
                      .formatted(
                          sink.get("data.stream.type").toLowerCase(Locale.ROOT),
                          sink.get("data.stream.dataset"),
                          sink.get("data.stream.namespace")));
              create.put(
                  "_id",
                  "%s+%d+%d"
                      .formatted(
                          record.path("topic").asText(),
                          record.path("partition").asInt(),
                          record.path("offset").asLong()));
              document.put("@timestamp", record.path("timestamp").asLong());
            },
        each -> "logs-office365-default");
  }

  private void everyEventIsADocument(
      SinkScene scene,
      String name,
      Function<Map<String, String>, Way> way,
      Function<Published, String> stream)
      throws Exception {
    Files.writeString(
        folder.resolve(name + ".properties"), "url=http://localhost\nusername=x\npassword=x\n");
    SinkFile sink = SinkFile.read(name + ".json", folder);
    Way put = way.apply(Map.copyOf(sink.config()));
    List<Published> wanted =
        scene.published().stream().filter(each -> !each.topic().endsWith(".dlp")).toList();
    List<JsonNode> records = StandIn.records(scene, sink, folder, wanted.size());
    try (OpenSearch server = OpenSearch.start(folder)) {
      server.send("PUT", "/_ingest/pipeline/office365", shipped("opensearch-pipeline.json"));
      server.send("PUT", "/_index_template/office365", shipped("opensearch-template.json"));

      write(server, put, records);
      // What Microsoft repeats, and what a restarted sink sends again, is there already.
      write(server, put, records.subList(0, BATCH));
      server.send("POST", "/logs-office365*/_refresh", "");

      assertThat(found(server)).isEqualTo(byId(wanted, stream));
      List<String> questions = Pages.blocks(Pages.doc("sinks/opensearch.md"), "console");
      assertThat(questions).hasSize(4);
      assertThat(answer(server, questions.get(0)))
          .containsExactly("question-1", "question-11", "question-2");
      assertThat(answer(server, questions.get(1)))
          .containsExactly("question-1", "question-12", "question-3");
      assertThat(answer(server, questions.get(2)))
          .containsExactly("question-1", "question-2", "question-3");
      assertThat(answer(server, questions.get(3)))
          .containsExactly("question-12", "question-2", "question-3");
    }
  }

  private static String shipped(String file) throws IOException {
    return Files.readString(SinkFile.FOLDER.resolve(file));
  }

  /** As the sinks do with data streams: they create. */
  private static void write(OpenSearch server, Way way, List<JsonNode> records)
      throws IOException, InterruptedException {
    for (int from = 0; from < records.size(); from += BATCH) {
      StringBuilder bulk = new StringBuilder();
      for (JsonNode record : records.subList(from, Math.min(from + BATCH, records.size()))) {
        ObjectNode action = MAPPER.createObjectNode();
        ObjectNode document = record.path("value").deepCopy();
        way.put(record, action.putObject("create"), document);
        bulk.append(action).append('\n').append(document).append('\n');
      }
      JsonNode answer = server.send("POST", "/_bulk", "application/x-ndjson", bulk.toString());
      for (JsonNode item : answer.path("items")) {
        assertThat(item.at("/create/status").asInt()).as("%s", item).isIn(CREATED, THERE_ALREADY);
      }
    }
  }

  private static Map<String, JsonNode> byId(
      List<Published> wanted, Function<Published, String> stream) {
    Map<String, JsonNode> events = new HashMap<>();
    for (Published each : wanted) {
      events.put("%s %s/%s".formatted(stream.apply(each), each.tenant(), each.id()), each.event());
    }
    return events;
  }

  private static Map<String, JsonNode> found(OpenSearch server) throws Exception {
    JsonNode hits =
        server.send(
            "POST",
            "/logs-office365*/_search",
            "{\"size\": 10000, \"query\": {\"match_all\": {}}}");
    Map<String, JsonNode> events = new HashMap<>();
    for (JsonNode hit : hits.at("/hits/hits")) {
      String stream =
          hit.path("_index").asText().replaceFirst("^\\.ds-", "").replaceFirst("-\\d+$", "");
      events.put(
          stream + " " + hit.path("_id").asText(),
          MAPPER.readTree(hit.at("/_source/event/original").asText()));
    }
    return events;
  }

  /** Sends a request as the page shows it: a line with method and path, and the body. */
  private static Set<String> answer(OpenSearch server, String question) throws Exception {
    int body = question.indexOf('\n');
    String[] request = question.substring(0, body).split(" ", 2);
    Set<String> ids = new TreeSet<>();
    for (JsonNode hit :
        server.send(request[0], "/" + request[1], question.substring(body)).at("/hits/hits")) {
      ids.add(hit.at("/_source/event/id").asText());
    }
    return ids;
  }
}
