package io.github.auditstream.connect.office365.feed.offset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Points in time as the API writes them: UTC with milliseconds and Z. */
public final class Timestamps {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** What four digits of a year can tell. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Timestamps() {}

  /**
   * A time between 1970 and the year 9999, written in any way of ISO 8601's instants.
   *
   * @throws DateTimeException if the text is none
   */
  static Instant parse(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
      throw new DateTimeException("not a time of this age");
    }
    return time;
  }

  public static String text(Instant time) {
    boolean wholeMilliseconds = time.truncatedTo(ChronoUnit.MILLIS).equals(time);
    return wholeMilliseconds ? MILLISECONDS.format(time) : time.toString();
  }
}
