package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a row, and those read ahead, over a stream. A row can be given back in part, to be
 * read again. Not safe for many threads.
 */
final class Window {
  static final int END = -1;

  private static final char REPLACEMENT = '\ufffd';

  private static final int SMALL_BYTES = 64 * 1024;

  /** A stream may give whole characters only. */
  private static final int LEAST_READ_BYTES = 4;

  private final InputStream in;
  private byte[] bytes = new byte[SMALL_BYTES];
  private int start;
  private int at;
  private int filled;

  Window(InputStream in) {
    this.in = in;
  }

  /** A row begins with the next byte. What was before is gone. */
  void begin() {
    start = at;
  }

  /** How many bytes of the row were read. */
  int length() {
    return at - start;
  }

  byte get(int index) {
    return bytes[start + index];
  }

  /** The next byte, which belongs to the row from now on, or {@link #END}. */
  int read() throws IOException {
    if (at == filled && !fill()) {
      return END;
    }
    return bytes[at++] & 0xff;
  }

  /** Gives back all but the first bytes of the row. */
  void giveBack(int length) {
    at = start + length;
  }

  /** A part of the row. */
  byte[] copy(int from, int to) {
    return Arrays.copyOfRange(bytes, start + from, start + to);
  }

  /** The first bytes of the row as text. */
  String text(int length) throws CharacterCodingException {
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      // It was there, or is in the place of what is no UTF-8. This way takes much memory.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
    }
    return text;
  }

  /** Where a byte is in a part of the row, or the part's end. */
  int indexOf(char one, int from, int to) {
    for (int index = start + from; index < start + to; index++) {
      if (bytes[index] == one) {
        return index - start;
      }
    }
    return to;
  }

  private boolean fill() throws IOException {
    if (start > 0 || bytes.length - at < LEAST_READ_BYTES) {
      makeRoom();
    }
    int read = in.read(bytes, filled, bytes.length - filled);
    if (read <= 0) {
      return false;
    }
    filled += read;
    return true;
  }

  /** For a row's bytes to the front, and for more of them; a large row's array is not kept. */
  private void makeRoom() {
    int length = at - start;
    int capacity = bytes.length;
    if (length > capacity / 2) {
      capacity = Math.multiplyExact(capacity, 2);
    } else if (length < SMALL_BYTES / 2) {
      capacity = SMALL_BYTES;
    }
    byte[] target = capacity == bytes.length ? bytes : new byte[capacity];
    System.arraycopy(bytes, start, target, 0, length);
    bytes = target;
    start = 0;
    at = length;
    filled = length;
  }
}
