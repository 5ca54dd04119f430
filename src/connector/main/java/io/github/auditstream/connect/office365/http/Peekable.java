package io.github.auditstream.connect.office365.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream whose first bytes can be looked at before they are read. For one thread; close from any.
 */
public final class Peekable extends FilterInputStream {
  private byte[] head = {};
  private int position;

  public Peekable(InputStream in) {
    super(in);
  }

  /**
   * The next bytes, which stay to be read: fewer than asked for only at the end of the stream.
   * Holds them until they are read.
   */
  public byte[] peek(int atMost) throws IOException {
    int held = head.length - position;
    if (held < atMost) {
      byte[] more = in.readNBytes(atMost - held);
      byte[] joined = Arrays.copyOfRange(head, position, head.length + more.length);
      System.arraycopy(more, 0, joined, held, more.length);
      head = joined;
      position = 0;
    }
    return Arrays.copyOfRange(head, position, Math.min(head.length, position + atMost));
  }

  @Override
  public int read() throws IOException {
    return position < head.length ? head[position++] & 0xff : in.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int held = head.length - position;
    if (held == 0) {
      head = new byte[0];
      position = 0;
      return in.read(into, offset, length);
    }
    int count = Math.min(held, length);
    System.arraycopy(head, position, into, offset, count);
    position += count;
    return count;
  }

  /**
   * More than nothing, always: {@link java.util.zip.GZIPInputStream} asks only this before it looks
   * for a further member, and so it reads to the true end, where the client sees a body cut short
   * and a connection can be used again.
   */
  @Override
  public int available() {
    return 1;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(0, count), 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
