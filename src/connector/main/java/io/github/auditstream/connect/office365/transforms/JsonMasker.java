package io.github.auditstream.connect.office365.transforms;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.JsonQuote;
import io.github.auditstream.connect.office365.event.PropertyKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Masks within JSON text, copying the rest token by token: numbers keep their digits, repeated
 * names stay repeated. Not thread-safe.
 */
final class JsonMasker {

  private static final int MAX_NESTED_TEXTS = 8;

  private final Mask mask;
  private long masked;
  private int levels;

  JsonMasker(Mask mask) {
    this.mask = mask;
  }

  /**
   * Masks one value.
   *
   * @param text its JSON
   * @param at where the way down has come to with it
   * @return its JSON with what is on a path masked; null if nothing is left of it
   * @throws IOException if it is not one JSON value; its message quotes nothing
   */
  @Nullable String value(String text, FieldPaths.State at) throws IOException {
    return value(text, at, 0);
  }

  /**
   * Masks what a text says, if it is itself the text of a JSON object or array, as Microsoft writes
   * the Data of an alert. What begins like one and is none, cut off perhaps, is masked whole.
   *
   * @return the masked text; null if nothing is left of it
   */
  @Nullable String text(String text, FieldPaths.State at) {
    return text(text, at, 0);
  }

  private @Nullable String value(String text, FieldPaths.State at, int depth) throws IOException {
    if (at.dead()) {
      return text;
    }
    long maskedBefore = masked;
    StringBuilder out = new StringBuilder(text.length() + 16);
    try (JsonParser json = Json.parser(text)) {
      if (json.nextToken() == null) {
        throw new IOException("an empty text is not JSON");
      }
      boolean left = value(json, out, at, depth);
      if (json.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
      if (masked == maskedBefore) {
        return text;
      }
      return left ? out.toString() : null;
    }
  }

  private @Nullable String text(String text, FieldPaths.State at, int depth) {
    if (!looksLikeJson(text)) {
      return text;
    }
    if (depth == MAX_NESTED_TEXTS) {
      return masked(text);
    }
    try {
      return value(text, at, depth + 1);
    } catch (IOException e) {
      return masked(text);
    }
  }

  private @Nullable String masked(String text) {
    masked++;
    return mask.of(text);
  }

  /** Whether a value on a path is to go, whatever is in it. */
  private boolean goes(FieldPaths.State at) {
    if (at.hit()) {
      masked++;
    }
    return at.hit() && mask instanceof Mask.Remove;
  }

  /** Names in brackets begin many a subject, so that a bracket alone is not enough. */
  private static boolean looksLikeJson(String text) {
    char first = Json.first(text);
    if (first == '{') {
      return Json.first(text.substring(text.indexOf('{') + 1)) == '"';
    }
    return first == '[' && Json.first(text.substring(text.indexOf('[') + 1)) == '{';
  }

  /** Whether anything was written. */
  private boolean value(JsonParser json, StringBuilder out, FieldPaths.State at, int depth)
      throws IOException {
    JsonToken token = json.currentToken();
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        return nested(json, out, at, depth, false);
      }
      case VALUE_STRING -> {
        String text = json.getText();
        String left = at.hit() ? masked(text) : at.dead() ? text : text(text, at, depth);
        if (left == null) {
          return false;
        }
        JsonQuote.append(out, left);
        return true;
      }
      case VALUE_NULL -> {
        out.append("null");
        return true;
      }
      default -> {
        if (at.hit()) {
          masked++;
          return false;
        }
        out.append(json.getText());
        return true;
      }
    }
  }

  private boolean nested(
      JsonParser json, StringBuilder out, FieldPaths.State at, int depth, boolean ofTexts)
      throws IOException {
    // Texts within texts are on one stack, so they count together.
    if (levels == Json.MAX_DEPTH) {
      throw new IOException("nested too deep");
    }
    levels++;
    try {
      return json.currentToken() == JsonToken.START_OBJECT
          ? object(json, out, at, depth, ofTexts)
          : array(json, out, at, depth);
    } finally {
      levels--;
    }
  }

  private boolean array(JsonParser json, StringBuilder out, FieldPaths.State at, int depth)
      throws IOException {
    int start = out.length();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      out.append(out.length() == start ? '[' : ',');
      if (!value(json, out, at, depth)) {
        // The other elements keep their places.
        out.append("null");
      }
    }
    out.append(out.length() == start ? "[]" : "]");
    return !goes(at);
  }

  private boolean object(
      JsonParser json, StringBuilder out, FieldPaths.State at, int depth, boolean ofTexts)
      throws IOException {
    int start = out.length();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      int before = out.length();
      String name = json.currentName();
      out.append(before == start ? '{' : ',');
      JsonQuote.append(out, name);
      out.append(':');
      FieldPaths.State next = at.hit() ? at : at.next(ofTexts ? PropertyKey.name(name) : name);
      JsonToken token = json.nextToken();
      boolean left;
      if (!next.hit()
          && token == JsonToken.START_OBJECT
          && name.equals(EventSchemas.ADDITIONAL_PROPERTIES)) {
        left = nested(json, out, at, depth, true);
      } else if (ofTexts && token == JsonToken.VALUE_STRING) {
        left = jsonText(json.getText(), out, next, depth);
      } else {
        left = value(json, out, next, depth);
      }
      if (!left) {
        out.setLength(before);
      }
    }
    out.append(out.length() == start ? "{}" : "}");
    return !goes(at);
  }

  /** A value of AdditionalProperties in an event that is all JSON text. */
  private boolean jsonText(String text, StringBuilder out, FieldPaths.State at, int depth) {
    String left;
    try {
      left = depth == MAX_NESTED_TEXTS ? masked(text) : value(text, at, depth + 1);
    } catch (IOException e) {
      // Not the connector's map then, but a property of that name.
      left = at.hit() ? masked(text) : text(text, at, depth);
    }
    if (left == null) {
      return false;
    }
    JsonQuote.append(out, left);
    return true;
  }
}
