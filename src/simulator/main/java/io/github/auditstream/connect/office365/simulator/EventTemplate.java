package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.simulator.graph.RecordTemplate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event's JSON with holes for what differs from one use to the next, so that a million events
 * cost little more than copying bytes. Thread-safe.
 */
final class EventTemplate {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** What a hole takes. */
  enum Kind {
    ID,
    CREATION_TIME,
    ORGANIZATION
  }

  /** The bytes from start up to end are replaced. */
  private record Hole(Kind kind, int start, int end) {}

  private final byte[] json;
  private final List<Hole> holes;
  private final String ownId;
  private @Nullable RecordTemplate record;

  private EventTemplate(byte[] json, List<Hole> holes, String ownId) {
    this.json = json;
    this.holes = holes;
    this.ownId = ownId;
  }

  /** The event as it is, whatever it is. */
  static EventTemplate asItIs(byte[] json) {
    return new EventTemplate(json.clone(), List.of(), topLevelId(json));
  }

  /**
   * The event with a new Id and time at each use.
   *
   * @param tenantToo whether {@code OrganizationId} becomes the tenant's
   * @throws IOException if it is not a JSON object
   */
  static EventTemplate fresh(byte[] json, boolean tenantToo) throws IOException {
    List<Hole> holes = new ArrayList<>(3);
    String id = "";
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an event must be a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
        if (token == JsonToken.VALUE_STRING) {
          String value = parser.getText();
          int end = (int) parser.currentLocation().getByteOffset() - 1;
          if (name.equals("Id")) {
            id = value;
            holes.add(new Hole(Kind.ID, start, end));
          } else if (name.equals("CreationTime")) {
            holes.add(new Hole(Kind.CREATION_TIME, start, end));
          } else if (name.equals("OrganizationId") && tenantToo) {
            holes.add(new Hole(Kind.ORGANIZATION, start, end));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return new EventTemplate(json.clone(), List.copyOf(holes), id);
  }

  /** Whether each use has an Id of its own. */
  boolean takesFreshId() {
    return holes.stream().anyMatch(hole -> hole.kind == Kind.ID);
  }

  /** The Id in the JSON itself; empty text where there is none. */
  String ownId() {
    return ownId;
  }

  void writeTo(ByteArrayOutputStream out, byte[] id, byte[] creationTime, byte[] organization) {
    int at = 0;
    for (Hole hole : holes) {
      out.write(json, at, hole.start - at);
      byte[] value =
          switch (hole.kind) {
            case ID -> id;
            case CREATION_TIME -> creationTime;
            case ORGANIZATION -> organization;
          };
      out.write(value, 0, value.length);
      at = hole.end;
    }
    out.write(json, at, json.length - at);
  }

  boolean takesFreshTime() {
    return holes.stream().anyMatch(hole -> hole.kind == Kind.CREATION_TIME);
  }

  /** The event as an audit log record, with the same holes. */
  synchronized RecordTemplate record() {
    RecordTemplate made = record;
    if (made == null) {
      Set<RecordTemplate.Kind> replaced = EnumSet.noneOf(RecordTemplate.Kind.class);
      holes.forEach(hole -> replaced.add(RecordTemplate.Kind.valueOf(hole.kind.name())));
      try {
        made = RecordTemplate.of(json, replaced);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      record = made;
    }
    return made;
  }

  byte[] json() {
    return json.clone();
  }

  /** The Id of an event's JSON; empty text where there is none or it is not JSON. */
  static String topLevelId(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals("Id") && token == JsonToken.VALUE_STRING) {
          return parser.getText();
        }
        parser.skipChildren();
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
