package io.github.auditstream.connect.office365.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What an event's bytes say about its texts, eight bytes at a time. */
final class EventBytes {

  /** A byte beyond ASCII. */
  static final int NON_ASCII = 1;

  /** An escape of a character beyond Latin-1. */
  static final int WIDE_ESCAPE = 2;

  /** An escape of a surrogate, which may lack its other half. */
  static final int SURROGATE_ESCAPE = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final int HEX_DIGITS = 4;

  private EventBytes() {}

  /** Which of the traits a valid JSON text has, added up. */
  static int traits(byte[] json, int from, int to) {
    int traits = 0;
    long all = 0;
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to) {
        long word = (long) LONGS.get(json, at);
        all |= word;
        long backslash = word ^ BACKSLASHES;
        // The lowest flag is exact: a borrow only spoils the flags above it.
        long flags = (backslash - ONES) & ~backslash & HIGH_BITS;
        if (flags == 0) {
          at += Long.BYTES;
          continue;
        }
        at += Long.numberOfTrailingZeros(flags) >>> 3;
      }
      all |= json[at];
      if (json[at++] == '\\') {
        if (at + HEX_DIGITS < to && json[at] == 'u') {
          traits |= escapeTraits(json, at - 1, to);
        }
        at++;
      }
    }
    return (all & HIGH_BITS) == 0 ? traits : traits | NON_ASCII;
  }

  private static int escapeTraits(byte[] json, int backslash, int to) {
    if (isSurrogateEscape(json, backslash, to)) {
      return SURROGATE_ESCAPE | WIDE_ESCAPE;
    }
    boolean latin1 = json[backslash + 2] == '0' && json[backslash + 3] == '0';
    return latin1 ? 0 : WIDE_ESCAPE;
  }

  /** Whether a backslash that is not itself escaped begins the escape of a surrogate. */
  static boolean isSurrogateEscape(byte[] json, int backslash, int to) {
    return backslash + 1 + HEX_DIGITS < to
        && json[backslash + 1] == 'u'
        && (json[backslash + 2] | 0x20) == 'd'
        && Character.digit(json[backslash + 3], 16) >= 8;
  }
}
