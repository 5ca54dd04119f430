package io.github.auditstream.connect.office365.event;

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

  private final Map<Workload, Route> routes = new HashMap<>();
  private final NameTable<Route> routesByText;
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
    Map<String, Route> byText = new HashMap<>();
    routes.forEach(
        (workload, route) -> {
          if (Workloads.find(workload.name()).isPresent()) {
            byText.put(workload.name(), route);
          }
        });
    routesByText = new NameTable<>(byText);
  }

  /**
   * Maps one event.
   *
   * @param json holds the event's text, from its opening brace to its closing one
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
    return map(json, offset, length, origin, index, scanned, new JsonCursor(), Long.MAX_VALUE);
  }

  /**
   * Maps one event that the scanner has gone through, with a cursor that is free.
   *
   * @param heapBytes how much of the heap the event may take
   * @throws LargeEventException if it would take more
   */
  AuditEvent map(
      byte[] json,
      int offset,
      int length,
      BlobOrigin origin,
      long index,
      ElementScanner scanned,
      JsonCursor cursor,
      long heapBytes)
      throws UnmappableEventException {
    if (scanned.controlCharacters()) {
      throw new UnmappableEventException("holds a control character where JSON has none");
    }
    if (scanned.nonAscii() && !Utf8.valid(json, offset, length)) {
      throw new UnmappableEventException("is not UTF-8");
    }
    Route route = route(origin.contentType(), json, offset, length, scanned, cursor);
    cursor.reset(json, offset, length, scanned, heapBytes);
    Struct value = route.reader.begin(cursor);
    if (value == null) {
      throw new IllegalStateException("The scanner lets no other than objects pass");
    }
    route.reader.fill(value, cursor);
    cursor.expectEnd();
    cursor.heap().check();
    route.contentBlob.put(value, origin, contentCreated(origin), index);
    String creationTime = (String) value.get(route.creationTime);
    return new AuditEvent(
        route.workload,
        Optional.ofNullable((String) value.get(route.id)).filter(id -> !id.isEmpty()),
        creationTime == null ? Optional.empty() : EventTimes.parse(creationTime),
        value,
        length,
        cursor.heap().bytes());
  }

  private Route route(
      String contentType,
      byte[] json,
      int offset,
      int length,
      ElementScanner scanned,
      JsonCursor cursor)
      throws UnmappableEventException {
    int start = scanned.workloadStart();
    if (start >= 0
        && !scanned.escapedTopLevelName()
        && !contentType.equals(Workloads.DLP_CONTENT_TYPE)) {
      Route exact = routesByText.find(json, offset + start, scanned.workloadEnd() - start);
      if (exact != null) {
        return exact;
      }
    }
    return route(contentType, workload(json, offset, length, scanned, cursor));
  }

  private Route route(String contentType, @Nullable String workload) {
    Route route = routes.get(Workloads.route(contentType, workload));
    if (route == null) {
      throw new IllegalStateException("No schema is shipped for a route");
    }
    return route;
  }

  private static @Nullable String workload(
      byte[] json, int offset, int length, ElementScanner scanned, JsonCursor cursor)
      throws UnmappableEventException {
    if (scanned.escapedTopLevelName()) {
      return escapedWorkload(json, offset, length, scanned, cursor);
    }
    int start = scanned.workloadStart();
    if (start < 0) {
      return null;
    }
    int textLength = scanned.workloadEnd() - start;
    String text = new String(json, offset + start, textLength, StandardCharsets.UTF_8);
    return text.indexOf('\\') < 0 ? text : escapedWorkload(json, offset, length, scanned, cursor);
  }

  private static @Nullable String escapedWorkload(
      byte[] json, int offset, int length, ElementScanner scanned, JsonCursor cursor)
      throws UnmappableEventException {
    cursor.reset(json, offset, length, scanned, Long.MAX_VALUE);
    cursor.enter();
    for (boolean first = true; cursor.nextProperty(first); first = false) {
      if (cursor.propertyName().equals(WORKLOAD)) {
        return cursor.text();
      }
      cursor.skip();
    }
    return null;
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
