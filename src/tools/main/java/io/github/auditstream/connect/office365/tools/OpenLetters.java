package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.feed.offset.ReplayOffset;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters that nothing has settled, by blob. A replay settles what it was asked for, once
 * it has a receipt; what it could not do it has written dead letters of its own for. So does a
 * later reading of the whole blob, as after a rewind.
 */
final class OpenLetters {
  private final TopicSettings topics;
  private final Map<Key, Blob> blobs = new LinkedHashMap<>();
  private final Set<ReadLetter> entries = new HashSet<>();
  private Instant latest = Instant.MIN;

  private record Key(FeedName feed, String contentId) {}

  /** What is known of one blob. */
  private static final class Blob {
    private final List<ReadLetter> letters = new ArrayList<>();
    private final List<ReplayRequest> replays = new ArrayList<>();
    private @Nullable ContentBlob content;

    // Of the last two receipts of the whole blob. A reading's dead letters are no younger than its
    // receipt, so those that are as old as the last but one have been read once more since.
    private Instant last = Instant.MIN;
    private Instant lastButOne = Instant.MIN;

    private void read(Instant time) {
      if (time.isAfter(last)) {
        lastButOne = last;
        last = time;
      } else if (time.isAfter(lastButOne)) {
        lastButOne = time;
      }
    }

    private boolean hasReceipt() {
      return last.isAfter(Instant.MIN) || !replays.isEmpty();
    }

    private boolean isReadSince(ReadLetter letter) {
      return letter.replay().isEmpty()
          ? !letter.time().isAfter(lastButOne)
          : letter.time().isBefore(last);
    }

    private Elements wanted() {
      return Elements.union(
          letters.stream()
              .filter(letter -> !isReadSince(letter))
              .map(letter -> letter.elements().without(replayedSince(letter)))
              .toList());
    }

    private Elements replayedSince(ReadLetter letter) {
      return Elements.union(
          replays.stream()
              .filter(replay -> replay.requested().isAfter(letter.issuedAt()))
              .map(ReplayRequest::elements)
              .toList());
    }
  }

  OpenLetters(TopicSettings topics) {
    this.topics = topics;
  }

  private Blob blob(FeedName feed, String contentId) {
    return blobs.computeIfAbsent(new Key(feed, contentId), unused -> new Blob());
  }

  void add(String topic, Fields fields) {
    if (topic.equals(topics.receipts())) {
      ReadReceipt receipt = ReadReceipt.of(fields);
      Blob blob = blob(receipt.feed(), receipt.contentId());
      receipt.replay().ifPresentOrElse(blob.replays::add, () -> blob.read(receipt.fetchedAt()));
      return;
    }
    ReadLetter letter = ReadLetter.of(fields);
    if (letter.isOfHistory()) {
      return;
    }
    if (letter.isOfEntry()) {
      entries.add(letter);
      return;
    }
    Blob blob = blob(letter.feed(), letter.contentId());
    blob.letters.add(letter);
    blob.content =
        new ContentBlob(
            letter.feed().id().contentType(),
            letter.contentId(),
            uri(fields),
            fields.time("ContentCreated"),
            fields.time("ContentExpiration"));
    latest = letter.issuedAt().isAfter(latest) ? letter.issuedAt() : latest;
  }

  private static URI uri(Fields fields) {
    try {
      return URI.create(fields.text("ContentUri"));
    } catch (IllegalArgumentException e) {
      throw new ToolException(fields.where() + " has no address in ContentUri", e);
    }
  }

  /** The time of the newest dead letter; a replay that settles it is asked for later. */
  Instant latest() {
    return latest;
  }

  /**
   * The dead letters of entries of listings, each once, but for those whose blobs were read when
   * listed well.
   */
  List<ReadLetter> entries() {
    return entries.stream()
        .filter(entry -> !blob(entry.feed(), entry.contentId()).hasReceipt())
        .toList();
  }

  /** What is wanted of which blobs, by feed. */
  SortedMap<FeedName, List<ReplayOffset.Wanted>> open() {
    SortedMap<FeedName, List<ReplayOffset.Wanted>> open = new TreeMap<>();
    blobs.forEach(
        (key, blob) -> {
          Elements wanted = blob.wanted();
          if (blob.content != null && !wanted.isEmpty()) {
            open.computeIfAbsent(key.feed(), unused -> new ArrayList<>())
                .add(new ReplayOffset.Wanted(blob.content, wanted));
          }
        });
    return open;
  }
}
