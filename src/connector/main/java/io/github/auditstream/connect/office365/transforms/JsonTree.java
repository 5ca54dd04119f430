package io.github.auditstream.connect.office365.transforms;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.event.JsonQuote;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, texts, longs, doubles and booleans, which are what converters without
 * schemas take.
 *
 * <p>A number that neither a long nor a double holds exactly stays its text; of a repeated name the
 * last counts; a lone surrogate, which no converter can write, becomes U+FFFD.
 */
final class JsonTree {

  private JsonTree() {}

  /**
   * Reads an object.
   *
   * @throws IOException if it is anything else; its message quotes nothing
   */
  static Map<?, ?> object(String text) throws IOException {
    if (read(text) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IOException("not a JSON object");
  }

  /**
   * Reads one value; null for JSON's null.
   *
   * @throws IOException if it is not one JSON value; its message quotes nothing
   */
  static @Nullable Object read(String text) throws IOException {
    try (JsonParser json = Json.parser(text)) {
      if (json.nextToken() == null) {
        throw new IOException("an empty text is not JSON");
      }
      Object value = value(json);
      if (json.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
      return value;
    }
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = wellFormed(json.currentName());
          json.nextToken();
          object.put(name, value(json));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(json));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> whole(json.getText());
      case VALUE_NUMBER_FLOAT -> fraction(json.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> wellFormed(json.getText());
    };
  }

  private static Object whole(String text) {
    if (text.equals("-0")) {
      return text;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object fraction(String text) {
    // What has more characters than a double's longest text is none, and could be costly.
    if (text.length() > 32) {
      return text;
    }
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      return text;
    }
    try {
      boolean exact = new BigDecimal(Double.toString(number)).compareTo(new BigDecimal(text)) == 0;
      return exact ? number : text;
    } catch (NumberFormatException e) {
      // JSON has exponents of any length.
      return text;
    }
  }

  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(unit -> Character.getType(unit) == Character.SURROGATE ? '\uFFFD' : unit)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  /** A tree as JSON text. */
  static String write(Map<?, ?> object) {
    StringBuilder json = new StringBuilder();
    write(json, object);
    return json.toString();
  }

  private static void write(StringBuilder json, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      int start = json.length();
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        json.append(json.length() == start ? '{' : ',');
        JsonQuote.append(json, String.valueOf(entry.getKey()));
        json.append(':');
        write(json, entry.getValue());
      }
      json.append(json.length() == start ? "{}" : "}");
    } else if (value instanceof List<?> array) {
      int start = json.length();
      for (Object element : array) {
        json.append(json.length() == start ? '[' : ',');
        write(json, element);
      }
      json.append(json.length() == start ? "[]" : "]");
    } else if (value instanceof Raw raw) {
      json.append(raw.json());
    } else if (value instanceof String text) {
      JsonQuote.append(json, text);
    } else {
      json.append(value);
    }
  }

  /** JSON text that is written unchanged. */
  record Raw(String json) {}
}
