package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.feed.offset.OffsetFormat;
import io.github.auditstream.connect.office365.feed.offset.Settled;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** What is in Kafka, by feed and content blob, and what went against a promise on the way. */
final class ModelLedger {

  /** No blob is asked for more often than this in an hour, whatever is wrong. */
  private static final int MOST_RETRIEVALS_AN_HOUR = 300;

  /**
   * What a source offset says of the feed.
   *
   * @param readUntil everything listed and created before this is done
   * @param parked how many blobs are parked
   * @param settled how many blobs it remembers to be done
   * @param backlogFrom where what was left for later begins, if there is some
   * @param backlogUntil where it ends
   */
  record Watermarks(
      Instant completeUntil,
      Instant listedUntil,
      Instant readUntil,
      int parked,
      int settled,
      @Nullable Instant backlogFrom,
      @Nullable Instant backlogUntil) {

    /** Whether blobs of a time can be listed again. */
    boolean remembers(Instant hour) {
      boolean inBacklog =
          backlogFrom != null
              && backlogUntil != null
              && !hour.isBefore(backlogFrom.truncatedTo(ChronoUnit.HOURS))
              && hour.isBefore(backlogUntil);
      return inBacklog || !hour.isBefore(completeUntil.truncatedTo(ChronoUnit.HOURS));
    }
  }

  /** A record of a blob. */
  sealed interface Entry {
    /** Whether the worker was killed between it and the next one of its poll. */
    boolean torn();
  }

  /** An event's record. */
  record EventEntry(long index, Optional<String> id, boolean torn) implements Entry {}

  /** A dead letter, or a part of one. */
  record LetterEntry(boolean ofBlob, long index, long offset, long length, long inAll, boolean torn)
      implements Entry {
    boolean isLastPart() {
      return offset + length == inAll;
    }
  }

  /**
   * A receipt.
   *
   * @param at the server's time when it was committed
   */
  record ReceiptEntry(
      boolean lost,
      long found,
      long produced,
      long deadLettered,
      long bytes,
      @Nullable String sha256,
      Instant at,
      boolean torn)
      implements Entry {}

  /** A gap, as status records report it. */
  record Gap(Instant from, Instant until) {}

  /** From a feed's start, or from a rewind, until the next one. */
  static final class Epoch {
    private final int number;
    private Instant begin;
    private Instant latestBegin;
    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();
    private final Map<Gap, Instant> gaps = new LinkedHashMap<>();
    private final Set<String> settled = new HashSet<>();
    private @Nullable Watermarks watermarks;
    private @Nullable Watermarks atStart;
    private @Nullable Struct status;

    Epoch(int number, Instant begin) {
      this.number = number;
      this.begin = begin;
      this.latestBegin = begin;
    }

    int number() {
      return number;
    }

    /** Nothing that was created before this is read. */
    Instant begin() {
      return begin;
    }

    /** Everything that is created from here on is read. */
    Instant latestBegin() {
      return latestBegin;
    }

    List<Entry> entries(ModelBlob blob) {
      return entries.getOrDefault(blob.descriptor().contentId(), List.of());
    }

    boolean isSettled(ModelBlob blob) {
      return settled.contains(blob.descriptor().contentId());
    }

    /** The gaps that were reported, with the server's time when each was first committed. */
    Map<Gap, Instant> gaps() {
      return Collections.unmodifiableMap(gaps);
    }

    Optional<Watermarks> watermarks() {
      return Optional.ofNullable(watermarks);
    }

    Optional<Struct> status() {
      return Optional.ofNullable(status);
    }
  }

  private final Map<ContentType, List<Epoch>> epochs = new HashMap<>();
  private final Set<String> violations = new LinkedHashSet<>();
  private final Map<String, Integer> retrievalsByHour = new HashMap<>();
  private final List<String> story = new ArrayList<>();
  private final Duration skew;
  private long backlogs;
  private final int mostParked;
  private final boolean recording;

  /**
   * @param skew the server's time minus the worker's
   * @param mostParked how many blobs of a feed may be parked
   * @param recording whether to write down what happens
   */
  ModelLedger(Duration skew, int mostParked, boolean recording) {
    this.skew = skew;
    this.mostParked = mostParked;
    this.recording = recording;
  }

  void record(Instant now, Object what) {
    if (recording) {
      story.add(now + " " + what);
    }
  }

  List<String> story() {
    return Collections.unmodifiableList(story);
  }

  void violation(String what) {
    if (violations.add(what) && recording) {
      story.add("against a promise: " + what);
    }
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  /** How often a feed left content for later. */
  long backlogs() {
    return backlogs;
  }

  List<Epoch> epochs(FeedId feed) {
    return Collections.unmodifiableList(epochs.getOrDefault(feed.contentType(), List.of()));
  }

  Epoch epoch(ContentType type) {
    List<Epoch> all = epochs.get(type);
    return all.get(all.size() - 1);
  }

  /** A feed starts for the first time, as far as is committed, and begins somewhere in between. */
  void begins(FeedId feed, Instant earliest, Instant latest) {
    Epoch first =
        epochs
            .computeIfAbsent(
                feed.contentType(), type -> new ArrayList<>(List.of(new Epoch(0, earliest))))
            .get(0);
    first.begin = earliest;
    first.latestBegin = latest;
  }

  /** A feed starts from an offset. */
  void starts(FeedId feed, Watermarks watermarks) {
    epoch(feed.contentType()).atStart = watermarks;
  }

  void rewound(FeedId feed, Instant to) {
    List<Epoch> all = epochs.computeIfAbsent(feed.contentType(), type -> new ArrayList<>());
    all.add(new Epoch(all.size(), to));
  }

  boolean isSettled(ModelBlob blob) {
    return epoch(blob.descriptor().contentType()).isSettled(blob);
  }

  void retrieved(ModelBlob blob, Instant at) {
    String hour = blob.descriptor().contentId() + " in hour " + at.getEpochSecond() / 3_600;
    if (retrievalsByHour.merge(hour, 1, Integer::sum) == MOST_RETRIEVALS_AN_HOUR) {
      violation("retrieved " + MOST_RETRIEVALS_AN_HOUR + " times: " + hour);
    }
  }

  ContentType contentType(SourceRecord record) {
    return ContentType.find((String) record.sourcePartition().get(FeedId.CONTENT_TYPE))
        .orElseThrow();
  }

  static Watermarks watermarks(Map<String, ?> offset) {
    String complete = (String) offset.get(OffsetFormat.COMPLETE_UNTIL);
    if (complete == null) {
      Instant begin = Instant.parse((String) offset.get(OffsetFormat.CONTENT_CREATED));
      return new Watermarks(begin, begin, begin, 0, 0, null, null);
    }
    String listed = (String) offset.get(OffsetFormat.LISTED_UNTIL);
    String read = (String) offset.get(OffsetFormat.READ_UNTIL);
    String parked = (String) offset.get(OffsetFormat.PARKED);
    return new Watermarks(
        Instant.parse(complete),
        Instant.parse(listed),
        Instant.parse(read == null ? listed : read),
        parked == null ? 0 : parked.split("\"contentId\"", -1).length - 1,
        Settled.decode((String) offset.get(OffsetFormat.SETTLED)).size(),
        time(offset.get(OffsetFormat.BACKLOG_FROM)),
        time(offset.get(OffsetFormat.BACKLOG_UNTIL)));
  }

  private static @Nullable Instant time(@Nullable Object text) {
    return text == null ? null : Instant.parse((String) text);
  }

  /**
   * The watermarks of an offset never move back; but before the first listing a feed's beginning
   * can be that of a wrong clock.
   */
  void followsOn(@Nullable Watermarks before, Watermarks after, String where) {
    if (before != null) {
      boolean begun = before.listedUntil().isAfter(before.completeUntil());
      Duration back = begun || !skew.isNegative() ? Duration.ZERO : skew;
      if (after.completeUntil().isBefore(before.completeUntil().plus(back))
          || after.listedUntil().isBefore(before.listedUntil().plus(back))) {
        violation("an offset's watermark moved back " + where + ": " + before + ", then " + after);
      }
    }
    if (before != null && before.backlogFrom() != null && after.backlogFrom() != null) {
      boolean grown =
          after.backlogFrom().isBefore(before.backlogFrom())
              || (before.backlogUntil() != null
                  && after.backlogUntil() != null
                  && after.backlogUntil().isAfter(before.backlogUntil())
                  && after.backlogFrom().isBefore(before.backlogUntil()));
      if (grown) {
        violation("a backlog has grown " + where + ": " + before + ", then " + after);
      }
    }
    if (after.parked() > mostParked) {
      violation(after.parked() + " blobs are parked " + where);
    }
  }

  /**
   * A record and its offset are in Kafka.
   *
   * @param torn whether what was polled behind it is not
   */
  void committed(SourceRecord record, boolean torn, Instant serverTime) {
    Epoch epoch = epoch(contentType(record));
    Watermarks watermarks = watermarks(record.sourceOffset());
    followsOn(epoch.watermarks, watermarks, "in Kafka");
    if (watermarks.backlogFrom() != null
        && (epoch.watermarks == null || epoch.watermarks.backlogFrom() == null)) {
      backlogs++;
    }
    epoch.watermarks = watermarks;
    Struct value = (Struct) record.value();
    if (record.topic().equals(ModelWorker.TOPICS.status())) {
      status(epoch, value, serverTime);
      return;
    }
    String contentId = (String) record.headers().lastWithName("contentId").value();
    Entry entry = entry(record, value, torn, serverTime);
    record(serverTime, "in Kafka: " + contentId + " " + entry);
    epoch.entries.computeIfAbsent(contentId, id -> new ArrayList<>()).add(entry);
    if (entry instanceof ReceiptEntry) {
      epoch.settled.add(contentId);
    }
  }

  private void status(Epoch epoch, Struct status, Instant serverTime) {
    if (!status.getString("State").equals("GAP")) {
      epoch.status = status;
      return;
    }
    Gap gap =
        new Gap(
            Instant.parse(status.getString("GapFrom")),
            Instant.parse(status.getString("GapUntil")));
    record(serverTime, "in Kafka: " + gap);
    for (Gap before : epoch.gaps.keySet()) {
      // What a run had listed and not read when it was killed is part of a gap of the next one.
      boolean unread = epoch.atStart != null && epoch.atStart.readUntil().isBefore(before.until());
      if (gap.from().isBefore(before.until()) && !unread) {
        violation("reported " + gap + " after " + before);
      }
    }
    epoch.gaps.put(gap, serverTime);
  }

  private static Entry entry(SourceRecord record, Struct value, boolean torn, Instant serverTime) {
    if (record.topic().equals(ModelWorker.TOPICS.receipts())) {
      return new ReceiptEntry(
          value.getString("Outcome").equals("LOST"),
          value.getInt64("EventsFound"),
          value.getInt64("RecordsProduced"),
          value.getInt64("DeadLettered"),
          value.getInt64("Bytes"),
          value.getString("Sha256"),
          serverTime,
          torn);
    }
    if (record.topic().equals(ModelWorker.TOPICS.deadLetter())) {
      ByteBuffer bytes = (ByteBuffer) value.get("Bytes");
      return new LetterEntry(
          value.getString("Scope").equals("BLOB"),
          value.getInt64("Index"),
          value.getInt64("BytesOffset"),
          bytes == null ? 0 : bytes.remaining(),
          value.getInt64("BytesInAll"),
          torn);
    }
    return new EventEntry(
        value.getStruct("ContentBlob").getInt64("Index"),
        Optional.ofNullable((String) record.key()),
        torn);
  }
}
