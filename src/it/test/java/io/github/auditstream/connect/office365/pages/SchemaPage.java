package io.github.auditstream.connect.office365.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.GeneratedText;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A topic's page, written from its Avro schema. */
final class SchemaPage {
  static final Path SCHEMAS =
      Repository.file("src/events/main/resources/io/github/auditstream/connect/office365/schemas");

  static final Path PAGES = Pages.doc("schemas");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TABLE = "| Field | Type | Meaning |\n|---|---|---|\n";

  private final Path file;
  private final JsonNode root;
  private final Map<String, JsonNode> records = new LinkedHashMap<>();

  private SchemaPage(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * @param file the {@code .avsc}, below {@link #SCHEMAS}
   */
  static SchemaPage of(Path file) throws IOException {
    return new SchemaPage(file, MAPPER.readTree(Files.readString(SCHEMAS.resolve(file))));
  }

  int fields() {
    return root.path("fields").size();
  }

  String meaning() {
    return root.path("doc").asText();
  }

  /**
   * The page.
   *
   * @param topic as it is called without a setting
   */
  String markdown(String topic) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append('`').append(topic).append("`\n\n");
    page.append(GeneratedText.cell(meaning())).append("\n\n");
    page.append("The value is a record `")
        .append(root.path("namespace").asText())
        .append('.')
        .append(root.path("name").asText())
        .append("` with ")
        .append(fields())
        .append(" fields, written here from [its schema](")
        .append(PAGES.relativize(SCHEMAS.resolve(file)).toString().replace('\\', '/'))
        .append("). See [topics and schemas](../topics-and-schemas.md) for keys, headers and how\n")
        .append("schemas change.\n\n");
    appendTable(page, root);
    for (int done = 0; done < records.size(); done++) {
      String name = records.keySet().stream().skip(done).findFirst().orElseThrow();
      JsonNode record = records.get(name);
      page.append("\n## ").append(name).append("\n\n");
      if (record.hasNonNull("doc")) {
        page.append(GeneratedText.cell(record.path("doc").asText())).append("\n\n");
      }
      appendTable(page, record);
    }
    return page.toString();
  }

  private void appendTable(StringBuilder page, JsonNode record) {
    page.append(TABLE);
    for (JsonNode field : record.path("fields")) {
      page.append("| `")
          .append(field.path("name").asText())
          .append("` | ")
          .append(type(field.path("type")))
          .append(" | ")
          .append(GeneratedText.cell(field.path("doc").asText()))
          .append(" |\n");
    }
  }

  private String type(JsonNode type) {
    if (type.isArray()) {
      for (JsonNode branch : type) {
        if (!branch.asText().equals("null")) {
          return type(branch);
        }
      }
      throw new IllegalStateException("a field that is only null");
    }
    if (type.isTextual()) {
      String name = type.asText();
      return records.containsKey(name) ? link(name) : name;
    }
    return switch (type.path("type").asText()) {
      case "record" -> {
        records.putIfAbsent(type.path("name").asText(), type);
        yield link(type.path("name").asText());
      }
      case "array" -> "list of " + type(type.path("items"));
      case "map" -> "map of " + type(type.path("values"));
      default -> throw new IllegalStateException("no words for " + type);
    };
  }

  private static String link(String name) {
    return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
  }
}
