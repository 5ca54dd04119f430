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

  /**
   * Where a property goes.
   *
   * @param store what {@link #nameless} made of the schema's field
   */
  private record Slot(Field store, ValueReader reader) {}

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
    Field map = schema.field(EventSchemas.ADDITIONAL_PROPERTIES);
    if (map == null || map.schema().type() != Schema.Type.MAP) {
      throw new IllegalArgumentException(
          "Record " + schema.name() + " lacks the map " + EventSchemas.ADDITIONAL_PROPERTIES);
    }
    this.additional = nameless(map);
    for (Field field : schema.fields()) {
      if (!field.equals(map) && !ours.contains(field.name())) {
        slots.put(field.name(), new Slot(nameless(field), ValueReader.of(field.schema())));
      }
    }
  }

  /** A field to put by, which spares the Struct the making of a text from the name at every put. */
  static Field nameless(Field field) {
    return new Field(null, field.index(), field.schema());
  }

  @Override
  public @Nullable Struct begin(EventParse event, JsonToken token) {
    return token == JsonToken.START_OBJECT ? new Struct(schema) : null;
  }

  @Override
  public boolean fill(Object begun, EventParse event) throws IOException {
    fill((Struct) begun, event);
    return true;
  }

  /** Reads the object whose opening brace is the current token. */
  Struct read(EventParse event) throws IOException {
    Struct struct = new Struct(schema);
    fill(struct, event);
    return struct;
  }

  private void fill(Struct struct, EventParse event) throws IOException {
    JsonParser parser = event.parser();
    Leftovers leftovers = null;
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken token = parser.nextToken();
      Slot slot = slots.get(name);
      boolean taken = slot != null && struct.get(slot.store()) != null;
      if (slot != null
          && !taken
          && (leftovers == null || leftovers.lacks(name))
          && put(struct, slot, event, token)) {
        continue;
      }
      if (leftovers == null) {
        leftovers = new Leftovers();
        struct.put(additional, leftovers.texts);
      }
      leftovers.add(name, taken, event, token);
    }
  }

  private static boolean put(Struct struct, Slot slot, EventParse event, JsonToken token)
      throws IOException {
    Object value = slot.reader().begin(event, token);
    if (value == null) {
      return false;
    }
    struct.put(slot.store(), value);
    if (slot.reader().fill(value, event)) {
      return true;
    }
    struct.put(slot.store(), null);
    return false;
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
