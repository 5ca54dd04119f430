package io.github.auditstream.connect.office365.feed.offset;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.FeedStatus;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The source offset's flat form. {@code contentCreated} and {@code contentId} of the last record
 * stand first for the reader; an offset of {@code contentCreated} alone, as a person writes it to
 * rewind a feed, is a state that takes every blob created from then on. With {@code parked} beside
 * it, the blobs that were parked and are older than that are tried further.
 */
public final class OffsetFormat {
  public static final String CONTENT_CREATED = "contentCreated";
  static final String CONTENT_ID = "contentId";
  static final String RECORD_INDEX = "recordIndex";
  static final String EVENT_ID = "eventId";
  static final String CONTENT_URI = "contentUri";
  static final String CONTENT_EXPIRATION = "contentExpiration";
  public static final String COMPLETE_UNTIL = "completeUntil";
  public static final String LISTED_UNTIL = "listedUntil";
  public static final String READ_UNTIL = "readUntil";
  static final String READ_FROM = "readFrom";
  static final String WAITING_SINCE = "waitingSince";
  static final String GAP_FROM = "gapFrom";
  static final String GAP_UNTIL = "gapUntil";
  public static final String BACKLOG_FROM = "backlogFrom";
  public static final String BACKLOG_UNTIL = "backlogUntil";
  static final String BACKLOG_READ_UNTIL = "backlogReadUntil";
  static final String DEAD_LETTERED = "deadLettered";
  public static final String SETTLED = "settled";
  public static final String PARKED = "parked";

  private static final Set<String> ENTRIES =
      Set.of(
          CONTENT_CREATED,
          CONTENT_ID,
          RECORD_INDEX,
          EVENT_ID,
          CONTENT_URI,
          CONTENT_EXPIRATION,
          DEAD_LETTERED,
          COMPLETE_UNTIL,
          LISTED_UNTIL,
          READ_UNTIL,
          READ_FROM,
          WAITING_SINCE,
          GAP_FROM,
          GAP_UNTIL,
          BACKLOG_FROM,
          BACKLOG_UNTIL,
          BACKLOG_READ_UNTIL,
          SETTLED,
          PARKED);

  private OffsetFormat() {}

  static Map<String, Object> write(FeedState state) {
    Map<String, Object> entries = new LinkedHashMap<>();
    state
        .position()
        .ifPresent(
            position -> {
              entries.put(CONTENT_CREATED, Timestamps.text(position.contentCreated()));
              entries.put(CONTENT_ID, position.contentId());
              position.inside().ifPresent(inside -> writeInside(entries, inside));
            });
    entries.put(COMPLETE_UNTIL, Timestamps.text(state.completeUntil()));
    entries.put(LISTED_UNTIL, Timestamps.text(state.listedUntil()));
    if (!state.readUntil().equals(state.listedUntil())) {
      entries.put(READ_UNTIL, Timestamps.text(state.readUntil()));
    }
    state.readFrom().ifPresent(from -> entries.put(READ_FROM, Timestamps.text(from)));
    state.waitingSince().ifPresent(since -> entries.put(WAITING_SINCE, Timestamps.text(since)));
    state
        .gap()
        .ifPresent(
            gap -> {
              entries.put(GAP_FROM, Timestamps.text(gap.from()));
              entries.put(GAP_UNTIL, Timestamps.text(gap.until()));
            });
    state
        .backlog()
        .ifPresent(
            backlog -> {
              entries.put(BACKLOG_FROM, Timestamps.text(backlog.from()));
              entries.put(BACKLOG_UNTIL, Timestamps.text(backlog.until()));
              if (backlog.readUntil().isAfter(backlog.from())) {
                entries.put(BACKLOG_READ_UNTIL, Timestamps.text(backlog.readUntil()));
              }
            });
    entries.put(SETTLED, state.settled().encode());
    if (!state.parked().isEmpty()) {
      entries.put(PARKED, ParkedText.write(state.parked()));
    }
    return Collections.unmodifiableMap(entries);
  }

  private static void writeInside(Map<String, Object> entries, Position.Inside inside) {
    entries.put(RECORD_INDEX, inside.recordIndex());
    inside.eventId().ifPresent(id -> entries.put(EVENT_ID, id));
    entries.put(CONTENT_URI, inside.contentUri().toString());
    entries.put(CONTENT_EXPIRATION, Timestamps.text(inside.contentExpiration()));
    if (inside.deadLettered() > 0) {
      entries.put(DEAD_LETTERED, inside.deadLettered());
    }
  }

  /**
   * Checks an offset that a person or Connect hands over for a source partition.
   *
   * @param now content that was created later than this would be skipped
   * @throws IllegalArgumentException if it cannot be one, with what to write instead
   */
  public static void check(FeedId feed, Map<String, ?> offset, Instant now) {
    if (read(feed.contentType(), offset).completeUntil().isAfter(now)) {
      throw new IllegalArgumentException(
          "the source offset lies in the future: what is created until then would never be read;"
              + " the time here is "
              + Timestamps.text(now.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  /**
   * The state that an offset describes.
   *
   * @throws IllegalArgumentException if it is not one, with the wrong entry and what to write
   *     instead
   */
  public static FeedState read(ContentType contentType, Map<String, ?> offset) {
    for (String name : offset.keySet()) {
      if (!ENTRIES.contains(name)) {
        throw new IllegalArgumentException(
            "the source offset has an entry '"
                + name
                + "', which this connector does not know; to rewind a feed write only "
                + "{\"contentCreated\": \"2026-11-21T10:00:00.000Z\"}");
      }
    }
    Optional<Instant> created = time(offset, CONTENT_CREATED);
    Optional<Instant> completeUntil = time(offset, COMPLETE_UNTIL);
    if (completeUntil.isEmpty()) {
      return FeedState.rewoundTo(
          created.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "the source offset has no 'contentCreated'; write one as in "
                          + "{\"contentCreated\": \"2026-11-21T10:00:00.000Z\"}")),
          parked(contentType, offset));
    }
    Instant listedUntil =
        later(time(offset, LISTED_UNTIL).orElse(completeUntil.get()), completeUntil.get());
    Optional<String> contentId = text(offset, CONTENT_ID);
    Optional<Position> position =
        created.flatMap(time -> contentId.map(id -> new Position(time, id, inside(offset))));
    return new FeedState(
        new FeedState.Progress(
            completeUntil.get(),
            listedUntil,
            later(time(offset, READ_UNTIL).orElse(listedUntil), completeUntil.get())),
        settled(offset),
        parked(contentType, offset),
        position,
        gap(offset),
        backlog(offset, completeUntil.get()),
        new FeedState.Beginning(time(offset, WAITING_SINCE), time(offset, READ_FROM)));
  }

  /** Whether it is as a person writes it to rewind a feed. */
  public static boolean isRewind(Map<String, ?> offset) {
    return !offset.containsKey(COMPLETE_UNTIL);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<FeedStatus.Gap> gap(Map<String, ?> offset) {
    Optional<Instant> from = time(offset, GAP_FROM);
    Optional<Instant> until = time(offset, GAP_UNTIL);
    return from.flatMap(begin -> until.map(end -> new FeedStatus.Gap(begin, end)));
  }

  private static Optional<Backlog> backlog(Map<String, ?> offset, Instant completeUntil) {
    Optional<Instant> from = time(offset, BACKLOG_FROM);
    Optional<Instant> until = time(offset, BACKLOG_UNTIL);
    if (from.isEmpty() && until.isEmpty()) {
      return Optional.empty();
    }
    if (from.isEmpty()
        || until.isEmpty()
        || !from.get().isBefore(until.get())
        || until.get().isAfter(completeUntil)) {
      throw new IllegalArgumentException(
          "the source offset's 'backlogFrom' and 'backlogUntil' are no span before"
              + " 'completeUntil'; write both as the connector did, or leave both out to give up"
              + " what of the backlog is not read yet");
    }
    Instant readUntil = time(offset, BACKLOG_READ_UNTIL).orElse(from.get());
    return Optional.of(new Backlog(from.get(), until.get(), later(readUntil, from.get())));
  }

  private static Settled settled(Map<String, ?> offset) {
    try {
      return Settled.decode(text(offset, SETTLED).orElse(""));
    } catch (IllegalArgumentException e) {
      throw unreadable(SETTLED, e);
    }
  }

  private static SortedMap<String, ParkedBlob> parked(
      ContentType contentType, Map<String, ?> offset) {
    Optional<String> text = text(offset, PARKED);
    try {
      return text.isEmpty() ? new TreeMap<>() : ParkedText.read(contentType, text.get());
    } catch (IllegalArgumentException e) {
      throw unreadable(PARKED, e);
    }
  }

  private static IllegalArgumentException unreadable(String name, Exception cause) {
    return new IllegalArgumentException(
        "the source offset's '"
            + name
            + "' is not as the connector wrote it: "
            + cause.getMessage()
            + "; leave it out together with 'completeUntil' to send everything from"
            + " 'contentCreated' on again",
        cause);
  }

  /** Half an address is none: without all its parts the blob is sent again from its beginning. */
  private static Optional<Position.Inside> inside(Map<String, ?> offset) {
    Optional<Long> index = count(offset, RECORD_INDEX);
    Optional<URI> uri = text(offset, CONTENT_URI).map(URI::create);
    Optional<Instant> expiration = time(offset, CONTENT_EXPIRATION);
    if (index.isEmpty() || uri.isEmpty() || expiration.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Position.Inside(
            uri.get(),
            expiration.get(),
            index.get(),
            text(offset, EVENT_ID),
            count(offset, DEAD_LETTERED).orElse(0L)));
  }

  private static Optional<Long> count(Map<String, ?> offset, String name) {
    Object value = offset.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number && number.longValue() >= 0) {
      return Optional.of(number.longValue());
    }
    throw new IllegalArgumentException(
        "the source offset's '"
            + name
            + "' must be a whole number from 0; leave it out if in doubt");
  }

  private static Optional<String> text(Map<String, ?> offset, String name) {
    Object value = offset.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new IllegalArgumentException("the source offset's '" + name + "' must be a text");
  }

  private static Optional<Instant> time(Map<String, ?> offset, String name) {
    Optional<String> text = text(offset, name);
    try {
      return text.map(Timestamps::parse);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the source offset's '"
              + name
              + "' is not a time; write it in UTC as in \"2026-11-21T10:00:00.000Z\"",
          e);
    }
  }
}
