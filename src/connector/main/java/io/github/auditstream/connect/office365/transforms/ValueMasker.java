package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.PropertyKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Masks the fields on a set of paths within a value. A value on which nothing was masked comes back
 * as the same object; one that is changed is a copy.
 *
 * <p>{@code AdditionalProperties} are passed over by paths: they hold the JSON text of properties
 * that had not their documented type, at the place where the field would have been. What cannot be
 * read there goes, rather than stay unmasked.
 *
 * <p>Not thread-safe.
 */
final class ValueMasker {

  /** Stands for a value that is to go. */
  private static final Object GONE = new Object();

  /** Fields that no path names, since they stand for the struct that they are in. */
  static final Set<String> PASSED_OVER = Set.of(EventSchemas.ADDITIONAL_PROPERTIES);

  private static final int MAX_SCHEMAS = 256;

  private final Mask mask;
  private final JsonMasker json;
  private final FieldPaths.State top;
  private final IdentityHashMap<FieldPaths.State, IdentityHashMap<Schema, List<Step>>> steps =
      new IdentityHashMap<>();

  /** A field of a struct that is on a path, or above one. */
  private record Step(Field field, FieldPaths.State at) {}

  ValueMasker(FieldPaths.State top, Mask mask) {
    this.top = top;
    this.mask = mask;
    this.json = new JsonMasker(mask);
  }

  /** The value of a record, masked: a struct, a map, a list or a JSON text; others as they are. */
  @Nullable Object value(@Nullable Object value, @Nullable Schema schema) {
    Object left = below(value, schema, top, false);
    return left == GONE ? empty(schema) : left;
  }

  private @Nullable Object below(
      @Nullable Object value, @Nullable Schema schema, FieldPaths.State at, boolean jsonTexts) {
    if (value == null || at.dead()) {
      return value;
    }
    if (value instanceof Struct struct) {
      return goes(at) ? GONE : struct(struct, at);
    }
    if (value instanceof Map<?, ?> map) {
      return goes(at) ? GONE : map(map, valueSchema(schema), at, jsonTexts);
    }
    if (value instanceof List<?> list) {
      return goes(at) ? GONE : list(list, valueSchema(schema), at);
    }
    if (value instanceof String text) {
      return text(text, at, jsonTexts);
    }
    return at.hit() ? GONE : value;
  }

  private boolean goes(FieldPaths.State at) {
    return at.hit() && mask instanceof Mask.Remove;
  }

  private Object text(String text, FieldPaths.State at, boolean jsonTexts) {
    String left;
    if (jsonTexts) {
      try {
        left = json.value(text, at);
      } catch (IOException e) {
        left = null;
      }
    } else {
      left = at.hit() ? mask.of(text) : json.text(text, at);
    }
    return left == null ? GONE : left;
  }

  private Struct struct(Struct struct, FieldPaths.State at) {
    Struct copy = null;
    for (Step step : steps(struct.schema(), at)) {
      Field field = step.field();
      Object value = struct.getWithoutDefault(field.name());
      Object left = below(value, field.schema(), step.at(), isAdditional(field.name(), value));
      if (left == value) {
        continue;
      }
      if (copy == null) {
        copy = copy(struct);
      }
      copy.put(field, left == GONE ? empty(field.schema()) : left);
    }
    return copy == null ? struct : copy;
  }

  private static Struct copy(Struct struct) {
    Struct copy = new Struct(struct.schema());
    for (Field field : struct.schema().fields()) {
      Object value = struct.getWithoutDefault(field.name());
      if (value != null) {
        copy.put(field, value);
      }
    }
    return copy;
  }

  private List<Step> steps(Schema schema, FieldPaths.State at) {
    IdentityHashMap<Schema, List<Step>> ofState =
        steps.computeIfAbsent(at, any -> new IdentityHashMap<>());
    List<Step> known = ofState.get(schema);
    if (known != null) {
      return known;
    }
    if (ofState.size() == MAX_SCHEMAS) {
      ofState.clear();
    }
    List<Step> found = new ArrayList<>();
    for (Field field : schema.fields()) {
      boolean holds =
          switch (field.schema().type()) {
            case STRUCT, MAP, ARRAY, STRING -> true;
            default -> false;
          };
      FieldPaths.State next = next(at, field.name(), field.schema().type() == Schema.Type.MAP);
      if (next.hit() || (holds && !next.dead())) {
        found.add(new Step(field, next));
      }
    }
    ofState.put(schema, found);
    return found;
  }

  /** The state at a field, which is the one above it if paths pass over the field. */
  private static FieldPaths.State next(FieldPaths.State at, String name, boolean isMap) {
    if (at.hit()) {
      return at;
    }
    FieldPaths.State next = at.next(name);
    return isMap && name.equals(EventSchemas.ADDITIONAL_PROPERTIES) && !next.hit() ? at : next;
  }

  private static boolean isAdditional(String name, @Nullable Object value) {
    return name.equals(EventSchemas.ADDITIONAL_PROPERTIES) && value instanceof Map;
  }

  private Map<?, ?> map(
      Map<?, ?> map, @Nullable Schema values, FieldPaths.State at, boolean jsonTexts) {
    Map<Object, @Nullable Object> copy = null;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      if (value == null || !(entry.getKey() instanceof String key)) {
        continue;
      }
      boolean additional = isAdditional(key, value);
      FieldPaths.State next = next(at, jsonTexts ? PropertyKey.name(key) : key, additional);
      Object left = below(value, values, next, jsonTexts || additional);
      if (left == value) {
        continue;
      }
      if (copy == null) {
        copy = new LinkedHashMap<>(map);
      }
      if (left == GONE) {
        copy.remove(key);
      } else {
        copy.put(key, left);
      }
    }
    return copy == null ? map : copy;
  }

  private List<?> list(List<?> list, @Nullable Schema elements, FieldPaths.State at) {
    List<@Nullable Object> copy = null;
    for (int i = 0; i < list.size(); i++) {
      Object value = list.get(i);
      Object left = below(value, elements, at, false);
      if (left == value) {
        continue;
      }
      if (copy == null) {
        copy = new ArrayList<>(list);
      }
      copy.set(i, left == GONE ? empty(elements) : left);
    }
    return copy == null ? list : copy;
  }

  private static @Nullable Schema valueSchema(@Nullable Schema schema) {
    return schema != null
            && (schema.type() == Schema.Type.MAP || schema.type() == Schema.Type.ARRAY)
        ? schema.valueSchema()
        : null;
  }

  /** What is left of a value that goes: null or, where the schema wants a value, an empty one. */
  private static @Nullable Object empty(@Nullable Schema schema) {
    if (schema == null || schema.isOptional()) {
      return null;
    }
    Object logical = emptyLogical(schema);
    if (logical != null) {
      return logical;
    }
    return switch (schema.type()) {
      case INT8 -> (byte) 0;
      case INT16 -> (short) 0;
      case INT32 -> 0;
      case INT64 -> 0L;
      case FLOAT32 -> 0f;
      case FLOAT64 -> 0d;
      case BOOLEAN -> false;
      case STRING -> "";
      case BYTES -> new byte[0];
      case ARRAY -> List.of();
      case MAP -> Map.of();
      case STRUCT -> emptyStruct(schema);
    };
  }

  private static @Nullable Object emptyLogical(Schema schema) {
    return switch (String.valueOf(schema.name())) {
      case Decimal.LOGICAL_NAME -> Decimal.toLogical(schema, new byte[1]);
      case Date.LOGICAL_NAME -> Date.toLogical(schema, 0);
      case Time.LOGICAL_NAME -> Time.toLogical(schema, 0);
      case Timestamp.LOGICAL_NAME -> Timestamp.toLogical(schema, 0L);
      default -> null;
    };
  }

  private static Struct emptyStruct(Schema schema) {
    Struct empty = new Struct(schema);
    for (Field field : schema.fields()) {
      if (!field.schema().isOptional()) {
        empty.put(field, empty(field.schema()));
      }
    }
    return empty;
  }
}
