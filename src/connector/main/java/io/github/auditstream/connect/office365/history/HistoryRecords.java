package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.config.HistoryTopics;
import io.github.auditstream.connect.office365.event.AuditEvent;
import io.github.auditstream.connect.office365.records.Delivery;
import io.github.auditstream.connect.office365.records.RecordTimes;
import io.github.auditstream.connect.office365.records.SentRecord;
import io.github.auditstream.connect.office365.status.BlobFacts;
import io.github.auditstream.connect.office365.status.DeadLetter;
import io.github.auditstream.connect.office365.status.HistoryStatus;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the source records of the history. Safe for many threads. */
final class HistoryRecords {
  /** Where an event was read: {@code history} or {@code import}; the live connector sets none. */
  static final String ORIGIN_HEADER = "origin";

  static final String TENANT_HEADER = "tenant";
  static final String QUERY_HEADER = "queryId";
  static final String FILE_HEADER = "file";

  /** Cause of a dead letter for what is no event. */
  private static final String REFUSED = "REFUSED";

  private final HistoryTopics topics;
  private final int partBytes;
  private final Delivery delivery;

  /**
   * @param partBytes how many bytes one dead letter holds at most
   */
  HistoryRecords(HistoryTopics topics, int partBytes, Delivery delivery) {
    this.topics = topics;
    this.partBytes = partBytes;
    this.delivery = delivery;
  }

  /**
   * Where a record was read.
   *
   * @param tenant the tenant's id; empty text for a file, whose events say it themselves
   * @param origin {@code history} or {@code import}
   * @param query the query's id, or the file's name
   */
  record Source(String tenant, String origin, String query) {
    static final String HISTORY = "history";
    static final String IMPORT = "import";

    private ConnectHeaders headers() {
      return headers(tenant.isEmpty() ? Optional.empty() : Optional.of(tenant));
    }

    private ConnectHeaders headers(Optional<String> ofTenant) {
      ConnectHeaders headers = new ConnectHeaders();
      ofTenant.ifPresent(id -> headers.addString(TENANT_HEADER, id));
      headers.addString(ORIGIN_HEADER, origin);
      headers.addString(origin.equals(IMPORT) ? FILE_HEADER : QUERY_HEADER, query);
      return headers;
    }
  }

  /** What a record's offset belongs to, and the offset. */
  record Place(Map<String, String> sourcePartition, Map<String, Object> sourceOffset) {}

  /**
   * The record of an event.
   *
   * @param key by which it is known
   */
  SourceRecord event(Source source, String key, AuditEvent event, Place place, Instant now) {
    return new SentRecord(
        place.sourcePartition(),
        place.sourceOffset(),
        topics.prefix() + "." + event.workload().topicSuffix(),
        key,
        event.value(),
        RecordTimes.ofEvent(event.creationTime(), now, now),
        source.headers(tenantOf(source, event)),
        delivery);
  }

  private static Optional<String> tenantOf(Source source, AuditEvent event) {
    if (!source.tenant().isEmpty()) {
      return Optional.of(source.tenant());
    }
    Field organization = event.value().schema().field("OrganizationId");
    return organization == null
        ? Optional.empty()
        : Optional.ofNullable(event.value().get(organization)).map(Object::toString);
  }

  /**
   * The dead letters for a record that is no audit event: one, or more where it is long. Each has a
   * key of its own, by which it is known.
   *
   * @param key what the keys begin with
   * @param index the record's place in the page or file
   */
  List<SourceRecord> refused(
      Source source,
      String key,
      long index,
      String reason,
      ByteBuffer bytes,
      long bytesInAll,
      Place place,
      Instant now) {
    DeadLetter letter =
        new DeadLetter(
            new BlobFacts(source.tenant(), source.origin(), source.query(), "", "", ""),
            DeadLetter.Scope.EVENT,
            index,
            REFUSED,
            reason,
            0,
            "",
            1,
            now,
            bytes,
            bytesInAll,
            Optional.empty());
    List<SourceRecord> records = new ArrayList<>();
    for (Struct part : letter.toStructs(partBytes)) {
      records.add(
          new SentRecord(
              place.sourcePartition(),
              place.sourceOffset(),
              topics.deadLetter(),
              records.isEmpty() ? key : key + "/" + records.size(),
              part,
              now.toEpochMilli(),
              source.headers(),
              delivery));
    }
    return records;
  }

  /** A record of the ledger. */
  SourceRecord ledger(HistoryStatus status, Place place) {
    return new SentRecord(
        place.sourcePartition(),
        place.sourceOffset(),
        topics.ledger(),
        status.key(),
        status.toStruct(),
        status.time().toEpochMilli(),
        new ConnectHeaders(),
        delivery);
  }
}
