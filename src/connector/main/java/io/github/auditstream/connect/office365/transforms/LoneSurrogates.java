package io.github.auditstream.connect.office365.transforms;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Half surrogate pairs in JSON text, which JSON allows in names and strings. Jackson reads them, or
 * refuses the text, as its release has it: 2.22 takes none in a name any more. So they are hidden
 * from it, as two characters of the Private Use Area, and what it has read is revealed.
 */
final class LoneSurrogates {

  private static final char MARK = '\uE000';
  private static final char FIRST_HIDDEN = '\uE800';

  /** What is to stay, other escapes and whole pairs; (1) a lone surrogate; (2) the mark. */
  private static final Pattern UNITS =
      Pattern.compile(
          "\\\\[^u]|[\\x{10000}-\\x{10FFFF}]"
              + "|\\\\u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}"
              + "|(\\\\u[dD][89a-fA-F]\\p{XDigit}{2}|[\\ud800-\\udfff])"
              + "|(\\\\u[eE]000|\\ue000)",
          Pattern.DOTALL);

  private static final Pattern HIDDEN = Pattern.compile("\\ue000(.)", Pattern.DOTALL);

  private LoneSurrogates() {}

  /**
   * Whether a JSON text has any, or has a pair of which only one half is an escape: then it is to
   * be hidden before it is read.
   */
  static boolean in(String json) {
    Matcher units = UNITS.matcher(json);
    for (int i = 0; i < json.length(); i++) {
      char unit = json.charAt(i);
      if (unit == '\\' && !json.startsWith("u", i + 1)) {
        i++;
      } else if ((unit == '\\' || Character.isSurrogate(unit))
          && units.region(i, json.length()).lookingAt()) {
        if (units.start(1) >= 0) {
          return true;
        }
        i = units.end() - 1;
      }
    }
    return false;
  }

  /** The JSON text with every lone surrogate hidden; what is read of it is to be revealed. */
  static String hide(String json) {
    return UNITS
        .matcher(json)
        .replaceAll(
            match -> {
              if (match.group(1) != null) {
                int hidden = FIRST_HIDDEN + unit(match.group(1)) - Character.MIN_SURROGATE;
                return "" + MARK + (char) hidden;
              }
              return match.group(2) == null
                  ? Matcher.quoteReplacement(match.group())
                  : "" + MARK + MARK;
            });
  }

  /** What an escape or a character means. */
  private static char unit(String text) {
    return (char) (text.length() == 1 ? text.charAt(0) : Integer.parseInt(text, 2, 6, 16));
  }

  /** The name or string that was meant. */
  static String reveal(String text) {
    return text.indexOf(MARK) < 0
        ? text
        : HIDDEN.matcher(text).replaceAll(match -> revealed(match.group(1).charAt(0)));
  }

  private static String revealed(char hidden) {
    int unit = hidden == MARK ? MARK : Character.MIN_SURROGATE + (hidden - FIRST_HIDDEN);
    return Character.toString(unit);
  }
}
