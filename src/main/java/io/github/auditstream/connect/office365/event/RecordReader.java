package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object into a struct. What the schema has no place for goes into the struct's own
 * {@code AdditionalProperties}, so an object always fits.
 */
final class RecordReader implements ValueReader {

  private record Slot(Field field, ValueReader reader) {}

  private final Schema schema;
  private final Field additional;
  private final Map<String, Slot> slots = new HashMap<>();

  RecordReader(Schema schema) {
    this(schema, Set.of());
  }

  /**
   * A reader.
   *
   * @param ours fields that no property of the event may fill
   */
  RecordReader(Schema schema, Set<String> ours) {
    this.schema = schema;
    this.additional = schema.field(EventSchemas.ADDITIONAL_PROPERTIES);
    if (additional == null || additional.schema().type() != Schema.Type.MAP) {
      throw new IllegalArgumentException(
          "Record " + schema.name() + " lacks the map " + EventSchemas.ADDITIONAL_PROPERTIES);
    }
    for (Field field : schema.fields()) {
      if (field.index() != additional.index() && !ours.contains(field.name())) {
        slots.put(field.name(), new Slot(field, ValueReader.of(field.schema())));
      }
    }
  }

  @Override
  public @Nullable Struct read(EventParse event, JsonToken token) throws IOException {
    return token == JsonToken.START_OBJECT ? object(event) : null;
  }

  /** Reads the object whose opening brace is the current token. */
  Struct object(EventParse event) throws IOException {
    JsonParser parser = event.parser();
    Struct struct = new Struct(schema);
    Leftovers leftovers = null;
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken token = parser.nextToken();
      Slot slot = slots.get(name);
      boolean taken = slot != null && struct.get(slot.field()) != null;
      if (slot != null && !taken && (leftovers == null || leftovers.lacks(name))) {
        Object value = slot.reader().read(event, token);
        if (value != null) {
          struct.put(slot.field(), value);
          continue;
        }
      }
      if (leftovers == null) {
        leftovers = new Leftovers();
      }
      leftovers.add(name, taken, event, token);
    }
    if (leftovers != null) {
      struct.put(additional, leftovers.texts);
    }
    return struct;
  }

  private static final class Leftovers {

    private final Map<String, String> texts = new LinkedHashMap<>();
    private @Nullable Map<String, Integer> occurrences;

    boolean lacks(String name) {
      return !texts.containsKey(name);
    }

    /**
     * Takes the current value.
     *
     * @param taken whether the struct holds a property of this name
     */
    void add(String name, boolean taken, EventParse event, JsonToken token) throws IOException {
      String key = name;
      if (taken
          || texts.containsKey(name)
          || PropertyKey.needsMark(name, event.maybeSurrogates())) {
        boolean marked = PropertyKey.needsMark(name, event.maybeSurrogates());
        if (occurrences == null) {
          occurrences = new HashMap<>();
        }
        int occurrence = occurrences.merge(name, marked ? 1 : 2, (seen, first) -> seen + 1);
        key = PropertyKey.marked(name, occurrence);
      }
      texts.put(key, event.misfit(token));
    }
  }
}
