package io.github.auditstream.connect.office365.feed.offset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parked blobs, as the text that describes them in a source offset. */
final class ParkedText {
  private static final JsonFactory JSON = new JsonFactory();

  private static final String CONTENT_ID = "contentId";
  private static final String CONTENT_URI = "contentUri";
  private static final String CONTENT_CREATED = "contentCreated";
  private static final String CONTENT_EXPIRATION = "contentExpiration";
  private static final String NEXT_INDEX = "nextIndex";
  private static final String LAST_EVENT_ID = "lastEventId";
  private static final String DEAD_LETTERED = "deadLettered";
  private static final String ATTEMPTS = "attempts";
  private static final String RETRY_AT = "retryAt";
  private static final String CAUSE = "cause";
  private static final String REPLAY = "replay";
  private static final String ELEMENTS = "elements";

  private ParkedText() {}

  static String write(SortedMap<String, ParkedBlob> parked) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (ParkedBlob parkedBlob : parked.values()) {
        write(parkedBlob, json);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string does not fail", e);
    }
    return text.toString();
  }

  private static void write(ParkedBlob parkedBlob, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(CONTENT_ID, parkedBlob.blob().contentId());
    json.writeStringField(CONTENT_URI, parkedBlob.blob().contentUri().toString());
    json.writeStringField(CONTENT_CREATED, Timestamps.text(parkedBlob.blob().contentCreated()));
    json.writeStringField(
        CONTENT_EXPIRATION, Timestamps.text(parkedBlob.blob().contentExpiration()));
    json.writeNumberField(NEXT_INDEX, parkedBlob.nextIndex());
    if (parkedBlob.lastEventId().isPresent()) {
      json.writeStringField(LAST_EVENT_ID, parkedBlob.lastEventId().get());
    }
    if (parkedBlob.deadLettered() > 0) {
      json.writeNumberField(DEAD_LETTERED, parkedBlob.deadLettered());
    }
    json.writeNumberField(ATTEMPTS, parkedBlob.attempts());
    json.writeStringField(RETRY_AT, Timestamps.text(parkedBlob.retryAt()));
    json.writeStringField(CAUSE, parkedBlob.cause());
    if (parkedBlob.replay().isPresent()) {
      json.writeStringField(REPLAY, Timestamps.text(parkedBlob.replay().get().requested()));
      json.writeStringField(ELEMENTS, parkedBlob.replay().get().elements().text());
    }
    json.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote. Of a replay, a person may leave out what only matters once it
   * has been tried.
   *
   * @throws IllegalArgumentException if it is anything else, with what is wrong
   */
  static SortedMap<String, ParkedBlob> read(ContentType contentType, String text) {
    SortedMap<String, ParkedBlob> parked = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("it is not a list");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        ParkedBlob parkedBlob = parkedBlob(contentType, entries(json));
        if (parked.put(parkedBlob.blob().contentId(), parkedBlob) != null) {
          throw new IllegalArgumentException("it has a blob twice");
        }
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        throw new IllegalArgumentException("it is not a list of blobs");
      }
    } catch (IOException e) {
      // The parser's message quotes what it met.
      throw new IllegalArgumentException("it is not JSON", e);
    }
    return parked;
  }

  private static Map<String, String> entries(JsonParser json) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      entries.put(name, json.getText());
    }
    return entries;
  }

  private static ParkedBlob parkedBlob(ContentType contentType, Map<String, String> entries) {
    ContentBlob blob =
        new ContentBlob(
            contentType,
            required(entries, CONTENT_ID),
            uri(required(entries, CONTENT_URI)),
            time(entries, CONTENT_CREATED),
            time(entries, CONTENT_EXPIRATION));
    Optional<ReplayRequest> replay = replay(entries);
    Optional<ParkedBlob> untried = replay.map(wanted -> ParkedBlob.toReplay(blob, wanted));
    return new ParkedBlob(
        blob,
        number(entries, NEXT_INDEX, untried.map(ParkedBlob::nextIndex)),
        Optional.ofNullable(entries.get(LAST_EVENT_ID)),
        number(entries, DEAD_LETTERED, Optional.of(0L)),
        (int) number(entries, ATTEMPTS, untried.map(parkedBlob -> (long) parkedBlob.attempts())),
        entries.containsKey(RETRY_AT) || untried.isEmpty()
            ? time(entries, RETRY_AT)
            : untried.get().retryAt(),
        entries.containsKey(CAUSE) || untried.isEmpty()
            ? required(entries, CAUSE)
            : untried.get().cause(),
        replay);
  }

  private static Optional<ReplayRequest> replay(Map<String, String> entries) {
    if (!entries.containsKey(REPLAY) && !entries.containsKey(ELEMENTS)) {
      return Optional.empty();
    }
    return Optional.of(
        new ReplayRequest(time(entries, REPLAY), Elements.parse(required(entries, ELEMENTS))));
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.isAbsolute()) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a blob's contentUri is not an address", e);
    }
    throw new IllegalArgumentException("a blob's contentUri is not an address");
  }

  private static Instant time(Map<String, String> entries, String name) {
    try {
      return Timestamps.parse(required(entries, name));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a blob's " + name + " is not a time in UTC as in 2026-11-21T10:00:00.000Z", e);
    }
  }

  private static long number(Map<String, String> entries, String name, Optional<Long> otherwise) {
    if (!entries.containsKey(name) && otherwise.isPresent()) {
      return otherwise.get();
    }
    String text = required(entries, name);
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("a blob's " + name + " is not a whole number from 0");
    }
    return Long.parseLong(text);
  }

  private static String required(Map<String, String> entries, String name) {
    @Nullable String value = entries.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has a blob without " + name);
    }
    return value;
  }
}
