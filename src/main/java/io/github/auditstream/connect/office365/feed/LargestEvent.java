package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.event.AuditEvent;
import io.github.auditstream.connect.office365.event.AuditEventRestorer;
import io.github.auditstream.connect.office365.event.BlobElement;
import java.nio.charset.StandardCharsets;

/**
 * Holds back events that the producer would not take: such a record fails the task, so the event
 * goes to the dead letters instead, whole, in parts that fit. Safe for many threads.
 */
final class LargestEvent {
  /** For the record's key, headers and origin, and what a batch adds. */
  private static final int ENVELOPE_BYTES = 16 * 1024;

  private final AuditEventRestorer restorer = new AuditEventRestorer();
  private final long limitBytes;

  /**
   * @param maxRequestBytes the producer's {@code max.request.size}; an event's record is about as
   *     long as its JSON text, so that a tenth is left for what a converter adds
   */
  LargestEvent(long maxRequestBytes) {
    this.limitBytes = Math.max(0, maxRequestBytes - maxRequestBytes / 10 - ENVELOPE_BYTES);
  }

  /** The element itself or, if it is too large, its refusal. */
  BlobElement admit(BlobElement element) {
    return element instanceof BlobElement.Event event && event.event().jsonBytes() > limitBytes
        ? refusal(event.index(), event.event())
        : element;
  }

  private BlobElement refusal(long index, AuditEvent event) {
    byte[] json = restorer.restore(event.value()).getBytes(StandardCharsets.UTF_8);
    String reason =
        "the event has "
            + event.jsonBytes()
            + " bytes of JSON, more than a record may have here ("
            + limitBytes
            + "); it stands here whole. To take such events, raise"
            + " producer.override.max.request.size, producer.override.buffer.memory and the topics'"
            + " max.message.bytes";
    return new BlobElement.Refused(index, reason, json, json.length);
  }
}
