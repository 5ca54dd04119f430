package io.github.auditstream.connect.office365.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the JSON text of one event, whose UTF-8 and control characters have been checked,
 * and accepts nothing that RFC 8259 does not.
 *
 * <p>Why not Jackson's parser: what it makes of a lone surrogate in a name, a long name or a deep
 * nest depends on the release that the worker brings, and it does not tell where in the bytes a
 * value lies without allocating. Here a value that does not fit its field is cut out as it stands.
 *
 * <p>Reusable, for one thread. Depth costs one bit a level and no stack.
 */
final class JsonCursor {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final int HEX_DIGITS = 4;
  private static final int KEPT_SCRATCH_CHARS = 64 * 1024;

  private byte[] json = new byte[0];
  private int start;
  private int end;
  private int at;
  private Charset charset = StandardCharsets.UTF_8;
  private boolean maybeSurrogates;
  private boolean escaped;
  private int nameStart;
  private int nameEnd;
  private boolean nameEscaped;
  private char[] scratch = new char[0];
  private long[] openObjects = new long[1];

  /** Begins at the first byte of a text that the scanner has gone through. */
  void reset(byte[] bytes, int offset, int length, ElementScanner scanned) {
    json = bytes;
    start = offset;
    at = offset;
    end = offset + length;
    // Making a String of Latin-1 is a plain copy.
    charset = scanned.nonAscii() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    maybeSurrogates = scanned.unicodeEscapes();
    if (scratch.length > KEPT_SCRATCH_CHARS) {
      scratch = new char[0];
    }
  }

  boolean maybeSurrogates() {
    return maybeSurrogates;
  }

  /** Where the cursor stands. */
  int position() {
    return at;
  }

  /** Goes back to where the cursor stood before. */
  void rewind(int position) {
    at = position;
  }

  /** The text between a position and the cursor. */
  String cut(int from) {
    return new String(json, from, at - from, charset);
  }

  /** The first byte of the value at which the cursor stands, 0 at the text's end. */
  byte first() {
    return at < end ? json[at] : 0;
  }

  /** Passes white space up to the end of the text, or refuses what else is there. */
  void expectEnd() throws UnmappableEventException {
    skipSpace();
    if (at < end) {
      throw fault("goes on after its closing brace");
    }
  }

  // Objects and arrays

  /** Passes an opening brace or bracket. */
  void enter() {
    at++;
  }

  /**
   * Passes the name of the object's next property and stands at its value; or passes the closing
   * brace.
   *
   * @param first whether the opening brace was passed just now
   */
  boolean nextProperty(boolean first) throws UnmappableEventException {
    skipSpace();
    byte next = first();
    if (next == '}') {
      at++;
      return false;
    }
    if (!first) {
      pass((byte) ',');
      skipSpace();
    }
    name();
    return true;
  }

  /** The same for the elements of an array and its closing bracket. */
  boolean nextElement(boolean first) throws UnmappableEventException {
    skipSpace();
    if (first() == ']') {
      at++;
      return false;
    }
    if (!first) {
      pass((byte) ',');
      skipSpace();
    }
    return true;
  }

  private void name() throws UnmappableEventException {
    pass((byte) '"');
    nameStart = at;
    nameEnd = stringEnd(at);
    nameEscaped = escaped;
    at = nameEnd + 1;
    skipSpace();
    pass((byte) ':');
    skipSpace();
  }

  /** What a table has for the property's name. */
  <T> @Nullable T lookUp(NameTable<T> table) {
    if (nameEscaped) {
      byte[] unescaped = name(nameStart, nameEnd).getBytes(StandardCharsets.UTF_8);
      return table.find(unescaped, 0, unescaped.length);
    }
    return table.find(json, nameStart, nameEnd - nameStart);
  }

  /** The property's name; to be asked before the cursor passes another. */
  String propertyName() {
    return name(nameStart, nameEnd);
  }

  private String name(int from, int to) {
    return nameEscaped ? unescape(from, to) : new String(json, from, to - from, charset);
  }

  // Values. Each reader returns null, and leaves the cursor where it stood, if the value is of
  // another kind.

  @Nullable String text() throws UnmappableEventException {
    if (first() != '"') {
      return null;
    }
    int from = at + 1;
    int to = stringEnd(from);
    at = to + 1;
    return escaped ? unescape(from, to) : new String(json, from, to - from, charset);
  }

  @Nullable Boolean bool() {
    if (isLiteral("true")) {
      at += 4;
      return true;
    }
    if (isLiteral("false")) {
      at += 5;
      return false;
    }
    return null;
  }

  /** A whole number that is written as Java would write the long. */
  @Nullable Long wholeNumber() {
    int position = at;
    boolean negative = first() == '-';
    if (negative) {
      position++;
    }
    int firstDigit = position;
    long value = 0;
    while (position < end && isDigit(json[position])) {
      int digit = json[position] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return null;
      }
      value = value * 10 - digit;
      position++;
    }
    int digits = position - firstDigit;
    boolean zeroWrittenOtherwise =
        digits > 0 && json[firstDigit] == '0' && (digits > 1 || negative);
    if (digits == 0
        || zeroWrittenOtherwise
        || (!negative && value == Long.MIN_VALUE)
        || (position < end && isPartOfNumber(json[position]))) {
      return null;
    }
    at = position;
    return negative ? value : -value;
  }

  /** The text of a number of any kind. */
  @Nullable String number() throws UnmappableEventException {
    int from = at;
    if (first() != '-' && !isDigit(first())) {
      return null;
    }
    passNumber();
    return cut(from);
  }

  /** Passes a value of any kind, checking it to its last byte. */
  void skip() throws UnmappableEventException {
    int depth = 0;
    while (true) {
      boolean entered = false;
      byte first = first();
      if (first == '{' || first == '[') {
        enter();
        open(depth++, first == '{');
        entered = true;
      } else {
        skipScalar(first);
      }
      while (true) {
        if (depth == 0) {
          return;
        }
        if (isObject(depth - 1) ? nextProperty(entered) : nextElement(entered)) {
          break;
        }
        depth--;
        entered = false;
      }
    }
  }

  private void skipScalar(byte first) throws UnmappableEventException {
    if (first == '"') {
      at = stringEnd(at + 1) + 1;
    } else if (first == '-' || isDigit(first)) {
      passNumber();
    } else if (isLiteral("null")) {
      at += 4;
    } else if (bool() == null) {
      throw fault("has no value where one is due");
    }
  }

  private void open(int depth, boolean object) {
    int word = depth / Long.SIZE;
    if (word == openObjects.length) {
      openObjects = Arrays.copyOf(openObjects, word * 2);
    }
    long bit = 1L << depth;
    openObjects[word] = object ? openObjects[word] | bit : openObjects[word] & ~bit;
  }

  private boolean isObject(int depth) {
    return (openObjects[depth / Long.SIZE] & (1L << depth)) != 0;
  }

  private void passNumber() throws UnmappableEventException {
    if (first() == '-') {
      at++;
    }
    if (first() == '0') {
      at++;
    } else {
      passDigits();
    }
    if (first() == '.') {
      at++;
      passDigits();
    }
    if (first() == 'e' || first() == 'E') {
      at++;
      if (first() == '+' || first() == '-') {
        at++;
      }
      passDigits();
    }
  }

  private void passDigits() throws UnmappableEventException {
    int from = at;
    while (isDigit(first())) {
      at++;
    }
    if (at == from) {
      throw fault("has a number without a digit");
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isPartOfNumber(byte b) {
    return b == '.' || b == 'e' || b == 'E';
  }

  private boolean isLiteral(String literal) {
    if (end - at < literal.length()) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (json[at + i] != literal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  // Strings

  /** The index of the closing quote; notes whether there are escapes, which are checked. */
  private int stringEnd(int from) throws UnmappableEventException {
    escaped = false;
    int position = from;
    while (position < end) {
      if (position + Long.BYTES <= end) {
        long word = (long) LONGS.get(json, position);
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        // The lowest flag is exact: a borrow only spoils the flags above it.
        long special = (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)) & HIGH_BITS;
        if (special == 0) {
          position += Long.BYTES;
          continue;
        }
        position += Long.numberOfTrailingZeros(special) >>> 3;
      }
      byte next = json[position];
      if (next == '"') {
        return position;
      }
      position++;
      if (next == '\\') {
        escaped = true;
        position = escapeEnd(position);
      }
    }
    at = end;
    throw fault("has a string without an end");
  }

  private int escapeEnd(int position) throws UnmappableEventException {
    byte escape = position < end ? json[position] : 0;
    switch (escape) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return position + 1;
      }
      case 'u' -> {
        int behind = position + 1 + HEX_DIGITS;
        if (behind <= end && areHexDigits(position + 1, behind)) {
          return behind;
        }
      }
      default -> {}
    }
    at = position;
    throw fault("has an escape that JSON does not have");
  }

  private boolean areHexDigits(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(json[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private String unescape(int from, int to) {
    if (scratch.length < to - from) {
      scratch = new char[Math.max(to - from, Math.min(2 * scratch.length, KEPT_SCRATCH_CHARS))];
    }
    char[] units = scratch;
    int length = 0;
    int position = from;
    while (position < to) {
      int next = json[position++];
      if (next == '\\') {
        byte escape = json[position++];
        if (escape == 'u') {
          int unit = 0;
          for (int i = 0; i < HEX_DIGITS; i++) {
            unit = (unit << 4) | Character.digit(json[position++], 16);
          }
          units[length++] = (char) unit;
        } else {
          units[length++] = unescaped(escape);
        }
      } else if (next >= 0) {
        units[length++] = (char) next;
      } else if (next < (byte) 0xE0) {
        units[length++] = (char) (((next & 0x1F) << 6) | follower(position++));
      } else if (next < (byte) 0xF0) {
        units[length++] =
            (char) (((next & 0x0F) << 12) | (follower(position) << 6) | follower(position + 1));
        position += 2;
      } else {
        int codePoint =
            ((next & 0x07) << 18)
                | (follower(position) << 12)
                | (follower(position + 1) << 6)
                | follower(position + 2);
        units[length++] = Character.highSurrogate(codePoint);
        units[length++] = Character.lowSurrogate(codePoint);
        position += 3;
      }
    }
    return new String(units, 0, length);
  }

  private int follower(int position) {
    return json[position] & 0x3F;
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

  // Steps

  private void skipSpace() {
    while (at < end && json[at] <= ' ' && isSpace(json[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private void pass(byte due) throws UnmappableEventException {
    if (first() != due) {
      throw fault("lacks a " + (char) due);
    }
    at++;
  }

  private UnmappableEventException fault(String what) {
    return new UnmappableEventException("is not sound JSON: " + what + ", at byte " + (at - start));
  }
}
