package io.github.auditstream.connect.office365.event;

import java.io.Reader;

/**
 * Gives a JSON text to Jackson a character for each byte, so that its offsets are those of the
 * bytes, and with each escape of a surrogate replaced by another character's: which of them Jackson
 * takes depends on its release. What the texts are has to be read from the bytes.
 */
final class SingleByteReader extends Reader {

  private final byte[] json;
  private final int end;
  private int at;

  /** From here on a backslash begins an escape. */
  private int unescaped;

  /** Where the first digit of a surrogate is. */
  private int hidden = -1;

  SingleByteReader(byte[] json, int from, int to) {
    this.json = json;
    this.at = from;
    this.end = to;
  }

  @Override
  public int read(char[] into, int offset, int length) {
    int count = Math.min(length, end - at);
    for (int i = 0; i < count; i++) {
      into[offset + i] = next();
    }
    return count == 0 ? -1 : count;
  }

  private char next() {
    byte next = json[at];
    if (next == '\\' && at >= unescaped) {
      unescaped = at + 2;
      if (EventBytes.isSurrogateEscape(json, at, end)) {
        hidden = at + 2;
      }
    }
    return at++ == hidden ? '0' : (char) (next & 0xFF);
  }

  @Override
  public void close() {}
}
