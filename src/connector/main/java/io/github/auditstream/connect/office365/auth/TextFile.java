package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The bytes of a file whose text is ASCII, as PEM and JSON Web Tokens are. */
final class TextFile {
  /** Begins with a byte order mark, or with half a character. */
  private static final Pattern UTF_16 =
      Pattern.compile("\\xfe\\xff|\\xff\\xfe|\\x00.|.\\x00", Pattern.DOTALL);

  private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";

  private TextFile() {}

  /**
   * The text, or the reason why there is none.
   *
   * @throws InvalidValueException if it is UTF-16, as PowerShell and Notepad can write it
   */
  static String ascii(byte[] bytes) throws InvalidValueException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (UTF_16.matcher(text).lookingAt()) {
      throw new InvalidValueException("is in the encoding UTF-16", "save it in ASCII or UTF-8");
    }
    return text.startsWith(UTF_8_MARK) ? text.substring(UTF_8_MARK.length()) : text;
  }
}
