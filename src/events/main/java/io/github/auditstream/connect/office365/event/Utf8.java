package io.github.auditstream.connect.office365.event;

/** What the JSON parser does not check about text. */
final class Utf8 {

  private Utf8() {}

  /** Whether the bytes are UTF-8 to the letter: no overlong forms, no surrogates. */
  static boolean valid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int first = bytes[at++];
      if (first >= 0) {
        continue;
      }
      int followers;
      int lowest;
      if ((first & 0xE0) == 0xC0) {
        followers = 1;
        lowest = 0x80;
        first &= 0x1F;
      } else if ((first & 0xF0) == 0xE0) {
        followers = 2;
        lowest = 0x800;
        first &= 0x0F;
      } else if ((first & 0xF8) == 0xF0) {
        followers = 3;
        lowest = 0x10000;
        first &= 0x07;
      } else {
        return false;
      }
      if (end - at < followers) {
        return false;
      }
      int codePoint = first;
      for (int i = 0; i < followers; i++) {
        byte follower = bytes[at++];
        if ((follower & 0xC0) != 0x80) {
          return false;
        }
        codePoint = (codePoint << 6) | (follower & 0x3F);
      }
      if (codePoint < lowest
          || codePoint > Character.MAX_CODE_POINT
          || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a surrogate stands without its other half, so that UTF-8 cannot hold the text. */
  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return true;
      }
    }
    return false;
  }
}
