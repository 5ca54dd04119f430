package io.github.auditstream.connect.office365.api;

import io.github.auditstream.connect.office365.config.ContentType;
import java.net.URI;
import java.net.URISyntaxException;
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
    if (contentId.length() > LONGEST_ID
        || contentId.chars().anyMatch(Character::isISOControl)
        // Half a character can be in no source offset: Connect could not write it.
        || !StandardCharsets.UTF_8.newEncoder().canEncode(contentId)) {
      throw new MalformedAnswerException("has a contentId that is none");
    }
    URI contentUri = ownUri(root, required(properties, "contentUri"));
    Instant created =
        time(required(properties, "contentCreated"))
            .orElseThrow(
                () -> new MalformedAnswerException("has a contentCreated that is no time"));
    Instant expiration =
        Optional.ofNullable(properties.get("contentExpiration"))
            .flatMap(Descriptors::time)
            .orElse(created.plus(KEPT));
    return new ContentBlob(type, contentId, contentUri, created, expiration);
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
    if (!OwnHostOnly.isOwn(root, uri)) {
      throw new MalformedAnswerException("is refused: " + OwnHostOnly.refusal(root, uri));
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
