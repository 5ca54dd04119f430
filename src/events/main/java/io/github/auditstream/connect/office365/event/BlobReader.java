package io.github.auditstream.connect.office365.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blob's body event by event. It holds one event at a time, whatever the blob's size, and a
 * large one only while {@link LargeElements} lets it: from before it is gathered until the next is
 * asked for.
 *
 * <p>For one thread. Closing it closes the stream.
 */
public final class BlobReader implements AutoCloseable {

  /** The largest element that is read, in bytes; what is larger is refused. */
  public static final int DEFAULT_MAX_EVENT_BYTES = 32 * 1024 * 1024;

  /** The most of the heap that an event may take where nothing else is said. */
  public static final long DEFAULT_MAX_HEAP_BYTES = 4L * DEFAULT_MAX_EVENT_BYTES;

  /** An element with more bytes of JSON is a large one. */
  static final int LARGE_BYTES = 256 * 1024;

  /** An event that takes more of the heap is a large one. */
  static final long LARGE_HEAP_BYTES = 2 * LARGE_BYTES;

  static final int KEPT_OF_OVERSIZED_BYTES = 64 * 1024;

  private static final int INITIAL_BUFFER_BYTES = 16 * 1024;

  /** What lies behind a large element must have room where elements are not large. */
  private static final int LONGEST_READ_BYTES = 64 * 1024;

  private static final int BYTE_ORDER_MARK_BYTES = 3;
  private static final int END_OF_STREAM = -1;
  private static final String CUT_SHORT =
      "the body ends before the array does, so it was cut short on its way";

  private final InputStream json;
  private final AuditEventMapper mapper;
  private final BlobOrigin origin;
  private final int maxEventBytes;
  private final long maxHeapBytes;
  private final LargeElements largeElements;
  private final ElementScanner scanner = new ElementScanner();
  private final JsonCursor cursor = new JsonCursor();

  private byte[] buffer = new byte[INITIAL_BUFFER_BYTES];
  private int position;
  private int limit;
  private int lastLength;

  private boolean opened;
  private boolean ended;
  private long index;
  private @Nullable BrokenBlobException broken;

  /** Whether the element at hand is a large one that was let in. */
  private boolean large;

  /** A reader with the default size limit. */
  public BlobReader(InputStream json, AuditEventMapper mapper, BlobOrigin origin) {
    this(json, mapper, origin, DEFAULT_MAX_EVENT_BYTES);
  }

  /** A reader of elements of any size up to a limit of one's own, at most half of 2 GiB. */
  public BlobReader(
      InputStream json, AuditEventMapper mapper, BlobOrigin origin, int maxEventBytes) {
    this(json, mapper, origin, maxEventBytes, DEFAULT_MAX_HEAP_BYTES, LargeElements.ANY);
  }

  /**
   * A reader with the default size limit that shares memory with others.
   *
   * @param json the body, already gunzipped
   * @param origin what each event's {@code ContentBlob} is to say
   * @param maxHeapBytes events that would take more of the heap are refused
   * @param largeElements is asked before a large element is held
   */
  public BlobReader(
      InputStream json,
      AuditEventMapper mapper,
      BlobOrigin origin,
      long maxHeapBytes,
      LargeElements largeElements) {
    this(json, mapper, origin, DEFAULT_MAX_EVENT_BYTES, maxHeapBytes, largeElements);
  }

  private BlobReader(
      InputStream json,
      AuditEventMapper mapper,
      BlobOrigin origin,
      int maxEventBytes,
      long maxHeapBytes,
      LargeElements largeElements) {
    if (maxEventBytes < 1 || maxEventBytes > 1 << 30) {
      throw new IllegalArgumentException("Not a size limit for events: " + maxEventBytes);
    }
    this.json = json;
    this.mapper = mapper;
    this.origin = origin;
    this.maxEventBytes = maxEventBytes;
    this.maxHeapBytes = maxHeapBytes;
    this.largeElements = largeElements;
  }

  /**
   * The next element, or null once the array's closing bracket and nothing but white space after it
   * has been seen.
   *
   * @throws BrokenBlobException if the body is not a whole JSON array; thrown again by every later
   *     call
   * @throws IOException if the stream fails, also where its compression is broken; an {@link
   *     java.io.InterruptedIOException} if the thread is interrupted before it may hold a large
   *     element
   */
  public @Nullable BlobElement next() throws IOException, BrokenBlobException {
    if (large) {
      leaveLarge();
    }
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
    if (large) {
      leaveLarge();
    }
    json.close();
  }

  /**
   * The JSON text of the element that {@link #next} returned last, in an array of the caller's own.
   * There is none once the next has been asked for, nor of an element over the size limit.
   */
  public byte[] lastElement() {
    return Arrays.copyOfRange(buffer, position - lastLength, position);
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
    lastLength = length;
    if (length > maxEventBytes) {
      return refusedForSize(Arrays.copyOfRange(buffer, start, start + kept(length)), length);
    }
    if (!scanner.object()) {
      return refused("is not a JSON object", start, length);
    }
    try {
      return event(start, length);
    } catch (LargeEventException e) {
      return refused(
          "would take more than "
              + maxHeapBytes
              + " bytes of memory as a record, since it is made of very many values",
          start,
          length);
    } catch (UnmappableEventException e) {
      return refused(String.valueOf(e.getMessage()), start, length);
    }
  }

  private BlobElement.Event event(int start, int length)
      throws InterruptedIOException, UnmappableEventException {
    if (!large) {
      try {
        return event(start, length, LARGE_HEAP_BYTES);
      } catch (LargeEventException e) {
        // What was made of it so far is given up: it is not to wait in memory.
        enterLarge();
      }
    }
    return event(start, length, maxHeapBytes);
  }

  private BlobElement.Event event(int start, int length, long heapBytes)
      throws UnmappableEventException {
    return new BlobElement.Event(
        index, mapper.map(buffer, start, length, origin, index, scanner, cursor, heapBytes));
  }

  private void enterLarge() throws InterruptedIOException {
    largeElements.enter();
    large = true;
  }

  /** The element has gone, and with it the buffer that it needed. */
  private void leaveLarge() {
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

  private BlobElement oversized() throws IOException, BrokenBlobException {
    int held = limit - position;
    byte[] head = Arrays.copyOfRange(buffer, position, position + kept(held));
    long length = held;
    position = limit;
    if (large) {
      // It may go on for long, and none of it is held.
      leaveLarge();
    }
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
