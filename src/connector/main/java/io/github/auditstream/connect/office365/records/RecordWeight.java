package io.github.auditstream.connect.office365.records;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a record's value has at most when a converter has written it: as JSON, with every
 * empty field by its name, and text in text with its quotes escaped. What is written in binary is
 * shorter.
 */
final class RecordWeight {
  private static final int NULL_BYTES = 4;

  /** Two quotes, a colon and a comma. */
  private static final int AROUND_NAME_BYTES = 4;

  private RecordWeight() {}

  static long ofValue(@Nullable Object value) {
    if (value == null) {
      return NULL_BYTES;
    }
    if (value instanceof String text) {
      return ofText(text);
    }
    if (value instanceof Struct struct) {
      long bytes = 2;
      for (Field field : struct.schema().fields()) {
        bytes += AROUND_NAME_BYTES + field.name().length() + ofValue(struct.get(field));
      }
      return bytes;
    }
    if (value instanceof List<?> list) {
      long bytes = 2;
      for (Object element : list) {
        bytes += 1 + ofValue(element);
      }
      return bytes;
    }
    if (value instanceof Map<?, ?> map) {
      long bytes = 2;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bytes += 2 + ofValue(entry.getKey()) + ofValue(entry.getValue());
      }
      return bytes;
    }
    return value.toString().length();
  }

  private static long ofText(String text) {
    long bytes = 2;
    for (int i = 0; i < text.length(); i++) {
      bytes += ofUnit(text.charAt(i));
    }
    return bytes;
  }

  /** Of a surrogate it is more than its half of four bytes. */
  private static int ofUnit(char unit) {
    if (unit < ' ') {
      return 6;
    }
    if (unit == '"' || unit == '\\') {
      return 2;
    }
    if (unit < 0x80) {
      return 1;
    }
    return unit < 0x800 ? 2 : 3;
  }
}
