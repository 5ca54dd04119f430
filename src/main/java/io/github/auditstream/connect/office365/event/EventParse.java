package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event while it is parsed: the parser, the bytes it reads, and what the scanner found out
 * about them. A value that does not fit is cut out of the bytes as it stands.
 */
final class EventParse {

  private final JsonParser parser;
  private final byte[] json;
  private final int offset;
  private final Charset charset;
  private final boolean maybeSurrogates;
  private @Nullable String passed;

  EventParse(JsonParser parser, byte[] json, int offset, ElementScanner scanned) {
    this.parser = parser;
    this.json = json;
    this.offset = offset;
    // Cutting Latin-1 is a plain copy.
    this.charset = scanned.nonAscii() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    this.maybeSurrogates = scanned.unicodeEscapes();
  }

  JsonParser parser() {
    return parser;
  }

  boolean maybeSurrogates() {
    return maybeSurrogates;
  }

  /** Where the current token begins, counted from the event's first byte. */
  long tokenStart() {
    return parser.currentTokenLocation().getByteOffset();
  }

  /**
   * Leaves word that the value beginning at {@code start} does not fit although the parser has
   * passed it to its end.
   */
  void passedMisfit(long start) {
    passed = cut(start);
  }

  /** Goes on to the closing bracket of the array whose element has just been passed. */
  void skipToEndOfArray() throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
    }
  }

  /**
   * The JSON text of the value that did not fit: the current one, which is passed now, or the one
   * passed already.
   */
  String misfit(JsonToken token) throws IOException {
    String text = passed;
    if (text != null) {
      passed = null;
      return text;
    }
    return switch (token) {
      case VALUE_NULL -> "null";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
      default -> {
        long start = tokenStart();
        parser.skipChildren();
        parser.finishToken();
        yield cut(start);
      }
    };
  }

  private String cut(long start) {
    long end = parser.currentLocation().getByteOffset();
    return new String(json, offset + (int) start, (int) (end - start), charset);
  }
}
