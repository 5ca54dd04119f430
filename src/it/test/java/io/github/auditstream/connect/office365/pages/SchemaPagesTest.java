package io.github.auditstream.connect.office365.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.fixtures.GeneratedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/schemas} has a page for each topic, which says what its schema says. */
class SchemaPagesTest {
  private static final Path OVERVIEW = Pages.doc("topics-and-schemas.md");

  /** The schema files by the name of the page. */
  private static Map<String, Path> schemas() {
    Map<String, Path> schemas = new LinkedHashMap<>();
    Workloads.all().stream()
        .map(Workload::topicSuffix)
        .sorted()
        .forEach(name -> schemas.put(name, Path.of(name + ".avsc")));
    for (String own : List.of("receipts", "status", "deadletter", "history")) {
      schemas.put(own, Path.of("connector", own + ".avsc"));
    }
    return schemas;
  }

  @Test
  void everyPageIsWhatItsSchemaSays() throws Exception {
    for (Map.Entry<String, Path> schema : schemas().entrySet()) {
      GeneratedText.assertPage(
          SchemaPage.PAGES.resolve(schema.getKey() + ".md"),
          SchemaPage.of(schema.getValue()).markdown("office365." + schema.getKey()));
    }
  }

  @Test
  void theOverviewHasEveryTopic() throws Exception {
    StringBuilder table = new StringBuilder("| Topic | Fields | What is in it |\n|---|---|---|\n");
    for (Map.Entry<String, Path> schema : schemas().entrySet()) {
      SchemaPage page = SchemaPage.of(schema.getValue());
      table
          .append("| [`office365.")
          .append(schema.getKey())
          .append("`](schemas/")
          .append(schema.getKey())
          .append(".md) | ")
          .append(page.fields())
          .append(" | ")
          .append(GeneratedText.cell(page.meaning()))
          .append(" |\n");
    }
    GeneratedText.assertPart(OVERVIEW, "topics", table.toString());
  }

  @Test
  void thereIsNoPageWithoutASchemaAndNoSchemaWithoutAPage() throws Exception {
    assertThat(names(SchemaPage.PAGES, ".md"))
        .containsExactlyInAnyOrderElementsOf(schemas().keySet());
    assertThat(names(SchemaPage.SCHEMAS, ".avsc"))
        .containsExactlyInAnyOrderElementsOf(schemas().keySet());
  }

  private static List<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .toList();
    }
  }
}
