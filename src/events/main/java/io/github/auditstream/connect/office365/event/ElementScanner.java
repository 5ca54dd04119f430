package io.github.auditstream.connect.office365.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where one JSON value ends and notes on the way what makes reading it cheap. It tells
 * strings from structure and counts brackets; whether the value is sound JSON is for the parser to
 * say.
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
  private static final long SPACES = 0x2020202020202020L;
  private static final long WORKLOAD = 0x64616f6c6b726f57L; // "Workload", first letter lowest

  private static final int MORE = -1;

  /** Few events have more; behind them the cursor looks for itself. */
  private static final int MOST_NOTED_STRINGS = 512;

  private boolean container;
  private boolean object;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private int stringStart;
  private int stringEnd;
  private boolean stringHasBackslash;
  private boolean workloadIsNext;
  private boolean inWorkload;
  private final int[] notedStrings = new int[MOST_NOTED_STRINGS];
  private int notedStringCount;

  private boolean notingNames;
  private boolean nonAscii;
  private boolean unicodeEscapes;
  private boolean controlCharacters;
  private boolean escapedTopLevelName;
  private boolean workloadSeen;
  private int workloadStart;
  private int workloadEnd;

  /** Begins a new value, whose first byte is given. */
  void start(byte first) {
    container = first == '{' || first == '[';
    object = first == '{';
    depth = 0;
    inString = false;
    escaped = false;
    stringStart = 0;
    stringEnd = 0;
    stringHasBackslash = false;
    notedStringCount = 0;
    workloadIsNext = false;
    inWorkload = false;
    notingNames = true;
    nonAscii = false;
    unicodeEscapes = false;
    controlCharacters = false;
    escapedTopLevelName = false;
    workloadSeen = false;
    workloadStart = -1;
    workloadEnd = -1;
  }

  /**
   * Looks at the next bytes.
   *
   * @param bytes holds the value from {@code base} on, at least as far as {@code to}
   * @param from where the last call stopped
   * @return the index behind the value's last byte, or negative if all bytes belong to the value
   *     and it goes on
   */
  int scan(byte[] bytes, int base, int from, int to) {
    int at = from;
    while (at < to) {
      if (inString) {
        at = scanString(bytes, base, at, to);
        if (!inString && !container) {
          return at;
        }
        continue;
      }
      byte next = bytes[at];
      if (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
        if (!container) {
          return at;
        }
        at++;
        continue;
      }
      boolean startsWorkload = workloadIsNext && next == '"';
      workloadIsNext = false;
      switch (next) {
        case '"' -> {
          inString = true;
          inWorkload = startsWorkload;
          stringStart = at + 1 - base;
          stringHasBackslash = false;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (!container) {
            return at;
          }
          if (--depth == 0) {
            return at + 1;
          }
        }
        case ':' -> nameEnded(bytes, base);
        case ',' -> {
          if (!container) {
            return at;
          }
        }
        default -> {
          nonAscii |= next < 0;
          controlCharacters |= next >= 0 && next < ' ';
        }
      }
      at++;
    }
    return MORE;
  }

  /**
   * Goes on with bytes that do not continue the ones before them in memory: the end is still found,
   * nothing more is noted about names.
   */
  int scanOn(byte[] bytes, int to) {
    notingNames = false;
    return scan(bytes, 0, 0, to);
  }

  private int scanString(byte[] bytes, int base, int from, int to) {
    int at = from;
    if (escaped) {
      unicodeEscapes |= bytes[at] == 'u';
      escaped = false;
      at++;
    }
    long asciiOnly = nonAscii ? 0 : HIGH_BITS;
    while (at < to) {
      if (at + Long.BYTES <= to) {
        long word = (long) LONGS.get(bytes, at);
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        // The lowest flag is exact: a borrow only spoils the flags above it.
        long special =
            ((quote - ONES) & ~quote)
                | ((backslash - ONES) & ~backslash)
                | ((word - SPACES) & ~word)
                | (word & asciiOnly);
        special &= HIGH_BITS;
        if (special == 0) {
          at += Long.BYTES;
          continue;
        }
        at += Long.numberOfTrailingZeros(special) >>> 3;
      }
      byte next = bytes[at++];
      if (next == '"') {
        stringEnded(at - 1 - base);
        return at;
      }
      if (next == '\\') {
        stringHasBackslash = true;
        if (at == to) {
          escaped = true;
        } else {
          unicodeEscapes |= bytes[at++] == 'u';
        }
      } else if (next < 0) {
        nonAscii = true;
        asciiOnly = 0;
      } else if (next < ' ') {
        controlCharacters = true;
      }
    }
    return at;
  }

  private void stringEnded(int end) {
    inString = false;
    stringEnd = end;
    if (notedStringCount < MOST_NOTED_STRINGS) {
      notedStrings[notedStringCount++] = end << 1 | (stringHasBackslash ? 1 : 0);
    }
    if (inWorkload) {
      inWorkload = false;
      workloadStart = stringStart;
      workloadEnd = end;
    }
  }

  private void nameEnded(byte[] bytes, int base) {
    if (!notingNames) {
      return;
    }
    int length = stringEnd - stringStart;
    if (depth == 1) {
      escapedTopLevelName |= stringHasBackslash;
      if (!workloadSeen
          && length == Long.BYTES
          && (long) LONGS.get(bytes, base + stringStart) == WORKLOAD) {
        workloadSeen = true;
        workloadIsNext = true;
      }
    }
  }

  /**
   * The value's first strings, names too, in their order: where each one's closing quote is,
   * counted from the value's first byte and doubled, plus one if the string has a backslash. Good
   * until the next value, as far as {@link #notedStringCount} goes.
   */
  int[] notedStrings() {
    return notedStrings;
  }

  int notedStringCount() {
    return notedStringCount;
  }

  /** Whether the value begins like an object. */
  boolean object() {
    return object;
  }

  boolean nonAscii() {
    return nonAscii;
  }

  /** Whether a {@code \}{@code u} escape stands anywhere, the only way to a lone surrogate. */
  boolean unicodeEscapes() {
    return unicodeEscapes;
  }

  /** Whether there is a control character that JSON does not allow, in or outside of strings. */
  boolean controlCharacters() {
    return controlCharacters;
  }

  /**
   * Whether a name of the outermost object is written with escapes, so that the noted workload may
   * not be the first.
   */
  boolean escapedTopLevelName() {
    return escapedTopLevelName;
  }

  /**
   * Where the text of the outermost object's first {@code Workload} begins, counted from the
   * value's first byte; negative if there is none or it is no text.
   */
  int workloadStart() {
    return workloadStart;
  }

  int workloadEnd() {
    return workloadEnd;
  }
}
