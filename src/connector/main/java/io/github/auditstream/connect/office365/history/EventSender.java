package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.event.AuditEvent;
import io.github.auditstream.connect.office365.event.DlpRecordTypes;
import io.github.auditstream.connect.office365.event.SingleEvents;
import io.github.auditstream.connect.office365.event.UnmappableEventException;
import io.github.auditstream.connect.office365.records.EventIds;
import io.github.auditstream.connect.office365.records.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.source.SourceRecord;

/** Sends what is not in the topics yet. For one thread at a time. */
final class EventSender {
  private final HistoryTools tools;
  private final SingleEvents events;

  EventSender(HistoryTools tools) {
    this.tools = tools;
    this.events = tools.mapper().singleEvents();
  }

  /** What has become of a record. */
  enum Fate {
    SENT,
    ALREADY_THERE,
    DEAD_LETTER
  }

  /** Gives the place of a record, by what has become of it. */
  interface Places {
    HistoryRecords.Place after(Fate fate);
  }

  /**
   * By what an event is known, and its record has for a key: its Id, or what stands for it where it
   * has none.
   */
  static String key(Optional<String> id, ByteBuffer json) {
    return id.map(EventIds::text).orElseGet(() -> "sha256:" + sha256(json));
  }

  /**
   * Sends an event.
   *
   * @param json the event in the live form, in an array of its own
   * @param recordType its record type's number
   */
  Fate send(
      HistoryRecords.Source source,
      String key,
      long index,
      ByteBuffer json,
      OptionalLong recordType,
      Places places,
      Instant now)
      throws InterruptedException {
    if (!tools.known().add(key)) {
      return Fate.ALREADY_THERE;
    }
    AuditEvent event;
    try {
      event =
          events.map(
              json.array(),
              json.arrayOffset() + json.position(),
              json.remaining(),
              isDlp(recordType),
              tools.largestEvent().heapBytes());
    } catch (UnmappableEventException e) {
      return refuse(
          source, index, "the event " + e.getMessage(), json, json.remaining(), places, now);
    }
    Optional<String> tooLarge = tools.largestEvent().refusal(event);
    if (tooLarge.isPresent()) {
      return refuse(source, index, tooLarge.get(), json, json.remaining(), places, now);
    }
    tools
        .outbox()
        .put(
            tools.records().event(source, key, event, places.after(Fate.SENT), now),
            event.heapBytes());
    return Fate.SENT;
  }

  private static boolean isDlp(OptionalLong recordType) {
    return recordType.isPresent()
        && recordType.getAsLong() == (int) recordType.getAsLong()
        && DlpRecordTypes.contains((int) recordType.getAsLong());
  }

  /**
   * Sends what is no event to the dead letters.
   *
   * @param bytes of it, or its beginning
   */
  Fate refuse(
      HistoryRecords.Source source,
      long index,
      String reason,
      ByteBuffer bytes,
      long bytesInAll,
      Places places,
      Instant now)
      throws InterruptedException {
    List<SourceRecord> letters =
        tools
            .records()
            .refused(
                source,
                source.tenant() + "/" + sha256(bytes),
                index,
                reason,
                bytes,
                bytesInAll,
                places.after(Fate.DEAD_LETTER),
                now);
    boolean any = false;
    for (SourceRecord letter : letters) {
      if (tools.known().add(String.valueOf(letter.key()))) {
        tools.outbox().put(letter, bytes.remaining() / letters.size() + 1L);
        any = true;
      }
    }
    return any ? Fate.DEAD_LETTER : Fate.ALREADY_THERE;
  }

  private static String sha256(ByteBuffer bytes) {
    byte[] all = new byte[bytes.remaining()];
    bytes.duplicate().get(all);
    return HexFormat.of().formatHex(Sha256.of(all));
  }
}
