package io.github.auditstream.connect.office365.event;

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

  private final JsonStrings strings = new JsonStrings();
  private final HeapMeter heap = new HeapMeter();

  private byte[] json = new byte[0];
  private int start;
  private int end;
  private int at;
  private boolean ascii;
  private Charset charset = StandardCharsets.UTF_8;
  private boolean maybeSurrogates;
  private int[] notedStrings = new int[0];
  private int notedStringCount;
  private int nextNotedString;
  private boolean escaped;
  private int nameStart;
  private int nameEnd;
  private boolean nameEscaped;
  private long[] openObjects = new long[1];

  /**
   * Begins at the first byte of a text that the scanner has gone through.
   *
   * @param heapBytes how much of the heap may be taken by what is made of it
   */
  void reset(byte[] bytes, int offset, int length, ElementScanner scanned, long heapBytes) {
    json = bytes;
    start = offset;
    at = offset;
    end = offset + length;
    // Making a String of Latin-1 is a plain copy.
    ascii = !scanned.nonAscii();
    charset = ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    maybeSurrogates = scanned.unicodeEscapes();
    notedStrings = scanned.notedStrings();
    notedStringCount = scanned.notedStringCount();
    nextNotedString = 0;
    strings.letGo();
    heap.reset(heapBytes);
  }

  /** What has been made of the text so far, of strings by the cursor itself. */
  HeapMeter heap() {
    return heap;
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
    return plain(from, at);
  }

  private String plain(int from, int to) {
    int bytes = to - from;
    String text = new String(json, from, bytes, charset);
    if (ascii || text.length() == bytes) {
      heap.addLatin1(bytes);
    } else {
      heap.addText(text.length());
    }
    return text;
  }

  private String unescaped(int from, int to) {
    String text = strings.unescape(json, from, to, ascii);
    if (strings.latin1()) {
      heap.addLatin1(text.length());
    } else {
      heap.addText(text.length());
    }
    return text;
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
    return nameEscaped ? unescaped(from, to) : plain(from, to);
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
    return escaped ? unescaped(from, to) : plain(from, to);
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

  /** The text of a number of any kind, which is not kept. */
  @Nullable String number() throws UnmappableEventException {
    int from = at;
    if (first() != '-' && !isDigit(first())) {
      return null;
    }
    passNumber();
    return new String(json, from, at - from, charset);
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

  /** Also says whether the string has escapes. */
  private int stringEnd(int from) throws UnmappableEventException {
    int noted = notedString(from - start);
    if (noted >= 0 && (noted & 1) == 0) {
      escaped = false;
      return start + (noted >> 1);
    }
    int closingQuote = strings.end(json, from, end);
    escaped = strings.escaped();
    if (closingQuote < 0) {
      at = ~closingQuote;
      throw fault("has a string without an end or with an escape that JSON does not have");
    }
    return closingQuote;
  }

  /** What the scanner noted of the string that begins here, negative if nothing. */
  private int notedString(int from) {
    while (nextNotedString > 0 && notedStrings[nextNotedString - 1] >> 1 >= from) {
      nextNotedString--;
    }
    while (nextNotedString < notedStringCount && notedStrings[nextNotedString] >> 1 < from) {
      nextNotedString++;
    }
    return nextNotedString < notedStringCount ? notedStrings[nextNotedString] : -1;
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
