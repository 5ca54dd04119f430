package io.github.auditstream.connect.office365.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the JSON text of an event, on one line: equal as JSON to what the API delivered,
 * though not in the same order and without its white space.
 *
 * <p>It goes by the Struct's own schema, so it also takes what a converter read back, under another
 * version of the schema, and what a transform made of it. Thread-safe.
 */
public final class AuditEventRestorer {

  private static final int INITIAL_CHARS = 2048;

  /**
   * The event's JSON text: everything but the connector's own {@code ContentBlob}.
   *
   * @throws DataException if a field has a type that JSON has no form for, bytes for example; the
   *     connector itself makes no such field
   */
  public String restore(Struct value) {
    StringBuilder json = new StringBuilder(INITIAL_CHARS);
    struct(json, value, true);
    return json.toString();
  }

  /**
   * The same for a map, which is what a converter without schemas makes of a record value.
   *
   * @throws DataException as for a Struct, and for a key that is no text
   */
  public String restore(Map<?, ?> value) {
    StringBuilder json = new StringBuilder(INITIAL_CHARS);
    map(json, value, true);
    return json.toString();
  }

  private static void struct(StringBuilder json, Struct struct, boolean outermost) {
    int start = json.length();
    Map<?, ?> additional = null;
    for (Field field : struct.schema().fields()) {
      // By the field is faster, but gives its default where it is not set.
      Object value =
          field.schema().defaultValue() == null
              ? struct.get(field)
              : struct.getWithoutDefault(field.name());
      if (value == null || (outermost && isContentBlob(field.name(), value))) {
        continue;
      }
      if (isAdditional(field.name(), value)) {
        additional = (Map<?, ?>) value;
        continue;
      }
      member(json, start, field.name());
      value(json, value, field.name());
    }
    close(json, start, additional);
  }

  private static void map(StringBuilder json, Map<?, ?> map, boolean outermost) {
    int start = json.length();
    Map<?, ?> additional = null;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = text(entry.getKey());
      Object value = entry.getValue();
      if (value == null || (outermost && isContentBlob(name, value))) {
        continue;
      }
      if (isAdditional(name, value)) {
        additional = (Map<?, ?>) value;
        continue;
      }
      member(json, start, name);
      value(json, value, name);
    }
    close(json, start, additional);
  }

  private static boolean isContentBlob(String name, Object value) {
    return name.equals(EventSchemas.CONTENT_BLOB)
        && (value instanceof Struct || value instanceof Map);
  }

  private static boolean isAdditional(String name, Object value) {
    return name.equals(EventSchemas.ADDITIONAL_PROPERTIES) && value instanceof Map;
  }

  private static void close(StringBuilder json, int start, @Nullable Map<?, ?> additional) {
    if (additional != null) {
      additional(json, start, additional);
    }
    if (json.length() == start) {
      json.append('{');
    }
    json.append('}');
  }

  private static void additional(StringBuilder json, int start, Map<?, ?> additional) {
    // A reader that keeps the last of several properties of one name must keep the same one.
    List<String> repeated = new ArrayList<>();
    for (Map.Entry<?, ?> entry : additional.entrySet()) {
      String key = text(entry.getKey());
      if (PropertyKey.occurrence(key) > 1) {
        repeated.add(key);
      } else {
        member(json, start, PropertyKey.name(key));
        onOneLine(json, text(entry.getValue()));
      }
    }
    repeated.sort(Comparator.comparingInt(PropertyKey::occurrence));
    for (String key : repeated) {
      member(json, start, PropertyKey.name(key));
      onOneLine(json, text(additional.get(key)));
    }
  }

  /** Line breaks stand between JSON's tokens only: within a text they are escaped. */
  private static void onOneLine(StringBuilder json, String value) {
    int start = json.length();
    json.append(value);
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      for (int i = start; i < json.length(); i++) {
        char each = json.charAt(i);
        if (each == '\n' || each == '\r') {
          json.setCharAt(i, ' ');
        }
      }
    }
  }

  private static void value(StringBuilder json, Object value, String where) {
    if (value instanceof String text) {
      JsonQuote.append(json, text);
    } else if (value instanceof Struct struct) {
      struct(json, struct, false);
    } else if (value instanceof List<?> list) {
      json.append('[');
      for (int i = 0; i < list.size(); i++) {
        if (i > 0) {
          json.append(',');
        }
        Object element = list.get(i);
        if (element == null) {
          json.append("null");
        } else {
          value(json, element, where);
        }
      }
      json.append(']');
    } else if (value instanceof Map<?, ?> map) {
      map(json, map, false);
    } else if (value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      json.append(value);
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (!Double.isFinite(number)) {
        throw new DataException("Field " + where + " holds a number that JSON has no form for");
      }
      json.append(value);
    } else {
      throw new DataException(
          "Field "
              + where
              + " holds a "
              + value.getClass().getName()
              + ", which JSON has no form for");
    }
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new DataException(
        "A map's keys, and the values of "
            + EventSchemas.ADDITIONAL_PROPERTIES
            + ", must be texts of type "
            + Schema.Type.STRING);
  }

  private static void member(StringBuilder json, int start, String name) {
    json.append(json.length() == start ? '{' : ',');
    JsonQuote.append(json, name);
    json.append(':');
  }
}
