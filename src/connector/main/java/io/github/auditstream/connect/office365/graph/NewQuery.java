package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A query to be created. Service filters are never sent: their name differs between the reference's
 * pages and the service.
 *
 * @param displayName names this attempt and no other, since it is what finds the query after a lost
 *     answer; up to 200 printable ASCII characters
 * @param start the beginning of the range of event times; cut to the second
 * @param end the end of that range; raised to the second. Ranges that adjoin share their border,
 *     whose events can come from both
 * @param recordTypes in lower camel case, as the reference writes them; none for all
 * @see <a href="https://learn.microsoft.com/graph/api/security-auditcoreroot-post-auditlogqueries">
 *     Create auditLogQuery</a>
 */
public record NewQuery(String displayName, Instant start, Instant end, List<String> recordTypes) {
  /** Anything else than digits is answered with an internal error. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public NewQuery {
    if (!displayName.matches("[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?")) {
      throw new IllegalArgumentException("not a name for a query: " + displayName);
    }
    start = start.truncatedTo(ChronoUnit.SECONDS);
    Instant second = end.truncatedTo(ChronoUnit.SECONDS);
    end = second.equals(end) ? end : second.plusSeconds(1);
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("an empty range: " + start + " to " + end);
    }
    recordTypes = List.copyOf(recordTypes);
  }

  /** The body of the request: no more than what is known to be accepted. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = GraphJson.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("displayName", displayName);
      json.writeStringField("filterStartDateTime", TIME.format(start));
      json.writeStringField("filterEndDateTime", TIME.format(end));
      if (!recordTypes.isEmpty()) {
        json.writeArrayFieldStart("recordTypeFilters");
        for (String type : recordTypes) {
          json.writeString(type);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }
}
