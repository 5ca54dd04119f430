package io.github.auditstream.connect.office365.event;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blob's body event by event. It holds one event at a time, whatever the blob's size.
 *
 * <p>For one thread. Closing it closes the stream.
 */
public final class BlobReader implements AutoCloseable {

  /** The largest element that is read, in bytes; what is larger is refused. */
  public static final int DEFAULT_MAX_EVENT_BYTES = 32 * 1024 * 1024;

  static final int KEPT_OF_OVERSIZED_BYTES = 64 * 1024;

  private static final int INITIAL_BUFFER_BYTES = 16 * 1024;
  private static final int BYTE_ORDER_MARK_BYTES = 3;
  private static final int END_OF_STREAM = -1;
  private static final String CUT_SHORT =
      "the body ends before the array does, so it was cut short on its way";

  private final InputStream json;
  private final AuditEventMapper mapper;
  private final BlobOrigin origin;
  private final int maxEventBytes;
  private final ElementScanner scanner = new ElementScanner();
  private final JsonCursor cursor = new JsonCursor();

  private byte[] buffer = new byte[INITIAL_BUFFER_BYTES];
  private int position;
  private int limit;

  private boolean opened;
  private boolean ended;
  private long index;
  private @Nullable BrokenBlobException broken;

  /** A reader with the default size limit. */
  public BlobReader(InputStream json, AuditEventMapper mapper, BlobOrigin origin) {
    this(json, mapper, origin, DEFAULT_MAX_EVENT_BYTES);
  }

  /**
   * A reader.
   *
   * @param json the body, already gunzipped
   * @param origin what each event's {@code ContentBlob} is to say
   * @param maxEventBytes elements over this size are refused; at most half of 2 GiB
   */
  public BlobReader(
      InputStream json, AuditEventMapper mapper, BlobOrigin origin, int maxEventBytes) {
    if (maxEventBytes < 1 || maxEventBytes > 1 << 30) {
      throw new IllegalArgumentException("Not a size limit for events: " + maxEventBytes);
    }
    this.json = json;
    this.mapper = mapper;
    this.origin = origin;
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * The next element, or null once the array's closing bracket and nothing but white space after it
   * has been seen.
   *
   * @throws BrokenBlobException if the body is not a whole JSON array; thrown again by every later
   *     call
   * @throws IOException if the stream fails, also where its compression is broken
   */
  public @Nullable BlobElement next() throws IOException, BrokenBlobException {
    if (broken != null) {
      throw broken;
    }
    if (ended) {
      return null;
    }
    int first = opened ? behindElement() : open();
    if (first == ']') {
      position++;
      if (skipWhiteSpace() != END_OF_STREAM) {
        throw broken("text follows the closing bracket of the array");
      }
      ended = true;
      return null;
    }
    BlobElement element = element();
    index++;
    return element;
  }

  @Override
  public void close() throws IOException {
    json.close();
  }

  private int open() throws IOException, BrokenBlobException {
    skipByteOrderMark();
    int first = skipWhiteSpace();
    if (first != '[') {
      throw broken(
          switch (first) {
            case END_OF_STREAM -> "the body is empty";
            case '<' -> "the body is HTML or XML, probably a proxy's page, where an array is due";
            case '{' -> "the body is a JSON object, probably an error, where an array is due";
            default -> "the body does not begin with an array";
          });
    }
    position++;
    opened = true;
    int next = skipWhiteSpace();
    if (next == END_OF_STREAM) {
      throw broken(CUT_SHORT);
    }
    return next;
  }

  private int behindElement() throws IOException, BrokenBlobException {
    int next = skipWhiteSpace();
    if (next == ']') {
      return next;
    }
    if (next == ',') {
      position++;
      next = skipWhiteSpace();
      if (next != ']' && next != END_OF_STREAM) {
        return next;
      }
    }
    throw broken(
        next == END_OF_STREAM ? CUT_SHORT : "an element is not followed by a comma and another");
  }

  private BlobElement element() throws IOException, BrokenBlobException {
    scanner.start(buffer[position]);
    int scanned = position;
    int end;
    while ((end = scanner.scan(buffer, position, scanned, limit)) < 0) {
      int length = limit - position;
      if (length > maxEventBytes) {
        return oversized();
      }
      if (!fill()) {
        throw broken(CUT_SHORT);
      }
      scanned = position + length;
    }
    int start = position;
    int length = end - start;
    if (length == 0) {
      throw broken("an element of the array is missing");
    }
    position = end;
    if (length > maxEventBytes) {
      return refusedForSize(Arrays.copyOfRange(buffer, start, start + kept(length)), length);
    }
    if (!scanner.object()) {
      return refused("is not a JSON object", start, length);
    }
    try {
      return new BlobElement.Event(
          index, mapper.map(buffer, start, length, origin, index, scanner, cursor));
    } catch (UnmappableEventException e) {
      return refused(String.valueOf(e.getMessage()), start, length);
    }
  }

  private BlobElement oversized() throws IOException, BrokenBlobException {
    int held = limit - position;
    byte[] head = Arrays.copyOfRange(buffer, position, position + kept(held));
    long length = held;
    while (true) {
      position = 0;
      limit = 0;
      if (!fill()) {
        throw broken(CUT_SHORT);
      }
      int end = scanner.scanOn(buffer, limit);
      if (end >= 0) {
        position = end;
        return refusedForSize(head, length + end);
      }
      length += limit;
    }
  }

  private static int kept(int length) {
    return Math.min(length, KEPT_OF_OVERSIZED_BYTES);
  }

  private BlobElement refusedForSize(byte[] head, long length) {
    return new BlobElement.Refused(
        index, "is larger than the limit of " + maxEventBytes + " bytes", head, length);
  }

  private BlobElement refused(String reason, int start, int length) {
    byte[] bytes = Arrays.copyOfRange(buffer, start, start + length);
    return new BlobElement.Refused(index, reason, bytes, length);
  }

  private BrokenBlobException broken(String reason) {
    BrokenBlobException thrown = new BrokenBlobException(reason, index);
    broken = thrown;
    return thrown;
  }

  private void skipByteOrderMark() throws IOException {
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
  private int skipWhiteSpace() throws IOException {
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
  private boolean fill() throws IOException {
    int held = limit - position;
    if (held == 0 && buffer.length > INITIAL_BUFFER_BYTES) {
      buffer = new byte[INITIAL_BUFFER_BYTES];
      position = 0;
      limit = 0;
    } else if (position > 0 && held <= buffer.length / 2) {
      System.arraycopy(buffer, position, buffer, 0, held);
      position = 0;
      limit = held;
    } else if (limit == buffer.length) {
      byte[] larger = new byte[buffer.length * 2];
      System.arraycopy(buffer, position, larger, 0, held);
      buffer = larger;
      position = 0;
      limit = held;
    }
    int read = json.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      return false;
    }
    limit += read;
    return true;
  }
}
