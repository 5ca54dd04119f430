package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.dedupe.RecordKeys;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Adds up what the connector's topics hold, blob by blob. For one thread. */
final class Accounts {
  private static final String TENANT_HEADER = "tenant";
  private static final String ORIGIN_HEADER = "origin";
  private static final String CONTENT_TYPE_HEADER = "contentType";
  private static final String CONTENT_ID_HEADER = "contentId";

  private final TopicSettings topics;
  private final String ledger;
  private final RecordDecoder decoder;
  private final RecordKeys keys = new RecordKeys();
  private final HistoryAccount history = new HistoryAccount();
  private final SortedMap<FeedName, FeedAccount> feeds = new TreeMap<>();
  private final Map<String, Map<Integer, Long>> firstTimestamps = new TreeMap<>();
  private final Set<BlobAccount> late = new HashSet<>();
  private boolean beyondEnd;
  private long foreignRecords;

  Accounts(TopicSettings topics, RecordDecoder decoder) {
    this(topics, topics.prefix() + ".history", decoder);
  }

  /**
   * @param ledger the topic of the history's ledger
   */
  Accounts(TopicSettings topics, String ledger, RecordDecoder decoder) {
    this.topics = topics;
    this.ledger = ledger;
    this.decoder = decoder;
  }

  /** What comes now was not there at first: it completes blobs that were, and begins none. */
  void readBeyondEnd() {
    beyondEnd = true;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    firstTimestamps
        .computeIfAbsent(topic, unused -> new TreeMap<>())
        .putIfAbsent(record.partition(), record.timestamp());
    if (topic.equals(topics.receipts())) {
      addReceipt(record);
    } else if (topic.equals(topics.deadLetter())) {
      addLetter(record);
    } else if (topic.equals(ledger)) {
      addLedger(record);
    } else if (topic.equals(topics.status())) {
      addStatus(record);
    } else {
      addEvent(record);
    }
  }

  private void addReceipt(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      Optional<String> contentId = decoder.key(record);
      feeds
          .values()
          .forEach(feed -> contentId.flatMap(feed::find).ifPresent(BlobAccount::forgetReceipts));
      return;
    }
    receipt(ReadReceipt.of(decoder.value(record)));
  }

  void receipt(ReadReceipt receipt) {
    blob(receipt.feed(), receipt.contentId());
    feed(receipt.feed()).receipt(receipt);
  }

  private void addLetter(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      Fields fields = decoder.value(record);
      ReadLetter letter = ReadLetter.of(fields);
      // Of a letter in parts the first one counts.
      if (!letter.isOfHistory()) {
        letter(letter);
      } else if (fields.number("BytesOffset") == 0) {
        history.letter(letter.feed().tenant(), letter.contentId());
      }
    }
  }

  void letter(ReadLetter letter) {
    if (letter.isOfEntry()) {
      feed(letter.feed()).refusedEntry(letter);
    } else {
      blob(letter.feed(), letter.contentId()).letter(letter);
    }
  }

  private void addStatus(ConsumerRecord<byte[], byte[]> record) {
    // What is complete by now says nothing of what has been read up to before.
    if (record.value() != null && !beyondEnd) {
      status(decoder.value(record));
    }
  }

  void status(Fields status) {
    feed(FeedName.of(status)).status(status);
  }

  private void addLedger(ConsumerRecord<byte[], byte[]> record) {
    String key = decoder.key(record).orElse(record.partition() + "@" + record.offset());
    if (record.value() == null) {
      history.forget(key);
    } else {
      history.entry(key, LedgerEntry.of(decoder.value(record)));
    }
  }

  /** The history, and what of the topics belongs to it. */
  HistoryAccount history() {
    return history;
  }

  /** Once all is read: a record of the event topics is held against those of the history. */
  void compare(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> tenant = decoder.header(record, TENANT_HEADER);
    if (tenant.isPresent() && decoder.header(record, CONTENT_ID_HEADER).isPresent()) {
      keys.text(record.key())
          .ifPresent(
              id -> history.compare(HistoryAccount.Day.of(tenant.get(), record.timestamp()), id));
    }
  }

  private void addEvent(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> tenant = decoder.header(record, TENANT_HEADER);
    Optional<HistoryAccount.Origin> origin =
        decoder.header(record, ORIGIN_HEADER).flatMap(HistoryAccount.Origin::find);
    HistoryAccount.Day day = HistoryAccount.Day.of(tenant.orElse(""), record.timestamp());
    if (origin.isPresent()) {
      history.event(origin.get(), day, keys.text(record.key()));
      return;
    }
    Optional<String> contentType = decoder.header(record, CONTENT_TYPE_HEADER);
    Optional<String> contentId = decoder.header(record, CONTENT_ID_HEADER);
    if (tenant.isEmpty() || contentType.isEmpty() || contentId.isEmpty()) {
      foreignRecords++;
      return;
    }
    history.live(day);
    event(new FeedName(tenant.get(), contentType.get()), contentId.get(), record.timestamp());
  }

  void event(FeedName feed, String contentId, long timestampMs) {
    blob(feed, contentId).event(timestampMs);
  }

  /** The API lists the blob. */
  void addListed(FeedName feed, String contentId, Instant contentCreated) {
    blob(feed, contentId).listed(contentCreated);
  }

  private BlobAccount blob(FeedName feed, String contentId) {
    boolean isNew = feed(feed).find(contentId).isEmpty();
    BlobAccount blob = feed(feed).blob(contentId);
    if (isNew && beyondEnd) {
      late.add(blob);
    }
    return blob;
  }

  FeedAccount feed(FeedName name) {
    return feeds.computeIfAbsent(name, unused -> new FeedAccount());
  }

  SortedMap<FeedName, FeedAccount> feeds() {
    return feeds;
  }

  /** Whether the blob came after the end that was read up to. */
  boolean isLate(BlobAccount blob) {
    return late.contains(blob);
  }

  /** Records of the event topics without the connector's headers. */
  long foreignRecords() {
    return foreignRecords;
  }

  /**
   * From when on a topic of which some is gone is whole; empty where a partition has nothing left.
   *
   * @param cutOff the partitions of which the beginning is gone, at least one
   */
  Optional<Instant> wholeFrom(String topic, Set<Integer> cutOff) {
    Map<Integer, Long> first = firstTimestamps.getOrDefault(topic, Map.of());
    return first.keySet().containsAll(cutOff)
        ? cutOff.stream()
            .map(partition -> Instant.ofEpochMilli(first.getOrDefault(partition, 0L)))
            .max(Instant::compareTo)
        : Optional.empty();
  }
}
