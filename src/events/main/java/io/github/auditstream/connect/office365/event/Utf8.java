package io.github.auditstream.connect.office365.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** What Jackson's parser does not check about text. */
final class Utf8 {

  private static final int DECODED_AT_ONCE = 1024;

  private Utf8() {}

  /** Whether the bytes are UTF-8 to the letter: no overlong forms, no surrogates. */
  static boolean isValid(byte[] bytes, int offset, int length) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    CharBuffer decoded = CharBuffer.allocate(DECODED_AT_ONCE);
    CoderResult result;
    do {
      decoded.clear();
      result = decoder.decode(left, decoded, true);
    } while (result.isOverflow());
    return !result.isError();
  }

  /** Whether a surrogate is without its other half, so that UTF-8 cannot hold the text. */
  static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(unit -> unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE);
  }
}
