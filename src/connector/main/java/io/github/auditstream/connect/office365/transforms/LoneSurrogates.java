package io.github.auditstream.connect.office365.transforms;

import java.util.HexFormat;

/**
 * Half surrogate pairs in JSON text, which JSON allows in names and strings. Jackson reads them, or
 * refuses the text, as its release has it: 2.22 takes none in a name any more. So they are hidden
 * from it, as two characters of the Private Use Area, and what it has read is revealed.
 */
final class LoneSurrogates {

  private static final char MARK = '\uE000';
  private static final char FIRST_HIDDEN = '\uE800';
  private static final int ESCAPE_CHARS = 6;

  private LoneSurrogates() {}

  /**
   * Whether a JSON text has any, or has a pair of which only one half is an escape: then it is to
   * be hidden before it is read.
   */
  static boolean in(String json) {
    int at = 0;
    while (at < json.length()) {
      char unit = json.charAt(at);
      if (unit != '\\' && !Character.isSurrogate(unit)) {
        at++;
        continue;
      }
      int length = length(json, at);
      char meant = unit(json, at, length);
      if (Character.isSurrogate(meant)) {
        int next = at + length;
        int nextLength = length(json, next);
        if (nextLength != length || !isPair(meant, unit(json, next, nextLength))) {
          return true;
        }
        length += nextLength;
      }
      at += length;
    }
    return false;
  }

  /** The JSON text with every lone surrogate hidden; what is read of it is to be revealed. */
  static String hide(String json) {
    StringBuilder hidden = new StringBuilder(json.length() + 16);
    int at = 0;
    while (at < json.length()) {
      int length = length(json, at);
      char unit = unit(json, at, length);
      int next = at + length;
      if (unit == MARK) {
        hidden.append(MARK).append(MARK);
      } else if (!Character.isSurrogate(unit)) {
        hidden.append(json, at, next);
      } else {
        int nextLength = length(json, next);
        char follower = unit(json, next, nextLength);
        if (isPair(unit, follower)) {
          hidden.append(unit).append(follower);
          next += nextLength;
        } else {
          hidden.append(MARK).append((char) (FIRST_HIDDEN + (unit - Character.MIN_SURROGATE)));
        }
      }
      at = next;
    }
    return hidden.toString();
  }

  /** The name or string that was meant. */
  static String reveal(String text) {
    if (text.indexOf(MARK) < 0) {
      return text;
    }
    StringBuilder revealed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit != MARK || i + 1 == text.length()) {
        revealed.append(unit);
        continue;
      }
      char follower = text.charAt(++i);
      revealed.append(
          follower == MARK ? MARK : (char) (Character.MIN_SURROGATE + (follower - FIRST_HIDDEN)));
    }
    return revealed.toString();
  }

  private static boolean isPair(char unit, char follower) {
    return Character.isHighSurrogate(unit) && Character.isLowSurrogate(follower);
  }

  /** How many characters stand for the unit at an index: an escape has several; 0 at the end. */
  private static int length(String json, int at) {
    if (at >= json.length()) {
      return 0;
    }
    if (json.charAt(at) != '\\' || at + 1 == json.length()) {
      return 1;
    }
    return json.charAt(at + 1) == 'u' && isHex(json, at + 2, at + ESCAPE_CHARS) ? ESCAPE_CHARS : 2;
  }

  private static boolean isHex(String json, int from, int to) {
    if (to > json.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!HexFormat.isHexDigit(json.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The unit that is meant; a backslash for the escapes that mean no surrogate. */
  private static char unit(String json, int at, int length) {
    return switch (length) {
      case 0 -> 0;
      case ESCAPE_CHARS -> (char) HexFormat.fromHexDigits(json, at + 2, at + ESCAPE_CHARS);
      default -> json.charAt(at);
    };
  }
}
