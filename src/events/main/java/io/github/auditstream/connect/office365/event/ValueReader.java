package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of the current token into what a schema takes. Chosen once for each field, when
 * the schema is known.
 *
 * <p>Containers are begun empty and filled in a second step. In between they are put where they
 * belong, because a Struct checks what is put into it down to the last leaf, and would do so again
 * at every level.
 */
interface ValueReader {

  /**
   * The value, or null if the schema cannot hold it so that the same JSON comes back. A container
   * comes empty, and its opening bracket stays the current token.
   */
  @Nullable Object begin(EventTokens tokens) throws IOException, LargeEventException;

  /**
   * Reads the inside of what {@link #begin} returned, up to its closing bracket.
   *
   * @return whether it fits
   */
  default boolean fill(Object begun, EventTokens tokens) throws IOException, LargeEventException {
    return true;
  }

  static ValueReader of(Schema schema) {
    return switch (schema.type()) {
      case STRING -> ValueReader::text;
      case INT32 -> ValueReader::int32;
      case INT64 -> ValueReader::int64;
      case FLOAT64 -> ValueReader::float64;
      case BOOLEAN -> ValueReader::bool;
      case STRUCT -> RecordReader.ofObject(schema);
      case ARRAY -> new ArrayReader(of(schema.valueSchema()));
      default ->
          throw new IllegalArgumentException(
              "Events are not read into " + schema.type() + " fields");
    };
  }

  static @Nullable String text(EventTokens tokens) throws IOException {
    if (tokens.current() != JsonToken.VALUE_STRING) {
      return null;
    }
    long heapBefore = tokens.heap().bytes();
    String text = tokens.text();
    if (tokens.exact() && Utf8.hasLoneSurrogate(text)) {
      tokens.heap().backTo(heapBefore);
      return null;
    }
    return text;
  }

  private static @Nullable Boolean bool(EventTokens tokens) {
    return switch (tokens.current()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static @Nullable Object int64(EventTokens tokens) throws IOException {
    Long number = wholeNumber(tokens);
    if (number != null) {
      tokens.heap().add(HeapMeter.LONG_BYTES);
    }
    return number;
  }

  private static @Nullable Object int32(EventTokens tokens) throws IOException {
    Long number = wholeNumber(tokens);
    if (number == null || number != number.intValue()) {
      return null;
    }
    tokens.heap().add(HeapMeter.INT_BYTES);
    return number.intValue();
  }

  /** A whole number that is written as Java would write the long. */
  private static @Nullable Long wholeNumber(EventTokens tokens) throws IOException {
    JsonParser parser = tokens.parser();
    if (tokens.current() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return null;
    }
    long number = parser.getLongValue();
    return number == 0 && parser.getTextLength() > 1 ? null : number;
  }

  private static @Nullable Object float64(EventTokens tokens) throws IOException {
    // Up to 15 digits every Java release writes a double alike; beyond, newer ones write fewer.
    int maxDigitsPointAndSign = 17;
    JsonParser parser = tokens.parser();
    if (tokens.current() != JsonToken.VALUE_NUMBER_FLOAT
        || parser.getTextLength() > maxDigitsPointAndSign) {
      return null;
    }
    String text = parser.getText();
    double value = Double.parseDouble(text);
    if (!Double.toString(value).equals(text)) {
      return null;
    }
    tokens.heap().add(HeapMeter.DOUBLE_BYTES);
    return value;
  }

  /** Reads an array all of whose elements fit. */
  final class ArrayReader implements ValueReader {

    private final ValueReader element;

    ArrayReader(ValueReader element) {
      this.element = element;
    }

    @Override
    public @Nullable Object begin(EventTokens tokens) {
      if (tokens.current() != JsonToken.START_ARRAY) {
        return null;
      }
      tokens.heap().addList();
      return new ArrayList<>();
    }

    @Override
    public boolean fill(Object begun, EventTokens tokens) throws IOException, LargeEventException {
      @SuppressWarnings("unchecked")
      List<Object> values = (List<Object>) begun;
      boolean fits = true;
      HeapMeter heap = tokens.heap();
      long heapBefore = heap.bytes();
      while (tokens.next() != JsonToken.END_ARRAY) {
        Object value = fits ? element.begin(tokens) : null;
        if (value == null) {
          tokens.skip();
          fits = false;
        } else {
          heap.addElement(values.size());
          heap.check();
          values.add(value);
          fits = element.fill(value, tokens);
        }
      }
      if (!fits) {
        heap.backTo(heapBefore);
      }
      return fits;
    }
  }
}
