package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Cuts JSON arrays up by bytes, so that what is put in need not be JSON. */
final class JsonArrays {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonArrays() {}

  /** The array with one more element's text at its end; what has no array stays as it is. */
  static byte[] withFurtherElement(byte[] json, String text) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (!beginArray(parser)) {
        return json;
      }
      boolean empty = parser.nextToken() == JsonToken.END_ARRAY;
      while (parser.currentToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
        parser.nextToken();
      }
      int end = (int) parser.currentTokenLocation().getByteOffset();
      return replaced(json, end, end, (empty ? "" : ",") + text);
    } catch (IOException e) {
      return json;
    }
  }

  /** The array with one element's text replaced; an index past the end replaces nothing. */
  static byte[] withElement(byte[] json, int index, String text) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (!beginArray(parser)) {
        return json;
      }
      for (int at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (parser.currentToken().isScalarValue()) {
          parser.finishToken();
        }
        int end = (int) parser.currentLocation().getByteOffset();
        if (at == index) {
          return replaced(json, start, end, text);
        }
      }
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes to the array that is the whole, or the {@code value} of Graph's lists. */
  private static boolean beginArray(JsonParser parser) throws IOException {
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean value = parser.currentName().equals("value");
        parser.nextToken();
        if (value) {
          break;
        }
        parser.skipChildren();
      }
    }
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  private static byte[] replaced(byte[] json, int start, int end, String text) {
    ByteArrayOutputStream changed = new ByteArrayOutputStream(json.length + text.length());
    changed.write(json, 0, start);
    changed.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    changed.write(json, end, json.length - end);
    return changed.toByteArray();
  }
}
