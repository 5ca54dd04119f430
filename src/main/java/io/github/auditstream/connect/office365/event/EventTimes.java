package io.github.auditstream.connect.office365.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as events and the API write them. */
final class EventTimes {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private EventTimes() {}

  /**
   * Reads {@code yyyy-MM-ddTHH:mm:ss}, which is UTC, and the same with a fraction of a second, a Z
   * or an offset, all of which occur.
   */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          hasZone(text)
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Writes a time as the API writes {@code contentCreated}, with three digits of a second. */
  static String contentCreated(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.MILLIS))
        ? MILLISECONDS.format(time)
        : time.toString();
  }

  private static boolean hasZone(String text) {
    int dateLength = 10;
    for (int i = dateLength; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'Z' || c == 'z' || c == '+' || c == '-') {
        return true;
      }
    }
    return false;
  }
}
