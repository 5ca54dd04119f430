package io.github.auditstream.connect.office365.event;

import java.util.HexFormat;

/**
 * How a property's name is written as a key of {@code AdditionalProperties}.
 *
 * <p>Nearly always the key is the name. A map has each key once and its keys travel as UTF-8, while
 * a JSON object may repeat a name and write lone surrogates into it. Such a name becomes {@code
 * #<occurrence>:<name>}, counted from 1 within its object, with backslashes doubled and lone
 * surrogates as {@code \}{@code uXXXX}; so does a name that itself begins with {@code #}, which
 * makes the two forms tell apart.
 */
public final class PropertyKey {

  private static final char MARK = '#';
  private static final int HEX_DIGITS = 4;

  private PropertyKey() {}

  /** Whether even the first property of this name needs the marked form. */
  static boolean needsMark(String name, boolean maybeSurrogates) {
    return (!name.isEmpty() && name.charAt(0) == MARK)
        || (maybeSurrogates && Utf8.hasLoneSurrogate(name));
  }

  static String marked(String name, int occurrence) {
    StringBuilder key = new StringBuilder(name.length() + 8);
    key.append(MARK).append(occurrence).append(':');
    for (int i = 0; i < name.length(); i++) {
      char unit = name.charAt(i);
      if (unit == '\\') {
        key.append("\\\\");
      } else if (Character.isHighSurrogate(unit)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        key.append(unit).append(name.charAt(++i));
      } else if (Character.isSurrogate(unit)) {
        key.append("\\u").append(Integer.toHexString(unit));
      } else {
        key.append(unit);
      }
    }
    return key.toString();
  }

  /** The property's name. A key that is not of the marked form is a name itself. */
  public static String name(String key) {
    int nameAt = nameOffset(key);
    return nameAt == 0 ? key : unescape(key, nameAt);
  }

  /** Which property of its name this is in its object, counted from 1. */
  static int occurrence(String key) {
    int nameAt = nameOffset(key);
    return nameAt == 0 ? 1 : Integer.parseInt(key.substring(1, nameAt - 1));
  }

  private static int nameOffset(String key) {
    if (key.length() < 3 || key.charAt(0) != MARK) {
      return 0;
    }
    int colon = key.indexOf(':');
    if (colon < 2 || colon > 10) {
      return 0;
    }
    for (int i = 1; i < colon; i++) {
      char digit = key.charAt(i);
      if (digit < '0' || digit > '9') {
        return 0;
      }
    }
    return colon + 1;
  }

  private static boolean isEscape(String key, int at) {
    return key.charAt(at) == 'u'
        && at + HEX_DIGITS < key.length()
        && key.chars().skip(at + 1L).limit(HEX_DIGITS).allMatch(HexFormat::isHexDigit);
  }

  private static String unescape(String key, int from) {
    if (key.indexOf('\\', from) < 0) {
      return key.substring(from);
    }
    StringBuilder name = new StringBuilder(key.length());
    int at = from;
    while (at < key.length()) {
      char unit = key.charAt(at++);
      if (unit != '\\' || at == key.length()) {
        name.append(unit);
      } else if (isEscape(key, at)) {
        name.append((char) HexFormat.fromHexDigits(key, at + 1, at + 1 + HEX_DIGITS));
        at += 1 + HEX_DIGITS;
      } else {
        name.append(key.charAt(at++));
      }
    }
    return name.toString();
  }
}
