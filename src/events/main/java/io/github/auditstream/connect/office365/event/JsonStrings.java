package io.github.auditstream.connect.office365.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The strings of a JSON text whose UTF-8 and control characters have been checked: where they end
 * and what they say. Reusable, for one thread.
 */
final class JsonStrings {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final int HEX_DIGITS = 4;
  private static final int KEPT_SCRATCH_CHARS = 64 * 1024;
  private static final int MAX_LATIN_1 = 0xFF;
  private static final int TOO_WIDE = -1;

  private static final byte[] HEX_VALUES = hexValues();

  private char[] scratch = new char[0];
  private byte[] narrowScratch = new byte[0];
  private boolean escaped;
  private boolean latin1;

  /** Gives up memory that an unusually long string took. */
  void letGo() {
    if (scratch.length > KEPT_SCRATCH_CHARS) {
      scratch = new char[0];
    }
    if (narrowScratch.length > KEPT_SCRATCH_CHARS) {
      narrowScratch = new byte[0];
    }
  }

  /**
   * Finds the closing quote.
   *
   * @param from behind the opening quote
   * @param to where the text ends
   * @return the closing quote's index, or the complement of the index where the string is at fault
   */
  int end(byte[] json, int from, int to) {
    escaped = false;
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to) {
        long word = (long) LONGS.get(json, at);
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        // The lowest flag is exact: a borrow only spoils the flags above it.
        long special = (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)) & HIGH_BITS;
        if (special == 0) {
          at += Long.BYTES;
          continue;
        }
        at += Long.numberOfTrailingZeros(special) >>> 3;
      }
      byte next = json[at];
      if (next == '"') {
        return at;
      }
      at++;
      if (next == '\\') {
        escaped = true;
        int length = escapeLength(json, at, to);
        if (length == 0) {
          return ~at;
        }
        at += length;
      }
    }
    return ~to;
  }

  /** Whether the string whose end was asked for last has escapes. */
  boolean escaped() {
    return escaped;
  }

  private static int escapeLength(byte[] json, int at, int to) {
    if (at == to) {
      return 0;
    }
    return switch (json[at]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 1;
      case 'u' -> {
        int length = 1 + HEX_DIGITS;
        yield at + length <= to && areHexDigits(json, at + 1, at + length) ? length : 0;
      }
      default -> 0;
    };
  }

  private static boolean areHexDigits(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) {
      if (HEX_VALUES[json[i] & 0xFF] < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] hexValues() {
    byte[] values = new byte[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Character.digit(i < 128 ? i : -1, 16);
    }
    return values;
  }

  /** Whether what was unescaped last is known to have nothing beyond Latin-1. */
  boolean latin1() {
    return latin1;
  }

  /**
   * What a string says whose escapes have been checked, without its quotes.
   *
   * @param ascii whether the text is known to have nothing beyond ASCII
   */
  String unescape(byte[] json, int from, int to, boolean ascii) {
    int length = ascii ? narrow(json, from, to) : TOO_WIDE;
    latin1 = length != TOO_WIDE;
    return length == TOO_WIDE
        ? wide(json, from, to)
        : new String(narrowScratch, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Unescapes eight bytes at a time, unless an escape stands for more than Latin-1 has. */
  private int narrow(byte[] json, int from, int to) {
    if (narrowScratch.length < to - from) {
      narrowScratch =
          new byte[Math.max(to - from, Math.min(2 * narrowScratch.length, KEPT_SCRATCH_CHARS))];
    }
    byte[] bytes = narrowScratch;
    int length = 0;
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to) {
        long word = (long) LONGS.get(json, at);
        LONGS.set(bytes, length, word);
        long backslash = word ^ BACKSLASHES;
        long special = (backslash - ONES) & ~backslash & HIGH_BITS;
        int plain = special == 0 ? Long.BYTES : Long.numberOfTrailingZeros(special) >>> 3;
        at += plain;
        length += plain;
        if (special == 0) {
          continue;
        }
      } else if (json[at] != '\\') {
        bytes[length++] = json[at++];
        continue;
      }
      byte escape = json[at + 1];
      at += 2;
      if (escape == 'u') {
        char unit = hexUnit(json, at);
        if (unit > MAX_LATIN_1) {
          return TOO_WIDE;
        }
        bytes[length++] = (byte) unit;
        at += HEX_DIGITS;
      } else {
        bytes[length++] = (byte) unescaped(escape);
      }
    }
    return length;
  }

  private String wide(byte[] json, int from, int to) {
    if (scratch.length < to - from) {
      scratch = new char[Math.max(to - from, Math.min(2 * scratch.length, KEPT_SCRATCH_CHARS))];
    }
    char[] units = scratch;
    int length = 0;
    int at = from;
    while (at < to) {
      int next = json[at++];
      if (next == '\\') {
        byte escape = json[at++];
        if (escape == 'u') {
          units[length++] = hexUnit(json, at);
          at += HEX_DIGITS;
        } else {
          units[length++] = unescaped(escape);
        }
      } else if (next >= 0) {
        units[length++] = (char) next;
      } else if (next < (byte) 0xE0) {
        units[length++] = (char) (((next & 0x1F) << 6) | follower(json, at));
        at += 1;
      } else if (next < (byte) 0xF0) {
        units[length++] =
            (char) (((next & 0x0F) << 12) | (follower(json, at) << 6) | follower(json, at + 1));
        at += 2;
      } else {
        int codePoint =
            ((next & 0x07) << 18)
                | (follower(json, at) << 12)
                | (follower(json, at + 1) << 6)
                | follower(json, at + 2);
        units[length++] = Character.highSurrogate(codePoint);
        units[length++] = Character.lowSurrogate(codePoint);
        at += 3;
      }
    }
    return new String(units, 0, length);
  }

  private static int follower(byte[] json, int at) {
    return json[at] & 0x3F;
  }

  private static char hexUnit(byte[] json, int from) {
    int unit = 0;
    for (int i = from; i < from + HEX_DIGITS; i++) {
      unit = (unit << 4) | HEX_VALUES[json[i] & 0xFF];
    }
    return (char) unit;
  }

  private static char unescaped(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) escape;
    };
  }
}
