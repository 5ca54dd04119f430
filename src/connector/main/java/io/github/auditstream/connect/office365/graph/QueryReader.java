package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.auditstream.connect.office365.api.MalformedAnswerException;
import io.github.auditstream.connect.office365.http.Body;
import io.github.auditstream.connect.office365.http.BoundedInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads answers about queries: one, or a page of the list. Whole or not at all. */
final class QueryReader {
  /** A page has some hundred queries of about a kilobyte. */
  static final int LIMIT_BYTES = 16 * 1024 * 1024;

  static final int MOST_QUERIES = 20_000;
  static final String RETRIED = ". It is asked again later";

  /** With a zone or without, which is UTC then. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private final GraphVersion version;
  private final List<AuditQuery> queries = new ArrayList<>();
  private Optional<String> nextLink = Optional.empty();
  private boolean hasValue;

  private QueryReader(GraphVersion version) {
    this.version = version;
  }

  /** A page, whose link is not checked yet. */
  record Page(List<AuditQuery> queries, Optional<String> nextLink) {}

  /** Reads a page of the list. */
  static Page page(Body body, GraphVersion version) throws IOException, MalformedAnswerException {
    QueryReader reader = new QueryReader(version);
    reader.read(body);
    if (!reader.hasValue) {
      throw new MalformedAnswerException("the list has no 'value'" + RETRIED);
    }
    return new Page(reader.queries, reader.nextLink);
  }

  /** Reads one query; an example of the reference wraps it in {@code value}. */
  static AuditQuery query(Body body, GraphVersion version)
      throws IOException, MalformedAnswerException {
    QueryReader reader = new QueryReader(version);
    Map<String, String> properties = reader.read(body);
    if (reader.hasValue && reader.queries.size() == 1) {
      return reader.queries.get(0);
    }
    return reader.query(properties);
  }

  private Map<String, String> read(Body body) throws IOException, MalformedAnswerException {
    expectObject(body);
    try (JsonParser parser =
        GraphJson.FACTORY.createParser(new BoundedInputStream(body, LIMIT_BYTES))) {
      parser.nextToken();
      Map<String, String> properties = properties(parser, true);
      if (parser.nextToken() != null) {
        throw new MalformedAnswerException("there is more after the answer's end" + RETRIED);
      }
      nextLink = Optional.ofNullable(properties.get("@odata.nextLink"));
      return properties;
    } catch (JsonEOFException e) {
      throw new MalformedAnswerException("the answer is cut short" + RETRIED);
    } catch (JsonProcessingException e) {
      // Its message quotes the text.
      throw new MalformedAnswerException("the answer is not JSON" + RETRIED);
    } catch (BoundedInputStream.TooLongException e) {
      throw new MalformedAnswerException(
          "the answer is longer than " + LIMIT_BYTES + " bytes and was not read" + RETRIED);
    }
  }

  static void expectObject(Body body) throws IOException, MalformedAnswerException {
    switch (body.opening()) {
      case OBJECT -> {}
      case ARRAY ->
          throw new MalformedAnswerException("a list came in place of an object" + RETRIED);
      case MARKUP ->
          throw new MalformedAnswerException(
              "a page of HTML came in place of data. A proxy, firewall or gateway is in between:"
                  + " let it pass requests to the Graph endpoint"
                  + RETRIED);
      case NOTHING -> throw new MalformedAnswerException("the answer is empty" + RETRIED);
      case OTHER -> throw new MalformedAnswerException("the answer is not JSON" + RETRIED);
    }
  }

  /** The object's scalars as texts; what stands in {@code value} is read as queries. */
  private Map<String, String> properties(JsonParser parser, boolean outer)
      throws IOException, MalformedAnswerException {
    Map<String, String> properties = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (outer && name.equals("value")) {
        value(parser, value);
      } else if (!value.isScalarValue()) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        properties.put(name, parser.getText());
      }
    }
    return properties;
  }

  private void value(JsonParser parser, JsonToken token)
      throws IOException, MalformedAnswerException {
    hasValue = true;
    if (token == JsonToken.START_OBJECT) {
      queries.add(query(properties(parser, false)));
      return;
    }
    if (token != JsonToken.START_ARRAY) {
      throw new MalformedAnswerException("the 'value' is no list" + RETRIED);
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (queries.size() == MOST_QUERIES) {
        throw new MalformedAnswerException(
            "the list is longer than " + MOST_QUERIES + " queries" + RETRIED);
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswerException(
            "entry " + queries.size() + " of the list is not an object" + RETRIED);
      }
      queries.add(query(properties(parser, false)));
    }
  }

  private AuditQuery query(Map<String, String> properties) throws MalformedAnswerException {
    String id = properties.get("id");
    if (id == null || !QueryRef.isId(id)) {
      throw new MalformedAnswerException("the query has no valid id" + RETRIED);
    }
    return new AuditQuery(
        new QueryRef(version, id),
        properties.getOrDefault("displayName", ""),
        QueryStatus.of(properties.getOrDefault("status", "")),
        time(properties.get("filterStartDateTime")),
        time(properties.get("filterEndDateTime")),
        flag(properties.get("isRecordCountLimitExceeded")),
        number(properties.get("approximateReturnedRecordCount")),
        number(properties.get("recordCountLimit")));
  }

  private static Optional<Boolean> flag(@Nullable String text) {
    return "true".equals(text)
        ? Optional.of(true)
        : "false".equals(text) ? Optional.of(false) : Optional.empty();
  }

  private static OptionalLong number(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static Optional<Instant> time(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          parsed instanceof OffsetDateTime offset
              ? offset.toInstant()
              : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
