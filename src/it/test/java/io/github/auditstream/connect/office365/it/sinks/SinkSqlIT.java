package io.github.auditstream.connect.office365.it.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.it.sinks.SinkScene.Published;
import io.github.auditstream.connect.office365.pages.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The shipped SQL sink: Debezium's, into a MariaDB server. */
@ExtendWith(SharedScene.class)
class SinkSqlIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void everyEventIsOneRowAndTheFourQuestionsAreAnsweredRight(SinkScene scene) throws Exception {
    try (MariaDb database = MariaDb.start(folder)) {
      database.rows(Files.readString(SinkFile.FOLDER.resolve("mariadb.sql")));
      SinkFile sink = sink(database);
      scene.rest().put(sink.name(), sink.config());
      try {
        scene.rest().awaitRunning(sink.name(), 2, SinkScene.LIMIT);
        Map<String, Integer> wanted = rowsWanted(scene);
        await()
            .atMost(SinkScene.LIMIT)
            .untilAsserted(
                () -> {
                  assertThat(scene.rest().status(sink.name()).failure()).isEmpty();
                  assertThat(rows(database)).isEqualTo(wanted);
                });

        eachRowHoldsItsEvent(scene, database);
        answersTheFourQuestions(scene, database);
        addsTheColumnOfThePage(database);
        // A sink that reads everything anew changes nothing, with one column more as well.
        scene.rest().stop(sink.name());
        JsonNode read = scene.rest().offsets(sink.name());
        scene.rest().deleteOffsets(sink.name());
        scene.rest().resume(sink.name());
        await()
            .atMost(SinkScene.LIMIT)
            .untilAsserted(
                () ->
                    assertThat(scene.rest().offsets(sink.name()))
                        .containsExactlyInAnyOrderElementsOf(read));
        assertThat(rows(database)).isEqualTo(wanted);
      } finally {
        scene.rest().delete(sink.name());
      }
    }
  }

  private SinkFile sink(MariaDb database) throws IOException {
    Files.writeString(
        folder.resolve("sql.properties"),
        """
        url=%s
        username=%s
        password=%s
        """
            .formatted(database.url(), MariaDb.USER, MariaDb.PASSWORD));
    return SinkFile.read("sql.json", folder);
  }

  private static Map<String, Integer> rowsWanted(SinkScene scene) {
    Map<String, TreeSet<String>> ids = new TreeMap<>();
    for (Workload workload : Workloads.all()) {
      ids.put("office365_" + workload.topicSuffix(), new TreeSet<>());
    }
    for (Published each : scene.published()) {
      ids.get(each.topic().replace('.', '_')).add(each.tenant() + " " + each.id());
    }
    Map<String, Integer> rows = new TreeMap<>();
    ids.forEach((table, keys) -> rows.put(table, keys.size()));
    return rows;
  }

  private static Map<String, Integer> rows(MariaDb database)
      throws IOException, InterruptedException {
    String counts =
        Workloads.all().stream()
            .map(Workload::topicSuffix)
            .map(name -> "SELECT '%1$s', COUNT(*) FROM %1$s".formatted("office365_" + name))
            .collect(Collectors.joining(" UNION ALL "));
    Map<String, Integer> rows = new TreeMap<>();
    for (String row : database.rows(counts)) {
      String[] cells = row.split("\t", -1);
      rows.put(cells[0], Integer.parseInt(cells[1]));
    }
    return rows;
  }

  private static void eachRowHoldsItsEvent(SinkScene scene, MariaDb database) throws Exception {
    Map<String, JsonNode> wanted = new HashMap<>();
    for (Published each : scene.published()) {
      wanted.put(each.topic() + " " + each.tenant() + " " + each.id(), each.event());
    }
    Map<String, JsonNode> found = new HashMap<>();
    for (Workload workload : Workloads.all()) {
      for (String row :
          database.rows(
              "SELECT Tenant, Id, HEX(Original) FROM office365_%s"
                  .formatted(workload.topicSuffix()))) {
        String[] cells = row.split("\t", -1);
        byte[] json = HexFormat.of().parseHex(cells[2]);
        found.put(
            "office365." + workload.topicSuffix() + " " + cells[0] + " " + cells[1],
            MAPPER.readTree(json));
      }
    }
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    assertThat(found).isEqualTo(wanted);
  }

  private static void addsTheColumnOfThePage(MariaDb database) throws Exception {
    String statement =
        Pages.blocks(Pages.doc("sinks/sql.md"), "sql").stream()
            .filter(block -> block.startsWith("ALTER TABLE"))
            .findFirst()
            .orElseThrow();

    database.rows(statement);

    assertThat(
            database.rows(
                "SELECT COUNT(*) FROM office365_exchange"
                    + " WHERE NOT MailboxOwnerUPN <=> JSON_VALUE(Original, '$.MailboxOwnerUPN')"))
        .containsExactly("0");
  }

  /** The page's statements as they stand, and again with what the simulator made up. */
  private static void answersTheFourQuestions(SinkScene scene, MariaDb database) throws Exception {
    List<String> questions =
        Pages.blocks(Pages.doc("sinks/sql.md"), "sql").stream()
            .filter(block -> block.contains("FROM office365_events"))
            .toList();
    assertThat(questions).hasSize(4);
    String byUser = questions.get(0);
    String fromAddress = questions.get(1);
    String onDocument = questions.get(2);
    String between = questions.get(3);

    assertThat(ids(database, byUser)).containsExactly("question-1", "question-11", "question-2");
    assertThat(ids(database, fromAddress))
        .containsExactly("question-1", "question-12", "question-3");
    assertThat(ids(database, onDocument)).containsExactly("question-1", "question-2", "question-3");
    assertThat(ids(database, between)).containsExactly("question-12", "question-2", "question-3");

    String user = mostOften(scene, each -> each.text("UserId").toLowerCase(Locale.ROOT));
    assertThat(ids(database, byUser.replace("adele@contoso.example", user)))
        .isEqualTo(ids(scene, each -> each.text("UserId").equalsIgnoreCase(user)));
    String address = mostOften(scene, SinkSqlIT::address);
    assertThat(ids(database, fromAddress.replace("203.0.113.24", address)))
        .isEqualTo(ids(scene, each -> address(each).equals(address)));
    String document = mostOften(scene, each -> each.text("ObjectId"));
    assertThat(
            ids(
                database,
                onDocument.replace(
                    "https://contoso.example/sites/finance/Shared Documents/plan.xlsx", document)))
        .isEqualTo(ids(scene, each -> each.text("ObjectId").equalsIgnoreCase(document)));

    for (String question : questions) {
      assertThat(database.rows("EXPLAIN " + question))
          .filteredOn(row -> row.contains("office365_exchange"))
          .singleElement()
          .asString()
          .containsPattern("by_(user|address|document|time)");
    }
  }

  private static String mostOften(SinkScene scene, Function<Published, String> property) {
    return visible(scene)
        .map(property)
        .filter(value -> !value.isBlank() && value.length() < 255 && !value.matches(".*['\\\\].*"))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .orElseThrow()
        .getKey();
  }

  /** The address without its port, from the first of the properties that has one. */
  private static String address(Published event) {
    String written =
        Stream.of("ClientIPAddress", "ClientIP", "ActorIpAddress")
            .map(event::text)
            .filter(text -> !text.isEmpty() && !text.equals("null") && !text.equals("<null>"))
            .findFirst()
            .orElse("");
    return written
        .replaceFirst("^\\[(.*)\\].*$", "$1")
        .replaceFirst("^::ffff:(?=\\d+\\.)", "")
        .replaceFirst("^(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+$", "$1");
  }

  /** What the view shows: all but the events of DLP.All. */
  private static Stream<Published> visible(SinkScene scene) {
    return scene.published().stream().filter(each -> !each.topic().endsWith(".dlp"));
  }

  private static Set<String> ids(SinkScene scene, Predicate<Published> wanted) {
    return visible(scene)
        .filter(wanted)
        .map(Published::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> ids(MariaDb database, String question)
      throws IOException, InterruptedException {
    return database.rows(question).stream()
        .map(row -> row.substring(row.lastIndexOf('\t') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
