package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private final int structBytes;

  private RecordReader(Schema schema, boolean event) {
    this.schema = schema;
    Field map = schema.field(EventSchemas.ADDITIONAL_PROPERTIES);
    if (map == null || map.schema().type() != Schema.Type.MAP) {
      throw new IllegalArgumentException(
          "Record " + schema.name() + " lacks the map " + EventSchemas.ADDITIONAL_PROPERTIES);
    }
    this.additional = nameless(map);
    for (Field field : schema.fields()) {
      // The connector's own, which no property of the event may fill.
      boolean ours = field.equals(map) || (event && field.name().equals(EventSchemas.CONTENT_BLOB));
      if (!ours) {
        ValueReader reader =
            event && field.name().equals(EventSchemas.WORKLOAD)
                ? EventTokens::workload
                : ValueReader.of(field.schema());
        slots.put(field.name(), new Slot(nameless(field), reader));
      }
    }
    this.structBytes = HeapMeter.structBytes(schema.fields().size());
  }

  /** A reader of events, which knows their route. */
  static RecordReader ofEvent(Schema schema) {
    return new RecordReader(schema, true);
  }

  /** A reader of objects inside of events. */
  static RecordReader ofObject(Schema schema) {
    return new RecordReader(schema, false);
  }

  /** A field to put by, which spares the Struct the making of a text from the name at every put. */
  static Field nameless(Field field) {
    return new Field(null, field.index(), field.schema());
  }

  @Override
  public @Nullable Struct begin(EventTokens tokens) {
    if (tokens.current() != JsonToken.START_OBJECT) {
      return null;
    }
    tokens.heap().add(structBytes);
    return new Struct(schema);
  }

  @Override
  public boolean fill(Object begun, EventTokens tokens) throws IOException, LargeEventException {
    Struct struct = (Struct) begun;
    Leftovers leftovers = null;
    JsonToken token = tokens.next();
    while (token == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      Slot slot = slots.get(name);
      boolean taken = slot != null && struct.get(slot.store()) != null;
      // An array that does not fit has been read to its end by then.
      int arrayStart = tokens.next() == JsonToken.START_ARRAY ? tokens.position() : -1;
      if (slot != null
          && !taken
          && (leftovers == null || leftovers.lacks(name))
          && put(struct, slot, tokens)) {
        token = tokens.next();
        continue;
      }
      int start = arrayStart < 0 ? tokens.position() : arrayStart;
      tokens.skip();
      token = tokens.next();
      if (leftovers == null) {
        leftovers = new Leftovers();
        tokens.heap().addMap();
        struct.put(additional, leftovers.texts);
      }
      if (slot == null) {
        tokens.count(name);
      }
      leftovers.add(name, taken, tokens, tokens.cut(start));
      tokens.heap().check();
    }
    return true;
  }

  private static boolean put(Struct struct, Slot slot, EventTokens tokens)
      throws IOException, LargeEventException {
    Object value = slot.reader().begin(tokens);
    if (value == null) {
      return false;
    }
    struct.put(slot.store(), value);
    if (slot.reader().fill(value, tokens)) {
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
     * Takes a property.
     *
     * @param taken whether the struct holds a property of this name
     */
    void add(String name, boolean taken, EventTokens tokens, String json) {
      boolean marked = PropertyKey.needsMark(name, tokens.exact());
      String key = name;
      if (taken || marked || texts.containsKey(name)) {
        if (occurrences == null) {
          occurrences = new HashMap<>();
        }
        int occurrence = occurrences.merge(name, marked ? 1 : 2, (seen, first) -> seen + 1);
        key = PropertyKey.marked(name, occurrence);
        tokens.count(key);
        // Of the occurrences, too, while the object is read.
        tokens.heap().addEntry();
      }
      tokens.heap().addEntry();
      texts.put(key, json);
    }
  }
}
