package io.github.auditstream.connect.office365.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails where it is longer than it may be. */
public final class BoundedInputStream extends FilterInputStream {
  private final long limitBytes;
  private long leftBytes;

  /** There is more than the limit. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(long limitBytes) {
      super("the answer is longer than " + limitBytes + " bytes");
    }
  }

  public BoundedInputStream(InputStream in, long limitBytes) {
    super(in);
    this.limitBytes = limitBytes;
    this.leftBytes = limitBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    leftBytes -= Math.max(0, count);
    if (leftBytes < 0) {
      throw new TooLongException(limitBytes);
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
