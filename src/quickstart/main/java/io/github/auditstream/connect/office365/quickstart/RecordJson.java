package io.github.auditstream.connect.office365.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A decoded record as a person reads it: fields without a value left out, long ones shortened. */
final class RecordJson {
  private static final int MAX_TEXT = 60;
  private static final int MAX_ELEMENTS = 2;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .build()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private RecordJson() {}

  /** At most that many lines; the last but one says how many more there are. */
  static List<String> lines(Struct value, int maxLines) {
    List<String> lines = new ArrayList<>(text(value).lines().toList());
    int kept = maxLines - 2;
    int last = lines.size() - 1;
    if (lines.size() > maxLines) {
      lines.subList(kept, last).clear();
      lines.add(kept, "  ... " + (last - kept) + " more lines");
    }
    return lines;
  }

  private static String text(Struct value) {
    try {
      return WRITER.writeValueAsString(node(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes cannot be written", e);
    }
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Struct struct) {
      return object(struct);
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, entry) -> object.set(String.valueOf(key), node(entry)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.stream().limit(MAX_ELEMENTS).forEach(element -> array.add(node(element)));
      if (list.size() > MAX_ELEMENTS) {
        array.add("... " + (list.size() - MAX_ELEMENTS) + " more");
      }
      return array;
    }
    return leaf(value);
  }

  private static JsonNode object(Struct struct) {
    ObjectNode object = NODES.objectNode();
    for (Field field : struct.schema().fields()) {
      Object value = struct.get(field);
      boolean empty = value instanceof Map<?, ?> map && map.isEmpty();
      if (value != null && !empty) {
        object.set(field.name(), node(value));
      }
    }
    return object;
  }

  private static JsonNode leaf(Object value) {
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Double || value instanceof Float) {
      return NODES.numberNode(((Number) value).doubleValue());
    }
    if (value instanceof Number number) {
      return NODES.numberNode(number.longValue());
    }
    if (value instanceof ByteBuffer bytes) {
      return NODES.textNode(bytes.remaining() + " bytes");
    }
    return NODES.textNode(TopicTable.shortened(String.valueOf(value), MAX_TEXT));
  }
}
