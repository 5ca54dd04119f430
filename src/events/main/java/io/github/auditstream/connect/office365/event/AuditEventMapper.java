package io.github.auditstream.connect.office365.event;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Maps one event's JSON text straight into a Struct, without a tree in between.
 *
 * <p>A property whose value fits its documented type becomes that field. Every other property, be
 * it undocumented, null, of another type, or a number that would be written differently, keeps its
 * JSON text in {@code AdditionalProperties}. Thread-safe.
 */
public final class AuditEventMapper {

  private final Map<Workload, Route> routes = new HashMap<>();

  /** What is prepared for each route. */
  record Route(
      Workload workload,
      RecordReader reader,
      Field id,
      Field creationTime,
      OriginWriter contentBlob) {

    static Route of(Workload workload, Schema schema) {
      return new Route(
          workload,
          RecordReader.ofEvent(schema),
          schema.field("Id"),
          schema.field("CreationTime"),
          new OriginWriter(schema.field(EventSchemas.CONTENT_BLOB)));
    }
  }

  /** A mapper into these schemas. */
  public AuditEventMapper(EventSchemas schemas) {
    for (Workload workload : schemas.all()) {
      routes.put(workload, Route.of(workload, schemas.forWorkload(workload)));
    }
  }

  /**
   * Maps one event of a blob.
   *
   * @param json holds the event's text, from its opening brace to its closing one
   * @param index the event's place in its blob
   * @throws UnmappableEventException if the text is not one JSON object in UTF-8, or is nested
   *     deeper than 1,000 levels; nothing else makes an event fail
   */
  public AuditEvent map(byte[] json, int offset, int length, BlobOrigin origin, long index)
      throws UnmappableEventException {
    return map(reader(origin), json, offset, length, index, Long.MAX_VALUE);
  }

  /** For events that come from no blob, one after the other. */
  public SingleEvents singleEvents() {
    return new SingleEvents(new EventReader(this, false), new EventReader(this, true));
  }

  static AuditEvent map(
      EventReader reader, byte[] json, int offset, int length, long index, long maxHeapBytes)
      throws UnmappableEventException {
    if (length == 0) {
      throw new UnmappableEventException("is empty");
    }
    if (json[offset] != '{') {
      throw new UnmappableEventException("is not a JSON object");
    }
    if (length <= BlobBuffer.LARGE_BYTES) {
      AuditEvent event = reader.readQuickly(json, offset, offset + length, index, maxHeapBytes);
      if (event != null && event.jsonBytes() == length) {
        return event;
      }
    }
    return reader.readExactly(json, offset, length, index, maxHeapBytes);
  }

  /** Maps the events of one blob. */
  EventReader reader(BlobOrigin origin) {
    return new EventReader(this, origin);
  }

  /** The route of an event with this {@code Workload}, null where it has none that is a text. */
  Route route(boolean dlp, @Nullable String workload) {
    Route route = routes.get(Workloads.route(dlp, workload));
    if (route == null) {
      throw new IllegalStateException("No schema is shipped for a route");
    }
    return route;
  }
}
