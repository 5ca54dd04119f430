package io.github.auditstream.connect.office365.event;

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
  private record Slot(String name, Field store, ValueReader reader) {}

  private final Schema schema;
  private final Field additional;
  private final NameTable<Slot> slots;
  private final int structBytes;

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
    Map<String, Slot> byName = new HashMap<>();
    for (Field field : schema.fields()) {
      if (!field.equals(map) && !ours.contains(field.name())) {
        ValueReader reader = ValueReader.of(field.schema());
        byName.put(field.name(), new Slot(field.name(), nameless(field), reader));
      }
    }
    this.slots = new NameTable<>(byName);
    this.structBytes = HeapMeter.structBytes(schema.fields().size());
  }

  /** A field to put by, which spares the Struct the making of a text from the name at every put. */
  static Field nameless(Field field) {
    return new Field(null, field.index(), field.schema());
  }

  @Override
  public @Nullable Struct begin(JsonCursor cursor) {
    if (cursor.first() != '{') {
      return null;
    }
    cursor.heap().add(structBytes);
    return new Struct(schema);
  }

  @Override
  public boolean fill(Object begun, JsonCursor cursor) throws UnmappableEventException {
    Struct struct = (Struct) begun;
    Leftovers leftovers = null;
    cursor.enter();
    for (boolean first = true; cursor.nextProperty(first); first = false) {
      int start = cursor.position();
      Slot slot = cursor.lookUp(slots);
      String name = slot == null ? cursor.propertyName() : slot.name();
      boolean taken = slot != null && struct.get(slot.store()) != null;
      if (slot != null
          && !taken
          && (leftovers == null || leftovers.lacks(name))
          && put(struct, slot, cursor)) {
        continue;
      }
      if (cursor.position() == start) {
        cursor.skip();
      }
      if (leftovers == null) {
        leftovers = new Leftovers();
        cursor.heap().addMap();
        struct.put(additional, leftovers.texts);
      }
      leftovers.add(name, taken, cursor, cursor.cut(start));
      cursor.heap().check();
    }
    return true;
  }

  private static boolean put(Struct struct, Slot slot, JsonCursor cursor)
      throws UnmappableEventException {
    Object value = slot.reader().begin(cursor);
    if (value == null) {
      return false;
    }
    struct.put(slot.store(), value);
    if (slot.reader().fill(value, cursor)) {
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
    void add(String name, boolean taken, JsonCursor cursor, String json) {
      boolean marked = PropertyKey.needsMark(name, cursor.maybeSurrogates());
      String key = name;
      if (taken || marked || texts.containsKey(name)) {
        if (occurrences == null) {
          occurrences = new HashMap<>();
        }
        int occurrence = occurrences.merge(name, marked ? 1 : 2, (seen, first) -> seen + 1);
        key = PropertyKey.marked(name, occurrence);
        cursor.heap().addText(key.length());
        // Of the occurrences, too, while the object is read.
        cursor.heap().addEntry();
      }
      cursor.heap().addEntry();
      texts.put(key, json);
    }
  }
}
