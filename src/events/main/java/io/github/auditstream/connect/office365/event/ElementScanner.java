package io.github.auditstream.connect.office365.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where one JSON value ends: it distinguishes strings from structure and counts brackets.
 * Whether the value is valid JSON is for the parser to say.
 *
 * <p>A value can come in pieces: {@link #scan} takes up where it stopped.
 */
final class ElementScanner {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

  private static final int MORE = -1;

  private boolean container;
  private int depth;
  private boolean inString;
  private boolean escaped;

  /** Begins a new value, whose first byte is given. */
  void start(byte first) {
    container = first == '{' || first == '[';
    depth = 0;
    inString = false;
    escaped = false;
  }

  /**
   * Looks at the value's next bytes.
   *
   * @return the index behind the value's last byte, or negative if all bytes belong to the value
   *     and it goes on
   */
  int scan(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (inString) {
        at = scanString(bytes, at, to);
        if (!inString && !container) {
          return at;
        }
        continue;
      }
      switch (bytes[at]) {
        case '"' -> inString = true;
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (!container) {
            return at;
          }
          if (--depth == 0) {
            return at + 1;
          }
        }
        case ' ', '\n', '\r', '\t', ',' -> {
          if (!container) {
            return at;
          }
        }
        default -> {
          // Whatever it is, it is inside.
        }
      }
      at++;
    }
    return MORE;
  }

  private int scanString(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (escaped) {
        escaped = false;
        at++;
        continue;
      }
      if (at + Long.BYTES <= to) {
        long word = (long) LONGS.get(bytes, at);
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
      byte next = bytes[at++];
      if (next == '"') {
        inString = false;
        return at;
      }
      escaped = next == '\\';
    }
    return at;
  }
}
