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

  /** The array with one more element's text at its end; what is no array stays as it is. */
  static byte[] withFurtherElement(byte[] array, String text) {
    String whole = new String(array, StandardCharsets.UTF_8).strip();
    if (!whole.startsWith("[") || !whole.endsWith("]")) {
      return array;
    }
    String inside = whole.substring(1, whole.length() - 1).strip();
    return ("[" + inside + (inside.isEmpty() ? "" : ",") + text + "]")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The array with one element's text replaced; an index past the end replaces nothing. */
  static byte[] withElement(byte[] array, int index, String text) {
    try (JsonParser parser = FACTORY.createParser(array)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return array;
      }
      for (int at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (parser.currentToken().isScalarValue()) {
          parser.finishToken();
        }
        int end = (int) parser.currentLocation().getByteOffset();
        if (at == index) {
          ByteArrayOutputStream changed = new ByteArrayOutputStream(array.length);
          changed.write(array, 0, start);
          changed.writeBytes(text.getBytes(StandardCharsets.UTF_8));
          changed.write(array, end, array.length - end);
          return changed.toByteArray();
        }
      }
      return array;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
