package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Finds its way in bytes that are known to be well-formed JSON. */
final class JsonText {
  private JsonText() {}

  /** Behind the white space that begins here, if any does. */
  static int behindSpace(byte[] json, int from) {
    int at = from;
    while (json[at] == ' ' || json[at] == '\t' || json[at] == '\r' || json[at] == '\n') {
      at++;
    }
    return at;
  }

  /** Behind the string that begins here. */
  static int behindString(byte[] json, int from) {
    int at = from + 1;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  /** Behind the value that begins here. */
  static int behindValue(byte[] json, int from) {
    int depth = 0;
    int at = from;
    do {
      switch (json[at]) {
        case '"' -> at = behindString(json, at);
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    } while (at < json.length && (depth > 0 || isInLiteral(json, from, at)));
    return at;
  }

  /** Whether a number or a word that began goes on here. */
  private static boolean isInLiteral(byte[] json, int from, int at) {
    return switch (json[from]) {
      case '"', '{', '[' -> false;
      default ->
          switch (json[at]) {
            case ',', '}', ']', ' ', '\t', '\r', '\n' -> false;
            default -> true;
          };
    };
  }

  /** Whether a name, given from quote to quote, is this one of ASCII. */
  static boolean isName(byte[] json, int from, int to, String name) {
    for (int at = from; at < to; at++) {
      if (json[at] == '\\') {
        return unescaped(json, from, to).equals(name);
      }
    }
    if (to - from - 2 != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (json[from + 1 + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The text of a name, given from quote to quote. */
  static String name(byte[] json, int from, int to) {
    for (int at = from; at < to; at++) {
      if (json[at] == '\\') {
        return unescaped(json, from, to);
      }
    }
    return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] json, int from, int to) {
    try (JsonParser parser = GraphJson.ANY_RECORDS.createParser(json, from, to - from)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException("it was parsed before", e);
    }
  }
}
