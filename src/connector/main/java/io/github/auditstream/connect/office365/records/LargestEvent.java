package io.github.auditstream.connect.office365.records;

import io.github.auditstream.connect.office365.event.AuditEvent;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.event.BlobReader;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds back events that the producer would not take: such a record fails the task, so the event
 * goes to the dead letters instead, whole, in parts that fit. Safe for many threads.
 */
public final class LargestEvent {
  /** For the record's key, headers and origin, and a schema that a converter writes beside it. */
  private static final int ENVELOPE_BYTES = 64 * 1024;

  /** Half a megabyte passes brokers and producers as they come, in Base64 too. */
  private static final int LONGEST_PART_BYTES = 512 * 1024;

  /**
   * How many times longer than its event a record can be: an empty object in a list is two bytes
   * and a comma, and its record names each of the fields that it could have. What stays below the
   * limit even so needs no closer look.
   */
  private static final int MOST_SWELLING = 128;

  /**
   * How many times more of the heap an event can take than the most that its record can have as
   * JSON: an undocumented property of two characters has eight bytes there and some 150 in memory.
   */
  private static final int MOST_HEAP_A_BYTE = 32;

  private static final long LEAST_HEAP_BYTES = 16L << 20;

  private final long limitBytes;
  private final long heapBytes;
  private final int partBytes;

  /**
   * @param maxRequestBytes the producer's {@code max.request.size}
   */
  public LargestEvent(long maxRequestBytes) {
    this.limitBytes = Math.max(0, maxRequestBytes - maxRequestBytes / 10 - ENVELOPE_BYTES);
    this.heapBytes =
        Math.min(
            BlobReader.DEFAULT_MAX_HEAP_BYTES,
            Math.max(
                LEAST_HEAP_BYTES, MOST_HEAP_A_BYTE * Math.min(maxRequestBytes, Integer.MAX_VALUE)));
    this.partBytes = (int) Math.max(1, Math.min(LONGEST_PART_BYTES, maxRequestBytes / 2));
  }

  /** How many bytes of a refused event one dead letter can hold. */
  public int partBytes() {
    return partBytes;
  }

  /**
   * How much of the heap an event may take while it is read, in bytes. What takes more would be
   * held back in any case, but for what is over the most that any event may take.
   */
  public long heapBytes() {
    return heapBytes;
  }

  /**
   * The element itself or, if it is too large, its refusal.
   *
   * @param text gives the element's JSON text, in an array of its own
   */
  public BlobElement admit(BlobElement element, Supplier<byte[]> text) {
    if (element instanceof BlobElement.Event event) {
      Optional<String> reason = refusal(event.event());
      if (reason.isPresent()) {
        byte[] json = text.get();
        return new BlobElement.Refused(event.index(), reason.get(), json, json.length);
      }
    }
    return element;
  }

  /** Why an event is held back, if it is. */
  public Optional<String> refusal(AuditEvent event) {
    if (event.jsonBytes() <= limitBytes / MOST_SWELLING) {
      return Optional.empty();
    }
    long recordBytes = RecordWeight.ofValue(event.value());
    return recordBytes <= limitBytes
        ? Optional.empty()
        : Optional.of(
            "the event has "
                + event.jsonBytes()
                + " bytes of JSON, its record up to "
                + recordBytes
                + ", which is more than a record may have here ("
                + limitBytes
                + "); it is here whole. To take such events, raise"
                + " producer.override.max.request.size, producer.override.buffer.memory and the"
                + " topics' max.message.bytes");
  }
}
