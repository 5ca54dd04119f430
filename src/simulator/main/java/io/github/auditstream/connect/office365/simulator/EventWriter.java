package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes up an event of a record type from its schema. For one thread. */
final class EventWriter {
  private static final Set<String> OWN = Set.of("AdditionalProperties", "ContentBlob");
  private static final Set<String> ALWAYS =
      Set.of(
          "Id",
          "RecordType",
          "CreationTime",
          "Operation",
          "OrganizationId",
          "UserType",
          "UserKey",
          "UserId",
          "Version");

  /** Properties that an event of mean size has beside those that each has. */
  private static final int WANTED_PROPERTIES = 26;

  private static final int DEEPEST = 3;

  private final SplittableRandom random;
  private final PlausibleValues values;

  EventWriter(SplittableRandom random) {
    this.random = random;
    this.values = new PlausibleValues(random);
  }

  Map<String, Object> event(RecordTypeCatalog.RecordType type) {
    double share = Math.min(0.9, (double) WANTED_PROPERTIES / type.fields().size());
    Map<String, Object> event = new LinkedHashMap<>();
    type.fields()
        .forEach(
            (name, avro) -> {
              if (OWN.contains(name) || name.equals("Workload")) {
                return;
              }
              if (ALWAYS.contains(name) || random.nextDouble() < share) {
                event.put(name, topLevel(name, avro, type));
              }
            });
    if (!type.workload().isEmpty()) {
      event.put("Workload", type.workload());
    }
    return event;
  }

  private Object topLevel(String name, JsonNode avro, RecordTypeCatalog.RecordType type) {
    return switch (name) {
      case "RecordType" -> type.value();
      case "Operation" -> values.operation(type.name());
      case "UserType" -> random.nextInt(7);
      case "Version" -> 1;
      default -> value(name, avro, type.namedTypes(), 0);
    };
  }

  private Object value(String name, JsonNode avro, Map<String, JsonNode> named, int depth) {
    JsonNode type = resolved(avro, named);
    if (!type.isObject()) {
      return scalar(name, type.asText());
    }
    return switch (type.path("type").asText()) {
      case "record" -> struct(type, named, depth);
      case "array" -> list(name, type.path("items"), named, depth);
      case "map" -> Map.of("Key" + random.nextInt(10), values.words(2));
      default -> scalar(name, type.path("type").asText());
    };
  }

  /** The type behind the union with null and behind a name. */
  private static JsonNode resolved(JsonNode avro, Map<String, JsonNode> named) {
    JsonNode type = avro;
    if (type.isArray()) {
      for (JsonNode branch : avro) {
        if (!branch.asText().equals("null")) {
          type = branch;
        }
      }
    }
    JsonNode known = type.isTextual() ? named.get(type.asText()) : null;
    return known == null ? type : known;
  }

  private Map<String, Object> struct(JsonNode record, Map<String, JsonNode> named, int depth) {
    Map<String, Object> struct = new LinkedHashMap<>();
    List<JsonNode> fields = new ArrayList<>();
    record.path("fields").forEach(fields::add);
    double share = depth >= DEEPEST ? 0.2 : Math.min(0.9, 5.0 / fields.size());
    for (JsonNode field : fields) {
      String name = field.path("name").asText();
      boolean pair = name.equals("Name") || name.equals("Value") || name.equals("ID");
      if (!OWN.contains(name) && (pair || random.nextDouble() < share)) {
        struct.put(name, value(name, field.path("type"), named, depth + 1));
      }
    }
    return struct;
  }

  private List<Object> list(String name, JsonNode items, Map<String, JsonNode> named, int depth) {
    int size = depth >= DEEPEST ? 1 : 1 + random.nextInt(2);
    List<Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(value(name, items, named, depth + 1));
    }
    return list;
  }

  private Object scalar(String name, String type) {
    return switch (type) {
      case "boolean" -> random.nextBoolean();
      case "int" -> random.nextInt(10);
      case "long" -> random.nextLong(1L << 33);
      case "float", "double" -> random.nextInt(10_000) / 100.0;
      default -> values.text(name);
    };
  }
}
