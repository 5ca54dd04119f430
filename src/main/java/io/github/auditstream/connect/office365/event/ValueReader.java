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
 */
interface ValueReader {

  /**
   * The value, or null if the schema cannot hold it so that the same JSON comes back. A reader that
   * had to go further than the current token to find that out tells {@link
   * EventParse#passedMisfit}.
   */
  @Nullable Object read(EventParse event, JsonToken token) throws IOException;

  static ValueReader of(Schema schema) {
    return switch (schema.type()) {
      case STRING -> ValueReader::text;
      case INT32 -> ValueReader::int32;
      case INT64 -> ValueReader::int64;
      case FLOAT64 -> ValueReader::float64;
      case BOOLEAN -> ValueReader::bool;
      case STRUCT -> new RecordReader(schema);
      case ARRAY -> array(of(schema.valueSchema()));
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

  /**
   * Whether a long holds the number, which {@code -0} shows it need not although it is a whole one.
   */
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
    // With at most 15 digits every Java release renders a double alike; later ones round otherwise.
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

  private static ValueReader array(ValueReader element) {
    return (event, token) -> {
      if (token != JsonToken.START_ARRAY) {
        return null;
      }
      JsonParser parser = event.parser();
      long start = event.tokenStart();
      List<Object> values = new ArrayList<>();
      JsonToken next;
      while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
        Object value = element.read(event, next);
        if (value == null) {
          if (!event.forgetPassed()) {
            parser.skipChildren();
          }
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
          }
          event.passedMisfit(start);
          return null;
        }
        values.add(value);
      }
      return values;
    };
  }
}
