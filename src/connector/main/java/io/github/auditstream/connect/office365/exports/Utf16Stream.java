package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns UTF-16 into UTF-8. Half a character becomes bytes that are no UTF-8, so that the row is
 * refused which has it, and no other: a decoder of the JDK would end the file, or put something
 * else in its place.
 */
final class Utf16Stream extends InputStream {
  private static final int NONE = -1;
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;
  private static final byte HALF_AN_UNIT = (byte) 0xff;

  private final InputStream in;
  private final boolean bigEndian;
  private int ahead = NONE;

  Utf16Stream(InputStream in, boolean bigEndian) {
    this.in = in;
    this.bigEndian = bigEndian;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("it is read in parts");
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int at = from;
    while (from + length - at >= MOST_BYTES_OF_A_CHARACTER) {
      int unit = ahead != NONE ? ahead : unit();
      ahead = NONE;
      if (unit == NONE) {
        break;
      }
      if (unit > Character.MAX_VALUE) {
        target[at++] = HALF_AN_UNIT;
      } else {
        at = encode(unit, target, at);
      }
    }
    return at == from ? -1 : at - from;
  }

  /** The next unit; more than a character where the file ends in its middle. */
  private int unit() throws IOException {
    int first = in.read();
    if (first < 0) {
      return NONE;
    }
    int second = in.read();
    if (second < 0) {
      return Character.MAX_VALUE + 1;
    }
    return bigEndian ? (first << 8) | second : (second << 8) | first;
  }

  private int encode(int unit, byte[] target, int from) throws IOException {
    int at = from;
    if (unit < 0x80) {
      target[at++] = (byte) unit;
    } else if (unit < 0x800) {
      target[at++] = (byte) (0xc0 | (unit >> 6));
      target[at++] = (byte) (0x80 | (unit & 0x3f));
    } else {
      int code = unit;
      if (Character.isHighSurrogate((char) unit)) {
        ahead = unit();
        if (ahead <= Character.MAX_VALUE && ahead >= 0 && Character.isLowSurrogate((char) ahead)) {
          code = Character.toCodePoint((char) unit, (char) ahead);
          ahead = NONE;
          target[at++] = (byte) (0xf0 | (code >> 18));
          target[at++] = (byte) (0x80 | ((code >> 12) & 0x3f));
          target[at++] = (byte) (0x80 | ((code >> 6) & 0x3f));
          target[at++] = (byte) (0x80 | (code & 0x3f));
          return at;
        }
      }
      target[at++] = (byte) (0xe0 | (code >> 12));
      target[at++] = (byte) (0x80 | ((code >> 6) & 0x3f));
      target[at++] = (byte) (0x80 | (code & 0x3f));
    }
    return at;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
