package io.github.auditstream.connect.office365.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A listing's window: a blob is in it if {@code start <= contentCreated < end}.
 *
 * @param start the first instant in it
 * @param end the first instant after it
 */
record TimeWindow(Instant start, Instant end) {
  private static final Pattern DOCUMENTED =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?)?");

  boolean contains(Instant created) {
    return !created.isBefore(start) && created.isBefore(end);
  }

  /** Whether a time is written in one of the three forms that the reference page documents. */
  static boolean documentedForm(String text) {
    return DOCUMENTED.matcher(text).matches();
  }

  /** Reads a time as leniently as the API does: fractions, Z and offsets have been seen to work. */
  static Optional<Instant> time(String text) {
    try {
      if (text.length() == 10) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      int clock = text.indexOf('T');
      boolean zoned =
          clock > 0 && (text.endsWith("Z") || text.substring(clock).matches(".*[+-].*"));
      return Optional.of(
          zoned
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
