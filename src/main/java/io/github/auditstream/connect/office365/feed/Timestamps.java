package io.github.auditstream.connect.office365.feed;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Points in time as the API writes them: UTC with milliseconds and Z. */
final class Timestamps {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  static String text(Instant time) {
    boolean wholeMilliseconds = time.truncatedTo(ChronoUnit.MILLIS).equals(time);
    return wholeMilliseconds ? MILLISECONDS.format(time) : time.toString();
  }
}
