package io.github.auditstream.connect.office365.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.auditstream.connect.office365.http.OwnHost;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes typed values of what listings hold. */
final class Descriptors {
  /** How long the API keeps content. */
  private static final Duration KEPT = Duration.ofDays(7);

  /** Far beyond what is seen. It goes into logs, record headers and source offsets. */
  private static final int LONGEST_ID = 1_000;

  /** What common servers take in a request line. */
  private static final int LONGEST_URI = 8_000;

  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter();

  private Descriptors() {}

  static ContentBlob blob(ContentType type, URI root, Map<String, String> properties)
      throws MalformedAnswerException {
    String contentId = required(properties, "contentId");
    if (!isId(contentId)) {
      throw new MalformedAnswerException("has an invalid contentId");
    }
    URI contentUri = ownUri(root, required(properties, "contentUri"));
    Instant created =
        time(required(properties, "contentCreated"))
            .orElseThrow(() -> new MalformedAnswerException("has an invalid contentCreated"));
    Instant expiration =
        Optional.ofNullable(properties.get("contentExpiration"))
            .flatMap(Descriptors::time)
            .orElse(created.plus(KEPT));
    return new ContentBlob(type, contentId, contentUri, created, expiration);
  }

  private static boolean isId(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_ID
        && text.chars().noneMatch(Character::isISOControl)
        // Half a character can be in no source offset: Connect could not write it.
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * What is left of an entry that describes no blob.
   *
   * @param properties those that are text; empty where it could not be read
   */
  static RefusedEntry refused(
      int index,
      String reason,
      URI root,
      Map<String, String> properties,
      byte[] text,
      long textBytes) {
    Optional<String> contentId =
        Optional.ofNullable(properties.get("contentId")).filter(Descriptors::isId);
    Optional<String> uri = Optional.ofNullable(properties.get("contentUri"));
    return new RefusedEntry(
        index,
        reason,
        contentId
            .map(Descriptors::key)
            .or(() -> uri.map(address -> "uri\n" + address))
            .orElseGet(() -> "text\n" + textBytes + "\n" + new String(text, ISO_8859_1)),
        contentId,
        uri.filter(address -> isOwn(root, address)),
        Optional.ofNullable(properties.get("contentCreated")).flatMap(Descriptors::time),
        Optional.ofNullable(properties.get("contentExpiration")).flatMap(Descriptors::time),
        ByteBuffer.wrap(text),
        textBytes);
  }

  /** No contentId has a line break in it: none is taken for such a key. */
  static String key(String contentId) {
    return "id\n" + contentId;
  }

  /** A blob's entry as the API lists it. */
  static byte[] text(ContentBlob blob) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("contentUri", blob.contentUri().toString());
      json.writeStringField("contentId", blob.contentId());
      json.writeStringField("contentType", blob.contentType().apiName());
      json.writeStringField("contentCreated", blob.contentCreated().toString());
      json.writeStringField("contentExpiration", blob.contentExpiration().toString());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toByteArray();
  }

  private static boolean isOwn(URI root, String address) {
    try {
      ownUri(root, address);
      return true;
    } catch (MalformedAnswerException e) {
      return false;
    }
  }

  static Subscription subscription(@Nullable String contentType, @Nullable String status)
      throws MalformedAnswerException {
    if (contentType == null) {
      throw new MalformedAnswerException("has no contentType");
    }
    return new Subscription(contentType, status == null || status.equalsIgnoreCase("enabled"));
  }

  /** An address that the server gave, if it is the configured host's. */
  static URI ownUri(URI root, String text) throws MalformedAnswerException {
    if (text.length() > LONGEST_URI) {
      throw new MalformedAnswerException("has an address of " + text.length() + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Its message quotes the text.
      throw new MalformedAnswerException("has an address that is no URI");
    }
    OwnHost host = OwnHostOnly.host(root);
    if (!host.is(uri)) {
      throw new MalformedAnswerException("is refused: " + host.refusal(uri));
    }
    return uri;
  }

  private static String required(Map<String, String> properties, String name)
      throws MalformedAnswerException {
    String text = properties.get(name);
    if (text == null || text.isBlank()) {
      throw new MalformedAnswerException("has no " + name);
    }
    return text;
  }

  /**
   * Documented with milliseconds and {@code Z}; read with any fraction, and as UTC without. No time
   * of content is before 1970 or after the year 9998, and what is could not be reckoned with.
   */
  private static Optional<Instant> time(String text) {
    try {
      TemporalAccessor parsed =
          TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
      Instant time =
          parsed instanceof OffsetDateTime offset
              ? offset.toInstant()
              : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
      return Optional.of(time).filter(any -> !any.isBefore(Instant.EPOCH) && any.isBefore(LAST));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
