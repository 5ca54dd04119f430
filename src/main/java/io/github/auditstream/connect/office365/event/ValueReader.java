package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parser's current value into what a schema takes. Chosen once for each field, when the
 * schema is known.
 *
 * <p>Containers are begun empty and filled in a second step. In between they are put where they
 * belong, because a Struct checks what is put into it down to the last leaf, and would do so again
 * at every level.
 */
interface ValueReader {

  /**
   * The value, or null if the schema cannot hold it so that the same JSON comes back. A container
   * comes empty; the parser stays at its opening bracket.
   */
  @Nullable Object begin(EventParse event, JsonToken token) throws IOException;

  /**
   * Reads the inside of what {@link #begin} returned, up to its closing bracket.
   *
   * @return false if it turned out not to fit; the event then holds its JSON text
   */
  default boolean fill(Object begun, EventParse event) throws IOException {
    return true;
  }

  static ValueReader of(Schema schema) {
    return switch (schema.type()) {
      case STRING -> ValueReader::text;
      case INT32 -> ValueReader::int32;
      case INT64 -> ValueReader::int64;
      case FLOAT64 -> ValueReader::float64;
      case BOOLEAN -> ValueReader::bool;
      case STRUCT -> new RecordReader(schema);
      case ARRAY -> new ArrayReader(of(schema.valueSchema()));
      default ->
          throw new IllegalArgumentException(
              "Events are not read into " + schema.type() + " fields");
    };
  }

  private static @Nullable Object text(EventParse event, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return null;
    }
    String text = event.parser().getText();
    return event.maybeSurrogates() && Utf8.hasLoneSurrogate(text) ? null : text;
  }

  private static @Nullable Object int32(EventParse event, JsonToken token) throws IOException {
    if (!isLong(event.parser(), token)) {
      return null;
    }
    long value = event.parser().getLongValue();
    return value == (int) value ? (Object) (int) value : null;
  }

  private static @Nullable Object int64(EventParse event, JsonToken token) throws IOException {
    return isLong(event.parser(), token) ? (Object) event.parser().getLongValue() : null;
  }

  /** Whether the token is what a long is written as, which {@code -0} is not. */
  private static boolean isLong(JsonParser parser, JsonToken token) throws IOException {
    int maxDigitsAndSign = 20;
    if (token != JsonToken.VALUE_NUMBER_INT) {
      return false;
    }
    int length = parser.getTextLength();
    return length <= maxDigitsAndSign
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && (length == 1 || parser.getLongValue() != 0);
  }

  private static @Nullable Object float64(EventParse event, JsonToken token) throws IOException {
    // Up to 15 digits every Java release writes a double alike; beyond, newer ones write fewer.
    int maxDigitsPointAndSign = 17;
    if (!token.isNumeric() || event.parser().getTextLength() > maxDigitsPointAndSign) {
      return null;
    }
    String text = event.parser().getText();
    double value = Double.parseDouble(text);
    return Double.toString(value).equals(text) ? (Object) value : null;
  }

  private static @Nullable Object bool(EventParse event, JsonToken token) {
    return token.isBoolean() ? (Object) (token == JsonToken.VALUE_TRUE) : null;
  }

  /** Reads an array all of whose elements fit. */
  final class ArrayReader implements ValueReader {

    private final ValueReader element;

    ArrayReader(ValueReader element) {
      this.element = element;
    }

    @Override
    public @Nullable Object begin(EventParse event, JsonToken token) {
      return token == JsonToken.START_ARRAY ? new ArrayList<>() : null;
    }

    @Override
    public boolean fill(Object begun, EventParse event) throws IOException {
      @SuppressWarnings("unchecked")
      List<Object> values = (List<Object>) begun;
      JsonParser parser = event.parser();
      long start = event.tokenStart();
      JsonToken token;
      while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
        Object value = element.begin(event, token);
        if (value == null) {
          parser.skipChildren();
        }
        if (value == null || !element.fill(value, event)) {
          event.skipToEndOfArray();
          event.passedMisfit(start);
          return false;
        }
        values.add(value);
      }
      return true;
    }
  }
}
