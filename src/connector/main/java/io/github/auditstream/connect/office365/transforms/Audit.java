package io.github.auditstream.connect.office365.transforms;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forgiving look at an event: a property of another type than asked for counts as missing, and so
 * do the texts that Microsoft writes where it has nothing.
 */
final class Audit {

  private static final int NO_RECORD_TYPE = -1;

  private final Map<String, @Nullable Object> event;
  private final int recordType;
  private final String operation;

  Audit(Map<String, @Nullable Object> event) {
    this.event = event;
    String type = text("RecordType");
    Integer number = type == null ? null : RecordTypes.number(type);
    recordType = number == null ? NO_RECORD_TYPE : number;
    String text = text("Operation");
    operation = text == null ? "" : text.strip();
  }

  /** The number of the record type, -1 where there is none. */
  int recordType() {
    return recordType;
  }

  /** The operation without white space around it, empty where there is none. */
  String operation() {
    return operation;
  }

  Map<String, @Nullable Object> tree() {
    return event;
  }

  @Nullable String text(String name) {
    return text(event, name);
  }

  @Nullable Object value(String name) {
    return event.get(name);
  }

  /** The first of these properties that has a text. */
  @Nullable String first(String... names) {
    for (String name : names) {
      String text = text(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  Map<?, ?> object(String name) {
    return object(event.get(name));
  }

  /** The objects in an array, or nothing. */
  List<Map<?, ?>> objects(String name) {
    return objects(event.get(name));
  }

  /** The texts in an array, or the text in its place. */
  List<String> texts(String name) {
    return texts(event.get(name));
  }

  /** What a list of Name and Value says of a name. */
  @Nullable String named(String list, String name, String value) {
    for (Map<?, ?> pair : objects(list)) {
      if (name.equals(pair.get("Name"))) {
        return text(pair, value);
      }
    }
    return null;
  }

  /** A property that is an object, or the text of one. */
  Map<?, ?> parsed(String name) {
    Object value = event.get(name);
    if (value instanceof String text && Json.looksLikeObject(text)) {
      try {
        return object(JsonTree.read(text));
      } catch (IOException e) {
        return Map.of();
      }
    }
    return object(value);
  }

  static @Nullable String text(Map<?, ?> object, String name) {
    return text(object.get(name));
  }

  static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<Map<?, ?>> objects(@Nullable Object value) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map) {
          objects.add(map);
        }
      }
    }
    return objects;
  }

  static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        add(texts, text(element));
      }
    } else {
      add(texts, text(value));
    }
    return texts;
  }

  private static void add(List<String> texts, @Nullable String text) {
    if (text != null) {
      texts.add(text);
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof String text) {
      return isUnset(text) ? null : text;
    }
    return value instanceof Number || value instanceof Boolean ? value.toString() : null;
  }

  private static boolean isUnset(String text) {
    return text.isBlank()
        || (text.length() <= 6
            && switch (text.toLowerCase(Locale.ROOT)) {
              case "null", "<null>" -> true;
              default -> false;
            });
  }
}
