package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Avro schema file into a Connect schema, as far as this connector's own files go: records
 * of optional and required fields over string, int, long, double, boolean, bytes, array, map and
 * records named earlier in the file. Anything else is refused.
 *
 * <p>An optional field is written {@code ["null", T]} with {@code "default": null} and becomes an
 * optional Connect schema without a default. Docs become the Connect schema's doc and the
 * parameters that Confluent's Avro converter turns back into Avro docs.
 */
public final class AvscReader {

  // The names that AvroData of Confluent's converter (7.0.16 was read) looks up in a struct schema.
  static final String RECORD_DOC = "io.confluent.connect.avro.record.doc";
  static final String FIELD_DOC_PREFIX = "io.confluent.connect.avro.field.doc.";

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> RECORD_KEYS =
      Set.of("type", "name", "namespace", "doc", "fields");
  private static final Set<String> FIELD_KEYS = Set.of("name", "type", "default", "doc");

  private final String resource;
  private final Map<String, RecordSchemas> records = new HashMap<>();

  private record RecordSchemas(Schema required, Schema optional) {}

  private AvscReader(String resource) {
    this.resource = resource;
  }

  /**
   * Reads one file, whose top must be a record.
   *
   * @param avsc the file's bytes; not closed
   * @param resource the file's name, for error messages
   * @return the record's schema, required
   * @throws IllegalArgumentException if the file is not JSON or holds what is not supported
   * @throws IOException if the stream fails
   */
  public static Schema read(InputStream avsc, String resource) throws IOException {
    AvscReader reader = new AvscReader(resource);
    return reader.type(reader.tree(avsc), "", "the file", false);
  }

  private Schema type(@Nullable Object type, String namespace, String where, boolean optional) {
    if (type instanceof String name) {
      return named(name, namespace, where, optional);
    }
    if (!(type instanceof Map<?, ?> definition)) {
      throw refuse(where, "has a type that is neither a name nor a definition");
    }
    Object kind = definition.get("type");
    if ("record".equals(kind)) {
      return record(definition, namespace, where, optional);
    }
    if ("array".equals(kind)) {
      onlyKeys(definition, Set.of("type", "items"), where);
      SchemaBuilder array =
          SchemaBuilder.array(type(definition.get("items"), namespace, where, false));
      return optional ? array.optional().build() : array.build();
    }
    if ("map".equals(kind)) {
      onlyKeys(definition, Set.of("type", "values"), where);
      SchemaBuilder map =
          SchemaBuilder.map(
              Schema.STRING_SCHEMA, type(definition.get("values"), namespace, where, false));
      return optional ? map.optional().build() : map.build();
    }
    throw refuse(where, "has the type " + kind + ", which is not supported");
  }

  private Schema named(String name, String namespace, String where, boolean optional) {
    return switch (name) {
      case "string" -> optional ? Schema.OPTIONAL_STRING_SCHEMA : Schema.STRING_SCHEMA;
      case "int" -> optional ? Schema.OPTIONAL_INT32_SCHEMA : Schema.INT32_SCHEMA;
      case "long" -> optional ? Schema.OPTIONAL_INT64_SCHEMA : Schema.INT64_SCHEMA;
      case "double" -> optional ? Schema.OPTIONAL_FLOAT64_SCHEMA : Schema.FLOAT64_SCHEMA;
      case "boolean" -> optional ? Schema.OPTIONAL_BOOLEAN_SCHEMA : Schema.BOOLEAN_SCHEMA;
      case "bytes" -> optional ? Schema.OPTIONAL_BYTES_SCHEMA : Schema.BYTES_SCHEMA;
      default -> {
        RecordSchemas known = records.get(fullName(name, namespace));
        if (known == null) {
          throw refuse(
              where,
              "has the type "
                  + name
                  + ", which is neither a supported primitive nor a record that ends before it");
        }
        yield optional ? known.optional() : known.required();
      }
    };
  }

  private Schema record(Map<?, ?> definition, String outer, String where, boolean optional) {
    onlyKeys(definition, RECORD_KEYS, where);
    String namespace =
        definition.containsKey("namespace") ? text(definition, "namespace", where) : outer;
    String name = fullName(text(definition, "name", where), namespace);
    if (!(definition.get("fields") instanceof List<?> fields)) {
      throw refuse("record " + name, "has no list of fields");
    }
    SchemaBuilder required = SchemaBuilder.struct().name(name);
    SchemaBuilder nullable = SchemaBuilder.struct().name(name).optional();
    if (definition.containsKey("doc")) {
      String doc = text(definition, "doc", where);
      required.doc(doc).parameter(RECORD_DOC, doc);
      nullable.doc(doc).parameter(RECORD_DOC, doc);
    }
    for (Object entry : fields) {
      if (!(entry instanceof Map<?, ?> field)) {
        throw refuse("record " + name, "has a field that is not an object");
      }
      String fieldName = text(field, "name", "a field of record " + name);
      String fieldWhere = "field " + fieldName + " of record " + name;
      onlyKeys(field, FIELD_KEYS, fieldWhere);
      Schema schema = fieldSchema(field, namespace, fieldWhere);
      required.field(fieldName, schema);
      nullable.field(fieldName, schema);
      if (field.containsKey("doc")) {
        String doc = text(field, "doc", fieldWhere);
        required.parameter(FIELD_DOC_PREFIX + fieldName, doc);
        nullable.parameter(FIELD_DOC_PREFIX + fieldName, doc);
      }
    }
    RecordSchemas schemas = new RecordSchemas(required.build(), nullable.build());
    if (records.put(name, schemas) != null) {
      throw refuse("record " + name, "is defined twice");
    }
    return optional ? schemas.optional() : schemas.required();
  }

  private Schema fieldSchema(Map<?, ?> field, String namespace, String where) {
    if (field.get("type") instanceof List<?> union) {
      if (union.size() != 2 || !"null".equals(union.get(0))) {
        throw refuse(where, "is a union other than [\"null\", type]");
      }
      if (!field.containsKey("default") || field.get("default") != null) {
        throw refuse(where, "is optional and needs \"default\": null");
      }
      return type(union.get(1), namespace, where, true);
    }
    if (field.containsKey("default")) {
      throw refuse(where, "has a default, which only optional fields may have, and only null");
    }
    return type(field.get("type"), namespace, where, false);
  }

  private static String fullName(String name, String namespace) {
    return name.indexOf('.') >= 0 || namespace.isEmpty() ? name : namespace + "." + name;
  }

  private String text(Map<?, ?> map, String key, String where) {
    if (map.get(key) instanceof String text) {
      return text;
    }
    throw refuse(where, "needs a text as \"" + key + "\"");
  }

  private void onlyKeys(Map<?, ?> map, Set<String> keys, String where) {
    for (Object key : map.keySet()) {
      if (!keys.contains(key)) {
        throw refuse(where, "has \"" + key + "\", which is not supported");
      }
    }
  }

  private IllegalArgumentException refuse(String where, String what) {
    return new IllegalArgumentException("Schema file " + resource + ": " + where + " " + what);
  }

  private @Nullable Object tree(InputStream avsc) throws IOException {
    try (JsonParser parser = JSON.createParser(avsc)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      Object tree = parser.nextToken() == null ? null : value(parser);
      if (parser.nextToken() != null) {
        throw refuse("the file", "goes on after its end");
      }
      return tree;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException("Schema file " + resource + " is not JSON", e);
    }
  }

  private @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> null;
      default ->
          throw refuse("the file", "holds a number or a truth value, which no supported part has");
    };
  }
}
