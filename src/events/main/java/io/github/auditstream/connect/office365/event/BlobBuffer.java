package io.github.auditstream.connect.office365.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;

/**
 * The part of a blob's body that is held: what has been read of it and not yet been passed. It
 * grows with the element at hand, beyond {@link #LARGE_BYTES} only while {@link LargeElements} lets
 * it.
 *
 * <p>For one thread.
 */
final class BlobBuffer {

  /** An element with more bytes of JSON is a large one. */
  static final int LARGE_BYTES = 256 * 1024;

  static final int END_OF_STREAM = -1;

  private static final int INITIAL_BUFFER_BYTES = 32 * 1024;

  /** What lies behind a large element must have room where elements are not large. */
  private static final int LONGEST_READ_BYTES = 64 * 1024;

  private static final int BYTE_ORDER_MARK_BYTES = 3;

  private final InputStream json;
  private final int maxEventBytes;
  private final LargeElements largeElements;

  private byte[] buffer = new byte[INITIAL_BUFFER_BYTES];
  private int position;
  private int limit;

  /** Whether the element at hand is a large one that was let in. */
  private boolean large;

  BlobBuffer(InputStream json, int maxEventBytes, LargeElements largeElements) {
    this.json = json;
    this.maxEventBytes = maxEventBytes;
    this.largeElements = largeElements;
  }

  /** Holds what has been read, from {@link #position} to {@link #limit}; another after a read. */
  byte[] bytes() {
    return buffer;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  int held() {
    return limit - position;
  }

  void pass(int bytes) {
    position += bytes;
  }

  byte[] copy(int from, int length) {
    return Arrays.copyOfRange(buffer, from, from + length);
  }

  boolean large() {
    return large;
  }

  /** Waits until the element at hand may be held though it is large. */
  void enterLarge() throws InterruptedIOException {
    largeElements.enter();
    large = true;
  }

  /** The element has gone, and with it the buffer that it needed, if it was a large one. */
  void leaveLarge() {
    if (!large) {
      return;
    }
    int held = limit - position;
    if (buffer.length > LARGE_BYTES) {
      resize(Math.max(INITIAL_BUFFER_BYTES, held));
    }
    large = false;
    largeElements.leave();
  }

  private void resize(int capacity) {
    int held = limit - position;
    byte[] other = new byte[capacity];
    System.arraycopy(buffer, position, other, 0, held);
    buffer = other;
    position = 0;
    limit = held;
  }

  void skipByteOrderMark() throws IOException {
    boolean more = true;
    while (more && limit - position < BYTE_ORDER_MARK_BYTES) {
      more = fill();
    }
    if (limit - position >= BYTE_ORDER_MARK_BYTES
        && buffer[position] == (byte) 0xEF
        && buffer[position + 1] == (byte) 0xBB
        && buffer[position + 2] == (byte) 0xBF) {
      position += BYTE_ORDER_MARK_BYTES;
    }
  }

  /** Goes to the next byte that is no white space and returns it without passing it. */
  int skipWhiteSpace() throws IOException {
    while (true) {
      while (position < limit) {
        byte next = buffer[position];
        if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
          return next & 0xFF;
        }
        position++;
      }
      if (!fill()) {
        return END_OF_STREAM;
      }
    }
  }

  /** Reads more behind {@code limit}; what lies before {@code position} may go. */
  boolean fill() throws IOException {
    int held = limit - position;
    if (held == 0 && buffer.length > INITIAL_BUFFER_BYTES) {
      buffer = new byte[INITIAL_BUFFER_BYTES];
      position = 0;
      limit = 0;
    } else if (position > 0 && (held <= buffer.length / 2 || buffer.length > maxEventBytes)) {
      System.arraycopy(buffer, position, buffer, 0, held);
      position = 0;
      limit = held;
    } else if (limit == buffer.length) {
      grow();
    }
    int read = json.read(buffer, limit, Math.min(buffer.length - limit, LONGEST_READ_BYTES));
    if (read < 0) {
      return false;
    }
    limit += read;
    if (large && largeElements.isOverdue()) {
      throw new IOException("a large element did not come in time");
    }
    return true;
  }

  /** No further than to where it is clear that an element is over the size limit. */
  private void grow() throws InterruptedIOException {
    int capacity =
        buffer.length > maxEventBytes / 2 && buffer.length <= maxEventBytes
            ? maxEventBytes + 1
            : 2 * buffer.length;
    if (capacity > LARGE_BYTES && !large) {
      enterLarge();
    }
    resize(capacity);
  }
}
