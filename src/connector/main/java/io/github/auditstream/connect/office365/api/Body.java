package io.github.auditstream.connect.office365.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body, gunzipped. One thread reads; any thread may close, and a read under way then
 * fails at once.
 */
final class Body extends InputStream {

  /** What a body turns out to be by its first byte that is not white space. */
  enum Opening {
    ARRAY,
    OBJECT,
    /** HTML or XML, such as a proxy's page. */
    MARKUP,
    NOTHING,
    OTHER
  }

  private static final int GZIP_BUFFER_BYTES = 16 * 1024;

  /** A byte order mark and white space are looked through up to here. */
  private static final int LOOKED_AT_BYTES = 512;

  private final InputStream wire;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile boolean closed;

  /** Guarded by {@code reading}; null until the first byte is wanted. */
  private @Nullable InputStream unpacked;

  /**
   * @param wire the bytes as they arrive; from now on closed by this body
   */
  Body(InputStream wire) {
    this.wire = wire;
  }

  /** How the body begins, found without reading it. Waits only for the bytes it needs. */
  Opening opening() throws IOException {
    for (int count = 1; count <= LOOKED_AT_BYTES; count++) {
      byte[] start = peek(count);
      if (start.length < count) {
        return Opening.NOTHING;
      }
      Opening opening = opening(start[count - 1]);
      if (opening != null) {
        return opening;
      }
    }
    return Opening.OTHER;
  }

  /** Null for white space and a byte order mark, behind which the beginning is. */
  private static @Nullable Opening opening(byte first) {
    return switch (first) {
      case ' ', '\t', '\r', '\n', (byte) 0xef, (byte) 0xbb, (byte) 0xbf -> null;
      case '[' -> Opening.ARRAY;
      case '{' -> Opening.OBJECT;
      case '<' -> Opening.MARKUP;
      default -> Opening.OTHER;
    };
  }

  byte[] peek(int atMost) throws IOException {
    reading.lock();
    try {
      checkOpen();
      return peek(decoded(), atMost);
    } finally {
      reading.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    reading.lock();
    try {
      checkOpen();
      return decoded().read(into, offset, length);
    } finally {
      reading.unlock();
    }
  }

  /**
   * Idempotent. The wire goes first, which ends a read under way; only then is the unpacking torn
   * down, which must not happen under a reader's feet.
   */
  @Override
  public void close() throws IOException {
    closed = true;
    wire.close();
    reading.lock();
    try {
      if (unpacked != null) {
        unpacked.close();
      }
    } finally {
      reading.unlock();
    }
  }

  /** Closes it where nobody waits to hear that closing failed. */
  void abandon() {
    try {
      close();
    } catch (IOException e) {
      // The connection is dropped, which is what was wanted.
    }
  }

  /** Reads what is left, up to the limit, so that the connection can be used again; then closes. */
  void drain(int limitBytes) {
    try {
      readNBytes(limitBytes);
    } catch (IOException e) {
      // Then the connection is not used again.
    } finally {
      abandon();
    }
  }

  /**
   * Gunzips what begins as gzip does, whatever {@code Content-Encoding} says: no JSON begins like
   * that, and there are proxies that unpack a body and leave the header, or the reverse.
   */
  private InputStream decoded() throws IOException {
    if (unpacked == null) {
      InputStream raw = new Ahead(wire);
      byte[] start = peek(raw, 2);
      boolean gzip = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
      unpacked = gzip ? new BufferedInputStream(new Gunzipped(raw), LOOKED_AT_BYTES) : raw;
    }
    return unpacked;
  }

  /** The next bytes, which stay to be read: fewer than asked for only at the end of the stream. */
  private static byte[] peek(InputStream in, int atMost) throws IOException {
    in.mark(atMost);
    byte[] next = in.readNBytes(atMost);
    in.reset();
    return next;
  }

  /**
   * Always says that more is there: {@link GZIPInputStream} asks only this before it looks for a
   * further member, and so it reads to the true end, where the client sees a body cut short and a
   * connection can be used again.
   */
  private static final class Ahead extends BufferedInputStream {
    Ahead(InputStream in) {
      super(in, LOOKED_AT_BYTES);
    }

    @Override
    public int available() {
      return 1;
    }
  }

  /** Never says that more is there, so that nobody waits for that while there is something. */
  private static final class Gunzipped extends GZIPInputStream {
    Gunzipped(InputStream in) throws IOException {
      super(in, GZIP_BUFFER_BYTES);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("the body was closed");
    }
  }
}
