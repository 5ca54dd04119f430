package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import java.util.Locale;

/**
 * A text in which {@code *} matches any characters, compared without regard to case.
 *
 * @param parts what is between the stars, in lower case; one part where there is no star
 */
record Glob(List<String> parts) {

  static final char STAR = '*';

  Glob {
    parts = List.copyOf(parts);
  }

  /** The glob that a text means. */
  static Glob of(String text) {
    return new Glob(List.of(text.toLowerCase(Locale.ROOT).split("\\*", -1)));
  }

  /**
   * Whether it matches.
   *
   * @param text in lower case
   */
  boolean matches(String text) {
    String first = parts.get(0);
    if (parts.size() == 1) {
      return text.equals(first);
    }
    String last = parts.get(parts.size() - 1);
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    int from = first.length();
    int end = text.length() - last.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int at = text.indexOf(part, from);
      if (at < 0 || at + part.length() > end) {
        return false;
      }
      from = at + part.length();
    }
    return true;
  }
}
