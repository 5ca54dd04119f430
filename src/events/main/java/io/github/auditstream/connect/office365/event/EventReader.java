package io.github.auditstream.connect.office365.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.auditstream.connect.office365.event.AuditEventMapper.Route;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Maps events of one origin, one after the other. An event is taken for one of the route that the
 * event before took; if its {@code Workload} says another, it is begun again.
 *
 * <p>For one thread.
 */
final class EventReader {

  private final AuditEventMapper mapper;
  private final boolean dlp;
  private final @Nullable BlobOrigin origin;
  private final String contentCreated;
  private final EventTokens tokens;
  private Route route;
  private boolean routed;

  /** The event takes another route than it was taken for. */
  private static final class OtherRouteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherRouteException() {
      super("another route", null, false, false);
    }
  }

  /** Of events of one blob. */
  EventReader(AuditEventMapper mapper, BlobOrigin origin) {
    this(mapper, origin.isDlp(), origin, EventTimes.contentCreated(origin.contentCreated()));
  }

  /**
   * Of events that come from no blob.
   *
   * @param dlp whether they take the route of DLP events
   */
  EventReader(AuditEventMapper mapper, boolean dlp) {
    this(mapper, dlp, null, "");
  }

  private EventReader(
      AuditEventMapper mapper, boolean dlp, @Nullable BlobOrigin origin, String contentCreated) {
    this.mapper = mapper;
    this.dlp = dlp;
    this.origin = origin;
    this.contentCreated = contentCreated;
    this.tokens = new EventTokens(this::take);
    this.route = mapper.route(dlp, null);
  }

  /** Takes the route of the first {@code Workload}, null where there is none that is a text. */
  private void take(@Nullable String workload) {
    routed = true;
    Route actual = mapper.route(dlp, workload);
    if (!actual.workload().equals(route.workload())) {
      route = actual;
      throw new OtherRouteException();
    }
  }

  /**
   * Maps the event that begins at an offset.
   *
   * @param limit the event may end before
   * @param heapBytes how much of the heap the event may take
   * @return null if there is no whole event there, or none that can be read quickly
   * @throws LargeEventException if it would take more of the heap
   */
  @Nullable AuditEvent readQuickly(byte[] json, int offset, int limit, long index, long heapBytes)
      throws LargeEventException {
    try {
      tokens.begin(json, offset, limit, false, heapBytes);
      Struct value = value();
      int length = tokens.position() + 1 - offset;
      int traits = EventBytes.traits(json, offset, offset + length);
      if ((traits & EventBytes.SURROGATE_ESCAPE) != 0
          || ((traits & EventBytes.NON_ASCII) != 0 && !Utf8.isValid(json, offset, length))) {
        return null;
      }
      if (traits != 0) {
        tokens.heap().widen();
      }
      return event(value, length, index);
    } catch (IOException e) {
      return null;
    } finally {
      tokens.end();
    }
  }

  /**
   * Maps the event that has just these bytes.
   *
   * @param heapBytes how much of the heap the event may take
   * @throws LargeEventException if it would take more
   * @throws UnmappableEventException if the text is not one JSON object in UTF-8, or is nested too
   *     deep
   */
  AuditEvent readExactly(byte[] json, int offset, int length, long index, long heapBytes)
      throws UnmappableEventException {
    try {
      tokens.begin(json, offset, offset + length, true, heapBytes);
      Struct value = value();
      if (tokens.position() + 1 < offset + length) {
        throw new UnmappableEventException("continues after its closing brace");
      }
      if (!Utf8.isValid(json, offset, length)) {
        throw new UnmappableEventException("is not UTF-8");
      }
      return event(value, length, index);
    } catch (StreamConstraintsException e) {
      throw new UnmappableEventException(
          "is nested deeper than " + EventTokens.MAX_DEPTH + " levels");
    } catch (JsonProcessingException e) {
      throw new UnmappableEventException(
          Utf8.isValid(json, offset, length)
              ? "is not valid JSON, near byte " + e.getLocation().getCharOffset()
              : "is not UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory could not be read", e);
    } finally {
      tokens.end();
    }
  }

  private Struct value() throws IOException, LargeEventException {
    while (true) {
      routed = false;
      RecordReader reader = route.reader();
      try {
        tokens.next();
        Object value = reader.begin(tokens);
        if (value == null) {
          throw new IllegalArgumentException("no object begins here");
        }
        reader.fill(value, tokens);
        if (!routed) {
          take(null);
        }
        return (Struct) value;
      } catch (OtherRouteException e) {
        tokens.beginAgain();
      }
    }
  }

  private AuditEvent event(Struct value, int length, long index) throws LargeEventException {
    tokens.heap().check();
    if (origin != null) {
      route.contentBlob().put(value, origin, contentCreated, index);
    }
    String creationTime = (String) value.get(route.creationTime());
    return new AuditEvent(
        route.workload(),
        Optional.ofNullable((String) value.get(route.id())).filter(id -> !id.isEmpty()),
        creationTime == null ? Optional.empty() : EventTimes.parse(creationTime),
        value,
        length,
        tokens.heap().bytes());
  }
}
