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
public final class EventTimes {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final String PLAIN = "0000-00-00T00:00:00";

  private EventTimes() {}

  /**
   * Reads {@code yyyy-MM-ddTHH:mm:ss}, which is UTC, and the same with a fraction of a second, a Z
   * or an offset, all of which occur.
   */
  public static Optional<Instant> parse(String text) {
    try {
      if (text.length() == PLAIN.length()) {
        return Optional.of(plain(text).toInstant(ZoneOffset.UTC));
      }
      return Optional.of(
          hasZone(text)
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Nearly all times are written so; a formatter would cost as much as the rest of an event. */
  private static LocalDateTime plain(String text) {
    for (int i = 0; i < PLAIN.length(); i++) {
      char due = PLAIN.charAt(i);
      char is = text.charAt(i);
      if (due == '0' ? is < '0' || is > '9' : is != due) {
        throw new DateTimeException("no time");
      }
    }
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19));
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
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
