package io.github.auditstream.connect.office365.transforms;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A forgiving look at an event, or at an object within one: a property of another type than asked
 * for counts as missing, and so do the texts that Microsoft writes where it has nothing.
 */
record Audit(Map<?, ?> tree) {

  private static final int NO_RECORD_TYPE = -1;

  /** The number of the record type, -1 where there is none. */
  int recordType() {
    String type = text("RecordType");
    Integer number = type == null ? null : RecordTypes.number(type);
    return number == null ? NO_RECORD_TYPE : number;
  }

  /** The operation without white space around it, empty where there is none. */
  String operation() {
    String text = text("Operation");
    return text == null ? "" : text.strip();
  }

  @Nullable Object value(String name) {
    return tree.get(name);
  }

  @Nullable String text(String name) {
    return textOf(tree.get(name));
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

  Audit object(String name) {
    return objectOf(tree.get(name));
  }

  /** The objects in an array, or nothing. */
  List<Audit> objects(String name) {
    return tree.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(Audit::objectOf).toList()
        : List.of();
  }

  /** The texts in an array, or the text in its place. */
  List<String> texts(String name) {
    Object value = tree.get(name);
    Stream<?> all = value instanceof List<?> list ? list.stream() : Stream.ofNullable(value);
    return all.flatMap(each -> Stream.ofNullable(textOf(each))).toList();
  }

  /** What a list of Name and Value says of a name. */
  @Nullable String named(String list, String name, String value) {
    for (Audit pair : objects(list)) {
      if (name.equals(pair.value("Name"))) {
        return pair.text(value);
      }
    }
    return null;
  }

  /** A property that is an object, or the text of one. */
  Audit parsed(String name) {
    return tree.get(name) instanceof String text ? parse(text) : object(name);
  }

  /** The object that a text is; one without properties if it is none. */
  static Audit parse(String text) {
    try {
      return objectOf(Json.looksLikeObject(text) ? JsonTree.read(text) : null);
    } catch (IOException e) {
      return objectOf(null);
    }
  }

  private static Audit objectOf(@Nullable Object value) {
    return new Audit(value instanceof Map<?, ?> map ? map : Map.of());
  }

  private static @Nullable String textOf(@Nullable Object value) {
    if (value instanceof String text) {
      return isUnset(text) ? null : text;
    }
    return value instanceof Number || value instanceof Boolean ? value.toString() : null;
  }

  private static boolean isUnset(String text) {
    return text.isBlank() || text.equalsIgnoreCase("null") || text.equalsIgnoreCase("<null>");
  }
}
