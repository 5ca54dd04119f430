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
    // Text in text is at most twice as long as the event: what is smaller needs no closer look.
    return element instanceof BlobElement.Event event && event.event().jsonBytes() > limitBytes / 2
        ? weighed(event)
        : element;
  }

  /** A converter to JSON doubles quotes and backslashes of the properties that are kept as text. */
  private BlobElement weighed(BlobElement.Event event) {
    byte[] json = restorer.restore(event.event().value()).getBytes(StandardCharsets.UTF_8);
    long escapes = 0;
    for (byte character : json) {
      if (character == '"' || character == '\\') {
        escapes++;
      }
    }
    return json.length + escapes > limitBytes ? refusal(event.index(), json) : event;
  }

  private BlobElement refusal(long index, byte[] json) {
    String reason =
        "the event has "
            + json.length
            + " bytes of JSON, more than a record may have here ("
            + limitBytes
            + ", quotes counted twice); it stands here whole. To take such events, raise"
            + " producer.override.max.request.size, producer.override.buffer.memory and the topics'"
            + " max.message.bytes";
    return new BlobElement.Refused(index, reason, json, json.length);
  }
}
