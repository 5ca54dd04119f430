package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.event.AuditEventRestorer;
import io.github.auditstream.connect.office365.event.BlobElement;
import java.nio.charset.StandardCharsets;

/**
 * Holds back events that the producer would not take: such a record fails the task, so the event
 * goes to the dead letters instead, whole, in parts that fit. Safe for many threads.
 */
final class LargestEvent {
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

  private final AuditEventRestorer restorer = new AuditEventRestorer();
  private final long limitBytes;
  private final int partBytes;

  /**
   * @param maxRequestBytes the producer's {@code max.request.size}
   */
  LargestEvent(long maxRequestBytes) {
    this.limitBytes = Math.max(0, maxRequestBytes - maxRequestBytes / 10 - ENVELOPE_BYTES);
    this.partBytes = (int) Math.max(1, Math.min(LONGEST_PART_BYTES, maxRequestBytes / 2));
  }

  /** How many bytes of a refused event one dead letter can hold. */
  int partBytes() {
    return partBytes;
  }

  /** The element itself or, if it is too large, its refusal. */
  BlobElement admit(BlobElement element) {
    return element instanceof BlobElement.Event event
            && event.event().jsonBytes() > limitBytes / MOST_SWELLING
        ? weighed(event)
        : element;
  }

  private BlobElement weighed(BlobElement.Event event) {
    long recordBytes = RecordWeight.ofValue(event.event().value());
    return recordBytes > limitBytes ? refusal(event, recordBytes) : event;
  }

  private BlobElement refusal(BlobElement.Event event, long recordBytes) {
    byte[] json = restorer.restore(event.event().value()).getBytes(StandardCharsets.UTF_8);
    String reason =
        "the event has "
            + json.length
            + " bytes of JSON, its record up to "
            + recordBytes
            + ", which is more than a record may have here ("
            + limitBytes
            + "); it stands here whole. To take such events, raise"
            + " producer.override.max.request.size, producer.override.buffer.memory and the topics'"
            + " max.message.bytes";
    return new BlobElement.Refused(event.index(), reason, json, json.length);
  }
}
