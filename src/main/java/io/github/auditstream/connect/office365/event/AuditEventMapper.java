package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Maps one event's JSON text straight into a Struct, without a tree in between.
 *
 * <p>A property whose value fits its documented type becomes that field. Every other property, be
 * it undocumented, null, of another type, or a number that would be written differently, keeps its
 * JSON text in {@code AdditionalProperties}. Thread-safe.
 */
public final class AuditEventMapper {

  private static final String WORKLOAD = "Workload";
  private static final int LONGEST_SHARED_NAME_BYTES = 512;

  /** Everything passes that the reader's size limit lets through; Jackson's own limits do not. */
  private static final StreamReadConstraints NO_LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  private static final JsonFactory JSON =
      factory().configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, true).build();

  /** For events with very long names, which a shared table of names would keep for good. */
  private static final JsonFactory JSON_WITH_LONG_NAMES =
      factory().configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false).build();

  private final Map<Workload, Route> routes = new HashMap<>();
  private volatile @Nullable OriginText lastOrigin;

  private record OriginText(BlobOrigin origin, String contentCreated) {}

  /** What is prepared for each route. */
  private static final class Route {
    final Workload workload;
    final RecordReader reader;
    final Field id;
    final Field creationTime;
    final OriginWriter contentBlob;

    Route(Workload workload, Schema schema) {
      this.workload = workload;
      this.reader = new RecordReader(schema, Set.of(EventSchemas.CONTENT_BLOB));
      this.id = schema.field("Id");
      this.creationTime = schema.field("CreationTime");
      this.contentBlob = new OriginWriter(schema.field(EventSchemas.CONTENT_BLOB));
    }
  }

  /** A mapper into these schemas. */
  public AuditEventMapper(EventSchemas schemas) {
    for (Workload workload : schemas.all()) {
      routes.put(workload, new Route(workload, schemas.forWorkload(workload)));
    }
  }

  private static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder()
        .streamReadConstraints(NO_LIMITS)
        // Names come from events: they neither stay in the JVM for good nor fail an event by
        // colliding.
        .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
        .configure(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW, false);
  }

  /**
   * Maps one event.
   *
   * @param json holds the event's text, which begins with its opening brace
   * @param index the event's place in its blob
   * @throws UnmappableEventException if the text is not one JSON object in UTF-8; nothing else
   *     makes an event fail
   */
  public AuditEvent map(byte[] json, int offset, int length, BlobOrigin origin, long index)
      throws UnmappableEventException {
    if (length == 0) {
      throw new UnmappableEventException("is empty");
    }
    ElementScanner scanned = new ElementScanner();
    scanned.start(json[offset]);
    if (!scanned.object()) {
      throw new UnmappableEventException("is not a JSON object");
    }
    if (scanned.scan(json, offset, offset, offset + length) != offset + length) {
      throw new UnmappableEventException("is not one whole JSON object");
    }
    return map(json, offset, length, origin, index, scanned);
  }

  /** Maps one event that the scanner has gone through. */
  AuditEvent map(
      byte[] json, int offset, int length, BlobOrigin origin, long index, ElementScanner scanned)
      throws UnmappableEventException {
    if (scanned.controlCharacters()) {
      throw new UnmappableEventException("holds a control character where JSON has none");
    }
    if (scanned.nonAscii() && !Utf8.valid(json, offset, length)) {
      throw new UnmappableEventException("is not UTF-8");
    }
    try {
      Route route = route(origin.contentType(), workload(json, offset, length, scanned));
      Struct value;
      try (JsonParser parser = parser(json, offset, length, scanned)) {
        parser.nextToken();
        value = route.reader.read(new EventParse(parser, json, offset, scanned));
        if (parser.nextToken() != null) {
          throw new UnmappableEventException("goes on after its closing brace");
        }
      }
      route.contentBlob.put(value, origin, contentCreated(origin), index);
      String creationTime = (String) value.get(route.creationTime);
      return new AuditEvent(
          route.workload,
          Optional.ofNullable((String) value.get(route.id)).filter(id -> !id.isEmpty()),
          creationTime == null ? Optional.empty() : EventTimes.parse(creationTime),
          value,
          length);
    } catch (IOException e) {
      throw new UnmappableEventException("is not sound JSON");
    } catch (RuntimeException e) {
      UnmappableEventException refusal =
          new UnmappableEventException("could not be mapped: " + e.getClass().getName());
      refusal.setStackTrace(e.getStackTrace());
      throw refusal;
    }
  }

  private Route route(String contentType, @Nullable String workload) {
    Route route = routes.get(Workloads.route(contentType, workload));
    if (route == null) {
      throw new IllegalStateException("No schema is shipped for a route");
    }
    return route;
  }

  private static JsonParser parser(byte[] json, int offset, int length, ElementScanner scanned)
      throws IOException {
    JsonFactory factory =
        scanned.longestNameBytes() > LONGEST_SHARED_NAME_BYTES ? JSON_WITH_LONG_NAMES : JSON;
    return factory.createParser(json, offset, length);
  }

  private static @Nullable String workload(
      byte[] json, int offset, int length, ElementScanner scanned) throws IOException {
    if (scanned.escapedTopLevelName()) {
      return workloadByParsing(json, offset, length, scanned);
    }
    int start = scanned.workloadStart();
    if (start < 0) {
      return null;
    }
    String text =
        new String(json, offset + start, scanned.workloadEnd() - start, StandardCharsets.UTF_8);
    return text.indexOf('\\') < 0 ? text : workloadByParsing(json, offset, length, scanned);
  }

  private static @Nullable String workloadByParsing(
      byte[] json, int offset, int length, ElementScanner scanned) throws IOException {
    try (JsonParser parser = parser(json, offset, length, scanned)) {
      parser.nextToken();
      String name;
      while ((name = parser.nextFieldName()) != null) {
        JsonToken token = parser.nextToken();
        if (name.equals(WORKLOAD)) {
          return token == JsonToken.VALUE_STRING ? parser.getText() : null;
        }
        parser.skipChildren();
      }
      return null;
    }
  }

  private String contentCreated(BlobOrigin origin) {
    OriginText text = lastOrigin;
    if (text == null || !text.origin().equals(origin)) {
      text = new OriginText(origin, EventTimes.contentCreated(origin.contentCreated()));
      lastOrigin = text;
    }
    return text.contentCreated();
  }
}
