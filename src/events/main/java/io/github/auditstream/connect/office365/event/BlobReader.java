package io.github.auditstream.connect.office365.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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

  /** An event that takes more of the heap is a large one. */
  static final long LARGE_HEAP_BYTES = 2 * BlobBuffer.LARGE_BYTES;

  static final int KEPT_OF_OVERSIZED_BYTES = 64 * 1024;

  private static final int GOES_ON = -1;
  private static final String CUT_SHORT =
      "the body ends before the array does, so it was cut short on its way";

  private final InputStream json;
  private final EventReader events;
  private final int maxEventBytes;
  private final long maxHeapBytes;
  private final BlobBuffer buffer;
  private final ElementScanner scanner = new ElementScanner();

  private int lastLength;
  private boolean opened;
  private boolean ended;
  private long index;
  private @Nullable BrokenBlobException broken;

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
    this.events = mapper.reader(origin);
    this.maxEventBytes = maxEventBytes;
    this.maxHeapBytes = maxHeapBytes;
    this.buffer = new BlobBuffer(json, maxEventBytes, largeElements);
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
    buffer.leaveLarge();
    if (broken != null) {
      throw broken;
    }
    if (ended) {
      return null;
    }
    int first = opened ? behindElement() : open();
    if (first == ']') {
      buffer.pass(1);
      if (buffer.skipWhiteSpace() != BlobBuffer.END_OF_STREAM) {
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
    buffer.leaveLarge();
    json.close();
  }

  /**
   * The JSON text of the element that {@link #next} returned last, in an array of the caller's own.
   * There is none once the next has been asked for, nor of an element over the size limit.
   */
  public byte[] lastElement() {
    return buffer.copy(buffer.position() - lastLength, lastLength);
  }

  private int open() throws IOException, BrokenBlobException {
    buffer.skipByteOrderMark();
    int first = buffer.skipWhiteSpace();
    if (first != '[') {
      throw broken(
          switch (first) {
            case BlobBuffer.END_OF_STREAM -> "the body is empty";
            case '<' -> "the body is HTML or XML, probably a proxy's page, where an array is due";
            case '{' -> "the body is a JSON object, probably an error, where an array is due";
            default -> "the body does not begin with an array";
          });
    }
    buffer.pass(1);
    opened = true;
    int next = buffer.skipWhiteSpace();
    if (next == BlobBuffer.END_OF_STREAM) {
      throw broken(CUT_SHORT);
    }
    return next;
  }

  private int behindElement() throws IOException, BrokenBlobException {
    int next = buffer.skipWhiteSpace();
    if (next == ']') {
      return next;
    }
    if (next == ',') {
      buffer.pass(1);
      next = buffer.skipWhiteSpace();
      if (next != ']' && next != BlobBuffer.END_OF_STREAM) {
        return next;
      }
    }
    throw broken(
        next == BlobBuffer.END_OF_STREAM
            ? CUT_SHORT
            : "an element is not followed by a comma and another");
  }

  private BlobElement element() throws IOException, BrokenBlobException {
    boolean object = buffer.bytes()[buffer.position()] == '{';
    int held = buffer.held();
    boolean tried = object && held > 2 * lastLength;
    if (tried) {
      BlobElement event = quickly(held);
      if (event != null) {
        return event;
      }
    }
    int length = scan();
    if (length == GOES_ON) {
      return oversized();
    }
    if (length == 0) {
      throw broken("an element of the array is missing");
    }
    if (length > maxEventBytes) {
      byte[] head = buffer.copy(buffer.position(), kept(length));
      pass(length);
      return refusedForSize(head, length);
    }
    if (!object) {
      return refused("is not a JSON object", length);
    }
    if (!buffer.large() && (!tried || length > held)) {
      BlobElement event = quickly(length);
      if (event != null) {
        return event;
      }
    }
    return exactly(length);
  }

  /**
   * Finds the end of the element at hand.
   *
   * @return its length, or {@link #GOES_ON} if it has none up to the size limit
   */
  private int scan() throws IOException, BrokenBlobException {
    scanner.start(buffer.bytes()[buffer.position()]);
    int scanned = 0;
    int end;
    while ((end = scanner.scan(buffer.bytes(), buffer.position() + scanned, buffer.limit())) < 0) {
      scanned = buffer.held();
      if (scanned > maxEventBytes) {
        return GOES_ON;
      }
      if (!buffer.fill()) {
        throw broken(CUT_SHORT);
      }
    }
    return end - buffer.position();
  }

  /** The element at hand, null if it does not end within so many bytes or needs a closer look. */
  private @Nullable BlobElement quickly(int length) {
    try {
      int limit = buffer.position() + Math.min(length, BlobBuffer.LARGE_BYTES);
      AuditEvent event =
          events.readQuickly(buffer.bytes(), buffer.position(), limit, index, LARGE_HEAP_BYTES);
      if (event == null || event.jsonBytes() > maxEventBytes) {
        return null;
      }
      return passed(event);
    } catch (LargeEventException e) {
      return null;
    }
  }

  private BlobElement exactly(int length) throws InterruptedIOException {
    try {
      if (!buffer.large()) {
        try {
          return passed(exactly(length, LARGE_HEAP_BYTES));
        } catch (LargeEventException e) {
          // What was made of it so far is given up: it is not to wait in memory.
          buffer.enterLarge();
        }
      }
      return passed(exactly(length, maxHeapBytes));
    } catch (LargeEventException e) {
      return refused(takesMoreThan(maxHeapBytes), length);
    } catch (UnmappableEventException e) {
      return refused(String.valueOf(e.getMessage()), length);
    }
  }

  private AuditEvent exactly(int length, long heapBytes) throws UnmappableEventException {
    return events.readExactly(buffer.bytes(), buffer.position(), length, index, heapBytes);
  }

  private BlobElement passed(AuditEvent event) {
    pass(event.jsonBytes());
    return new BlobElement.Event(index, event);
  }

  private void pass(int length) {
    buffer.pass(length);
    lastLength = length;
  }

  private BlobElement refused(String reason, int length) {
    byte[] bytes = buffer.copy(buffer.position(), length);
    pass(length);
    return new BlobElement.Refused(index, reason, bytes, length);
  }

  /** Passes an element over the size limit, none of which is held but its head. */
  private BlobElement oversized() throws IOException, BrokenBlobException {
    byte[] head = buffer.copy(buffer.position(), kept(buffer.held()));
    long length = 0;
    int end;
    do {
      length += buffer.held();
      buffer.pass(buffer.held());
      // It may go on for long.
      buffer.leaveLarge();
      if (!buffer.fill()) {
        throw broken(CUT_SHORT);
      }
    } while ((end = scanner.scan(buffer.bytes(), buffer.position(), buffer.limit())) < 0);
    int rest = end - buffer.position();
    buffer.pass(rest);
    return refusedForSize(head, length + rest);
  }

  private static int kept(int length) {
    return Math.min(length, KEPT_OF_OVERSIZED_BYTES);
  }

  private BlobElement refusedForSize(byte[] head, long length) {
    return new BlobElement.Refused(index, isLargerThan(maxEventBytes), head, length);
  }

  static String isLargerThan(int maxEventBytes) {
    return "is larger than the limit of " + maxEventBytes + " bytes";
  }

  static String takesMoreThan(long maxHeapBytes) {
    return "would take more than "
        + maxHeapBytes
        + " bytes of memory as a record, since it is made of very many values";
  }

  private BrokenBlobException broken(String reason) {
    BrokenBlobException thrown = new BrokenBlobException(reason, index);
    broken = thrown;
    return thrown;
  }
}
