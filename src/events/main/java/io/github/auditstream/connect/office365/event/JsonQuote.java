package io.github.auditstream.connect.office365.event;

/** Writes strings as JSON does, of any UTF-16 units: lone surrogates as escapes. */
public final class JsonQuote {

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
            unicodeEscape(json, unit);
          }
        }
      }
    }
    json.append(text, plain, text.length()).append('"');
  }

  private static void unicodeEscape(StringBuilder json, char unit) {
    json.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      json.append(Character.forDigit((unit >> shift) & 0xF, 16));
    }
  }
}
