package io.github.auditstream.connect.office365.event;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value at which the cursor stands into what a schema takes. Chosen once for each field,
 * when the schema is known.
 *
 * <p>Containers are begun empty and filled in a second step. In between they are put where they
 * belong, because a Struct checks what is put into it down to the last leaf, and would do so again
 * at every level.
 */
interface ValueReader {

  /**
   * The value, or null if the schema cannot hold it so that the same JSON comes back; the cursor
   * then stands where it stood. A container comes empty, and the cursor stays at its opening
   * bracket.
   */
  @Nullable Object begin(JsonCursor cursor) throws UnmappableEventException;

  /**
   * Reads the inside of what {@link #begin} returned, and passes its closing bracket.
   *
   * @return whether it fits
   */
  default boolean fill(Object begun, JsonCursor cursor) throws UnmappableEventException {
    return true;
  }

  static ValueReader of(Schema schema) {
    return switch (schema.type()) {
      case STRING -> ValueReader::text;
      case INT32 -> ValueReader::int32;
      case INT64 -> ValueReader::int64;
      case FLOAT64 -> ValueReader::float64;
      case BOOLEAN -> JsonCursor::bool;
      case STRUCT -> new RecordReader(schema);
      case ARRAY -> new ArrayReader(of(schema.valueSchema()));
      default ->
          throw new IllegalArgumentException(
              "Events are not read into " + schema.type() + " fields");
    };
  }

  private static @Nullable Object text(JsonCursor cursor) throws UnmappableEventException {
    int start = cursor.position();
    String text = cursor.text();
    if (text != null && cursor.maybeSurrogates() && Utf8.hasLoneSurrogate(text)) {
      cursor.rewind(start);
      return null;
    }
    return text;
  }

  private static @Nullable Object int64(JsonCursor cursor) {
    Long number = cursor.wholeNumber();
    if (number != null) {
      cursor.heap().add(HeapMeter.LONG_BYTES);
    }
    return number;
  }

  private static @Nullable Object int32(JsonCursor cursor) {
    int start = cursor.position();
    Long number = cursor.wholeNumber();
    if (number == null) {
      return null;
    }
    long value = number;
    if (value != (int) value) {
      cursor.rewind(start);
      return null;
    }
    cursor.heap().add(HeapMeter.INT_BYTES);
    return (int) value;
  }

  private static @Nullable Object float64(JsonCursor cursor) throws UnmappableEventException {
    // Up to 15 digits every Java release writes a double alike; beyond, newer ones write fewer.
    int maxDigitsPointAndSign = 17;
    int start = cursor.position();
    String text = cursor.number();
    if (text == null) {
      return null;
    }
    if (text.length() <= maxDigitsPointAndSign) {
      double value = Double.parseDouble(text);
      if (Double.toString(value).equals(text)) {
        cursor.heap().add(HeapMeter.DOUBLE_BYTES);
        return value;
      }
    }
    cursor.rewind(start);
    return null;
  }

  /** Reads an array all of whose elements fit. */
  final class ArrayReader implements ValueReader {

    private final ValueReader element;

    ArrayReader(ValueReader element) {
      this.element = element;
    }

    @Override
    public @Nullable Object begin(JsonCursor cursor) {
      if (cursor.first() != '[') {
        return null;
      }
      cursor.heap().addList();
      return new ArrayList<>();
    }

    @Override
    public boolean fill(Object begun, JsonCursor cursor) throws UnmappableEventException {
      @SuppressWarnings("unchecked")
      List<Object> values = (List<Object>) begun;
      boolean fits = true;
      HeapMeter heap = cursor.heap();
      long heapBefore = heap.bytes();
      cursor.enter();
      for (boolean first = true; cursor.nextElement(first); first = false) {
        Object value = fits ? element.begin(cursor) : null;
        if (value == null) {
          cursor.skip();
          fits = false;
        } else {
          heap.addElement(values.size());
          heap.check();
          values.add(value);
          fits = element.fill(value, cursor);
        }
      }
      if (!fits) {
        heap.backTo(heapBefore);
      }
      return fits;
    }
  }
}
