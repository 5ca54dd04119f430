package io.github.auditstream.connect.office365.event;

import java.util.HexFormat;

/** Strings as JSON writes them, of any UTF-16 units: lone surrogates are escapes. */
public final class JsonQuote {

  private static final int HEX_DIGITS = 4;
  private static final String NAMED_ESCAPES = "bfnrt";
  private static final String NAMED_UNITS = "\b\f\n\r\t";

  private JsonQuote() {}

  /** Appends the text between quotation marks. */
  public static void append(StringBuilder json, String text) {
    json.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= ' ' && unit != '"' && unit != '\\' && !Character.isSurrogate(unit)) {
        continue;
      }
      json.append(text, plain, i);
      plain = i + 1;
      switch (unit) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            json.append(unit).append(text.charAt(++i));
            plain = i + 1;
          } else {
            json.append("\\u").append(HexFormat.of().toHexDigits(unit));
          }
        }
      }
    }
    json.append(text, plain, text.length()).append('"');
  }

  /**
   * What the inside of a JSON string says. Of escapes that JSON does not have it makes anything.
   */
  static String unescape(String inside) {
    int backslash = inside.indexOf('\\');
    if (backslash < 0) {
      return inside;
    }
    StringBuilder text = new StringBuilder(inside.length());
    int plain = 0;
    while (backslash >= 0 && backslash + 1 < inside.length()) {
      text.append(inside, plain, backslash);
      char escape = inside.charAt(backslash + 1);
      plain = backslash + 2;
      if (escape == 'u' && plain + HEX_DIGITS <= inside.length()) {
        text.append(unit(inside, plain));
        plain += HEX_DIGITS;
      } else {
        int named = NAMED_ESCAPES.indexOf(escape);
        text.append(named < 0 ? escape : NAMED_UNITS.charAt(named));
      }
      backslash = inside.indexOf('\\', plain);
    }
    return text.append(inside, plain, inside.length()).toString();
  }

  private static char unit(String text, int from) {
    int unit = 0;
    for (int i = from; i < from + HEX_DIGITS; i++) {
      unit = (unit << 4) | (Character.digit(text.charAt(i), 16) & 0xF);
    }
    return (char) unit;
  }
}
