package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.feed.offset.ReplayOffset;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The dead letters that nothing has settled, by blob. A replay settles what it was asked for, once
 * it has a receipt; what it could not do it has written dead letters of its own for. So does a
 * later reading of the whole blob, as after a rewind.
 */
final class OpenLetters {
  private final TopicSettings topics;
  private final Map<String, ContentBlob> blobs = new LinkedHashMap<>();
  private final Map<String, FeedId> feeds = new HashMap<>();
  private final Map<String, List<ReadLetter>> letters = new HashMap<>();
  private final Map<String, List<ReplayRequest>> replays = new HashMap<>();
  private final Map<String, Readings> readings = new HashMap<>();
  private final Set<ReadEntry> entries = new HashSet<>();
  private Instant latest = Instant.MIN;

  /**
   * The last two receipts of the whole blob. A reading's dead letters are no younger than its
   * receipt, so those that are as old as the last but one have been read once more since.
   */
  private record Readings(Instant last, Instant lastButOne) {
    Readings with(Instant time) {
      if (time.isAfter(last)) {
        return new Readings(time, last);
      }
      return time.isAfter(lastButOne) ? new Readings(last, time) : this;
    }

    boolean settle(ReadLetter letter) {
      return letter.replay().isEmpty()
          ? !letter.time().isAfter(lastButOne)
          : letter.time().isBefore(last);
    }
  }

  OpenLetters(TopicSettings topics) {
    this.topics = topics;
  }

  void add(String topic, Fields fields) {
    if (topic.equals(topics.receipts())) {
      ReadReceipt receipt = ReadReceipt.of(fields);
      String key = key(receipt.feed(), receipt.contentId());
      if (receipt.replay().isPresent()) {
        replays.computeIfAbsent(key, unused -> new ArrayList<>()).add(receipt.replay().get());
      } else {
        Readings before = readings.getOrDefault(key, new Readings(Instant.MIN, Instant.MIN));
        readings.put(key, before.with(receipt.fetchedAt()));
      }
    } else if (ReadLetter.isOfEntry(fields)) {
      entries.add(ReadEntry.of(fields));
    } else {
      addLetter(ReadLetter.of(fields), fields);
    }
  }

  private void addLetter(ReadLetter letter, Fields fields) {
    ContentType type =
        ContentType.find(letter.feed().contentType())
            .orElseThrow(
                () -> new ToolException(fields.where() + " is of a content type that is unknown"));
    String key = key(letter.feed(), letter.contentId());
    letters.computeIfAbsent(key, unused -> new ArrayList<>()).add(letter);
    feeds.put(key, new FeedId(letter.feed().tenant(), type));
    blobs.put(
        key,
        new ContentBlob(
            type,
            letter.contentId(),
            uri(fields),
            fields.time("ContentCreated"),
            fields.time("ContentExpiration")));
    latest = letter.issuedAt().isAfter(latest) ? letter.issuedAt() : latest;
  }

  private static URI uri(Fields fields) {
    try {
      return URI.create(fields.text("ContentUri"));
    } catch (IllegalArgumentException e) {
      throw new ToolException(fields.where() + " has no address in ContentUri", e);
    }
  }

  private static String key(FeedName feed, String contentId) {
    return feed + "/" + contentId;
  }

  /** The time of the newest dead letter; a replay that settles it is asked for later. */
  Instant latest() {
    return latest;
  }

  /**
   * The dead letters of entries of listings, each once, but for those whose blobs were read when
   * listed well.
   */
  List<ReadEntry> entries() {
    return entries.stream()
        .filter(entry -> !hasReceipt(key(entry.feed(), entry.contentId())))
        .toList();
  }

  private boolean hasReceipt(String key) {
    return readings.containsKey(key) || replays.containsKey(key);
  }

  /** What is wanted of which blobs, by feed. */
  SortedMap<FeedName, List<ReplayOffset.Wanted>> open() {
    SortedMap<FeedName, List<ReplayOffset.Wanted>> open = new TreeMap<>();
    blobs.forEach(
        (key, blob) -> {
          Elements wanted =
              Elements.union(
                  letters.getOrDefault(key, List.of()).stream()
                      .filter(letter -> !isReadSince(key, letter))
                      .map(letter -> unsettled(letter, replays.getOrDefault(key, List.of())))
                      .toList());
          FeedId feed = feeds.get(key);
          if (feed != null && !wanted.isEmpty()) {
            open.computeIfAbsent(
                    new FeedName(feed.tenant(), feed.contentType().apiName()),
                    unused -> new ArrayList<>())
                .add(new ReplayOffset.Wanted(blob, wanted));
          }
        });
    return open;
  }

  private boolean isReadSince(String key, ReadLetter letter) {
    Readings known = readings.get(key);
    return known != null && known.settle(letter);
  }

  private static Elements unsettled(ReadLetter letter, List<ReplayRequest> replays) {
    List<Elements> settled =
        replays.stream()
            .filter(replay -> replay.requested().isAfter(letter.issuedAt()))
            .map(ReplayRequest::elements)
            .toList();
    return letter.elements().without(Elements.union(settled));
  }
}
