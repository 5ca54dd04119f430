package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.InvalidValueException;
import java.nio.charset.StandardCharsets;

/** The bytes of a file whose text is ASCII, as PEM and JSON Web Tokens are. */
final class TextFile {
  private TextFile() {}

  /**
   * The text, or the reason why there is none.
   *
   * @throws InvalidValueException if it is UTF-16, as PowerShell and Notepad can write it
   */
  static String ascii(byte[] bytes) throws InvalidValueException {
    boolean utf16 =
        bytes.length >= 2
            && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                || bytes[0] == 0
                || bytes[1] == 0);
    if (utf16) {
      throw new InvalidValueException("is in the encoding UTF-16", "save it in ASCII or UTF-8");
    }
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    int start = marked ? 3 : 0;
    return new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
  }
}
