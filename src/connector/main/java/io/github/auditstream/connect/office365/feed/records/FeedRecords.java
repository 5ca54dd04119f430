package io.github.auditstream.connect.office365.feed.records;

import io.github.auditstream.connect.office365.api.RefusedEntry;
import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.event.AuditEvent;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.Timestamps;
import io.github.auditstream.connect.office365.feed.retrieval.BlobEnd;
import io.github.auditstream.connect.office365.feed.retrieval.BlobFetch;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.records.EventIds;
import io.github.auditstream.connect.office365.records.RecordTimes;
import io.github.auditstream.connect.office365.records.SentRecord;
import io.github.auditstream.connect.office365.status.BlobFacts;
import io.github.auditstream.connect.office365.status.DeadLetter;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.Receipt;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Makes the source records of one feed. Not safe for many threads: it remembers the last blob. */
public final class FeedRecords {
  /** Headers of every event and dead letter. */
  static final String TENANT_HEADER = "tenant";

  static final String CONTENT_TYPE_HEADER = "contentType";
  static final String CONTENT_ID_HEADER = "contentId";

  /** Headers of a status record that reports a gap, beside the tenant's and the content type's. */
  static final String GAP_FROM_HEADER = "gapFrom";

  static final String GAP_UNTIL_HEADER = "gapUntil";

  /** Headers of every other status record: how far the feed is. */
  static final String COMPLETE_UNTIL_HEADER = "completeUntil";

  static final String PARKED_BLOBS_HEADER = "parkedBlobs";
  static final String READ_FROM_HEADER = "readFrom";

  /** Cause of a dead letter for what is no event, or no entry of a listing. */
  private static final String REFUSED = "REFUSED";

  private static final int HTTP_OK = 200;

  private final FeedId feed;
  private final Map<String, String> sourcePartition;
  private final TopicSettings topics;
  private final int partBytes;
  private final int entryListings;
  private final Deliveries deliveries;

  /**
   * @param partBytes how many bytes one dead letter holds at most
   * @param entryListings how often a refused entry was listed before it goes to the dead letters
   * @param deliveries what becomes of the records is counted there
   */
  public FeedRecords(
      FeedId feed, TopicSettings topics, int partBytes, int entryListings, Deliveries deliveries) {
    this.feed = feed;
    this.sourcePartition = feed.sourcePartition();
    this.topics = topics;
    this.partBytes = partBytes;
    this.entryListings = entryListings;
    this.deliveries = deliveries;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  /**
   * The record of an event.
   *
   * @param key the event's Id, as {@link EventIds} writes it
   */
  public SourceRecord event(
      ContentBlob blob, Optional<String> key, AuditEvent event, FeedState state, Instant now) {
    return record(
        topics.ofWorkload(event.workload().topicSuffix()),
        key.orElse(null),
        event.value(),
        RecordTimes.ofEvent(event.creationTime(), blob.contentCreated(), now),
        state,
        headers(blob));
  }

  /** The dead letters for an element that is no audit event: one, or more where it is long. */
  public List<SourceRecord> refused(
      BlobFetch fetch,
      BlobElement.Refused element,
      FeedState before,
      FeedState after,
      Instant now) {
    return deadLetters(
        Optional.of(fetch.blob().contentId()),
        new DeadLetter(
            facts(fetch.blob()),
            DeadLetter.Scope.EVENT,
            element.index(),
            REFUSED,
            element.reason(),
            0,
            "",
            fetch.attempts(),
            now,
            ByteBuffer.wrap(element.json()),
            element.jsonBytes(),
            fetch.replay()),
        before,
        after);
  }

  /** The dead letters for an entry of a listing that describes no blob: one, or more if long. */
  public List<SourceRecord> refused(
      RefusedEntry entry, FeedState before, FeedState after, Instant now) {
    return deadLetters(
        entry.contentId(),
        new DeadLetter(
            new BlobFacts(
                feed.tenant(),
                feed.contentType().apiName(),
                entry.contentId().orElse(""),
                entry.contentUri().orElse(""),
                entry.contentCreated().map(Timestamps::text).orElse(""),
                entry.contentExpiration().map(Timestamps::text).orElse("")),
            DeadLetter.Scope.ENTRY,
            entry.index(),
            REFUSED,
            entry.reason(),
            HTTP_OK,
            "",
            entryListings,
            now,
            entry.text(),
            entry.textBytes(),
            Optional.empty()),
        before,
        after);
  }

  public List<SourceRecord> lost(BlobFetch fetch, BlobEnd.Lost end, FeedState state, Instant now) {
    return deadLetters(
        Optional.of(fetch.blob().contentId()),
        new DeadLetter(
            facts(fetch.blob()),
            DeadLetter.Scope.BLOB,
            fetch.firstWantedFrom(end.nextIndex()),
            end.why().kind().name(),
            end.why().reason(),
            end.why().status(),
            end.why().code(),
            fetch.attempts(),
            now,
            end.bytes(),
            end.bytes().remaining(),
            fetch.replay()),
        state,
        state);
  }

  public SourceRecord receipt(BlobFetch fetch, BlobEnd.Read end, FeedState state, Instant now) {
    return receipt(
        fetch.blob(),
        new Receipt(
            facts(fetch.blob()),
            fetch.replay().isPresent() ? Receipt.Outcome.REPLAYED : Receipt.Outcome.PRODUCED,
            now,
            fetch.attempts(),
            end.bytes(),
            end.sha256(),
            end.elements(),
            end.elements() - end.refused(),
            end.refused(),
            end.firstEvent(),
            end.lastEvent(),
            fetch.replay()),
        state);
  }

  public SourceRecord receipt(BlobFetch fetch, BlobEnd.Lost end, FeedState state, Instant now) {
    long found =
        fetch
            .replay()
            .map(replay -> replay.elements().countBefore(end.nextIndex()))
            .orElse(end.nextIndex());
    return receipt(
        fetch.blob(),
        new Receipt(
            facts(fetch.blob()),
            Receipt.Outcome.LOST,
            now,
            fetch.attempts(),
            0,
            Optional.empty(),
            found,
            found - fetch.deadLettered(),
            fetch.deadLettered() + 1,
            Optional.empty(),
            Optional.empty(),
            fetch.replay()),
        state);
  }

  SourceRecord status(FeedStatus status, FeedState state) {
    return record(
        topics.status(),
        status.key(),
        status.toStruct(),
        status.time().toEpochMilli(),
        state,
        headers(status));
  }

  /** What the status topic is searched for without its values. */
  private ConnectHeaders headers(FeedStatus status) {
    ConnectHeaders headers = headers(Optional.empty());
    if (status.state() == FeedStatus.State.GAP) {
      status
          .gap()
          .ifPresent(
              gap -> {
                headers.addString(GAP_FROM_HEADER, gap.from().toString());
                headers.addString(GAP_UNTIL_HEADER, gap.until().toString());
              });
      return headers;
    }
    headers.addString(COMPLETE_UNTIL_HEADER, status.completeUntil().toString());
    headers.addString(PARKED_BLOBS_HEADER, Integer.toString(status.parkedBlobs()));
    status.readFrom().ifPresent(from -> headers.addString(READ_FROM_HEADER, from.toString()));
    return headers;
  }

  private SourceRecord receipt(ContentBlob blob, Receipt receipt, FeedState state) {
    return record(
        topics.receipts(),
        blob.contentId(),
        receipt.toStruct(),
        receipt.fetchedAt().toEpochMilli(),
        state,
        headers(blob));
  }

  /** Only with its last part has a dead letter left: a restart in between sends it again whole. */
  private List<SourceRecord> deadLetters(
      Optional<String> contentId, DeadLetter letter, FeedState before, FeedState after) {
    List<Struct> parts = letter.toStructs(partBytes);
    List<SourceRecord> records = new ArrayList<>();
    for (Struct part : parts) {
      boolean last = records.size() == parts.size() - 1;
      records.add(
          record(
              topics.deadLetter(),
              contentId.orElse(null),
              part,
              letter.time().toEpochMilli(),
              last ? after : before,
              headers(contentId)));
    }
    return records;
  }

  private SourceRecord record(
      String topic,
      @Nullable String key,
      Struct value,
      long timestampMs,
      FeedState state,
      ConnectHeaders headers) {
    Deliveries.ToTopic delivery = deliveries.to(topic);
    delivery.handed();
    return new SentRecord(
        sourcePartition, state.toSourceOffset(), topic, key, value, timestampMs, headers, delivery);
  }

  private ConnectHeaders headers(ContentBlob blob) {
    return headers(Optional.of(blob.contentId()));
  }

  private ConnectHeaders headers(Optional<String> contentId) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString(TENANT_HEADER, feed.tenant());
    headers.addString(CONTENT_TYPE_HEADER, feed.contentType().apiName());
    contentId.ifPresent(id -> headers.addString(CONTENT_ID_HEADER, id));
    return headers;
  }

  private BlobFacts facts(ContentBlob blob) {
    return new BlobFacts(
        feed.tenant(),
        feed.contentType().apiName(),
        blob.contentId(),
        blob.contentUri().toString(),
        Timestamps.text(blob.contentCreated()),
        Timestamps.text(blob.contentExpiration()));
  }
}
