package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The record types that have a schema, with their fields. What a field is comes from the same
 * {@code .avsc} files that the connector reads.
 */
final class RecordTypeCatalog {
  private static final String SCHEMAS = "/io/github/auditstream/connect/office365/schemas/";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * A record type.
   *
   * @param workload as its events write it; empty text where Microsoft does not say
   * @param fields field name to its Avro type, in the order of the catalogue
   */
  record RecordType(
      int value,
      String name,
      String workload,
      ContentType contentType,
      Map<String, JsonNode> fields,
      Map<String, JsonNode> namedTypes) {}

  private record SchemaFile(Map<String, JsonNode> fields, Map<String, JsonNode> namedTypes) {}

  private final List<RecordType> all = new ArrayList<>();
  private final Map<String, SchemaFile> files = new HashMap<>();

  private RecordTypeCatalog() {}

  static RecordTypeCatalog load() {
    RecordTypeCatalog catalog = new RecordTypeCatalog();
    for (JsonNode entry :
        read("/io/github/auditstream/connect/office365/simulator/record-types.json")) {
      catalog.add(entry);
    }
    return catalog;
  }

  List<RecordType> all() {
    return List.copyOf(all);
  }

  List<RecordType> of(ContentType contentType) {
    return all.stream().filter(type -> type.contentType() == contentType).toList();
  }

  private void add(JsonNode entry) {
    SchemaFile file = files.computeIfAbsent(entry.path("schemaFile").asText(), this::readSchema);
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (JsonNode name : entry.path("fields")) {
      // The general schema has the common fields alone: what a record type has beside them comes as
      // text, and is additional for whoever reads it.
      JsonNode type = file.fields().getOrDefault(name.asText(), TextNode.valueOf("string"));
      fields.put(name.asText(), type);
    }
    all.add(
        new RecordType(
            entry.path("value").asInt(),
            entry.path("name").asText(),
            entry.path("workload").asText(""),
            ContentType.find(entry.path("contentType").asText()).orElseThrow(),
            fields,
            file.namedTypes()));
  }

  private SchemaFile readSchema(String file) {
    JsonNode record = read(SCHEMAS + file);
    Map<String, JsonNode> named = new HashMap<>();
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (JsonNode field : record.path("fields")) {
      fields.put(field.path("name").asText(), field.path("type"));
      collectNamed(field.path("type"), named);
    }
    return new SchemaFile(fields, named);
  }

  private static void collectNamed(JsonNode type, Map<String, JsonNode> named) {
    if (type.isArray()) {
      type.forEach(branch -> collectNamed(branch, named));
    } else if (type.isObject()) {
      switch (type.path("type").asText()) {
        case "record" -> {
          named.put(type.path("name").asText(), type);
          type.path("fields").forEach(field -> collectNamed(field.path("type"), named));
        }
        case "array" -> collectNamed(type.path("items"), named);
        case "map" -> collectNamed(type.path("values"), named);
        default -> collectNamed(type.path("type"), named);
      }
    }
  }

  private static JsonNode read(String resource) {
    try (InputStream in = RecordTypeCatalog.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + resource);
      }
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
