package io.github.auditstream.connect.office365.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An event as Graph's audit log record, with holes for what differs from one use to the next.
 * Immutable.
 *
 * <p>The head is as confusing as measured in a real tenant: its {@code userId} is the event's
 * {@code UserKey}, its {@code userPrincipalName} the event's {@code UserId}, and {@code clientIp}
 * is always null. {@code auditData} is the event, with annotations and its {@code CreationTime} in
 * UTC.
 */
public final class RecordTemplate {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String CREATION_TIME = "CreationTime";
  private static final List<String> USER_TYPES =
      List.of(
          "Regular",
          "Reserved",
          "Admin",
          "DcAdmin",
          "System",
          "Application",
          "ServicePrincipal",
          "CustomPolicy",
          "SystemPolicy",
          "PartnerTechnician",
          "Guest");

  /** What a hole takes. */
  public enum Kind {
    ID,
    CREATION_TIME,
    ORGANIZATION
  }

  private static final Map<String, Kind> PROPERTIES =
      Map.of("Id", Kind.ID, CREATION_TIME, Kind.CREATION_TIME, "OrganizationId", Kind.ORGANIZATION);

  /** A value is put in at this place. */
  private record Hole(Kind kind, int at) {}

  private final byte[] json;
  private final List<Hole> holes;
  private final EventFacts facts;

  private RecordTemplate(byte[] json, List<Hole> holes, EventFacts facts) {
    this.json = json;
    this.holes = holes;
    this.facts = facts;
  }

  /**
   * Turns an event into a record.
   *
   * @param event its JSON
   * @param replaced the properties at the event's top level that each use replaces
   * @throws IOException if it is not a JSON object
   */
  public static RecordTemplate of(byte[] event, Set<Kind> replaced) throws IOException {
    EventFacts facts = EventFacts.of(event);
    Writing writing = new Writing(event, replaced);
    writing.record(facts);
    return new RecordTemplate(writing.bytes.toByteArray(), List.copyOf(writing.holes), facts);
  }

  public EventFacts facts() {
    return facts;
  }

  /** The event's own value of a property; empty text where it has none. */
  public String own(String property) {
    return facts.text(property);
  }

  /**
   * Writes the record with its holes filled.
   *
   * @param time in UTC and without zone
   */
  public void writeTo(ByteArrayOutputStream out, String id, String time, String organization) {
    int at = 0;
    for (Hole hole : holes) {
      out.write(json, at, hole.at - at);
      out.writeBytes(
          switch (hole.kind) {
            case ID -> JsonStringEncoder.getInstance().quoteAsUTF8(id);
            case CREATION_TIME -> time.getBytes(StandardCharsets.US_ASCII);
            case ORGANIZATION -> organization.getBytes(StandardCharsets.US_ASCII);
          });
      at = hole.at;
    }
    out.write(json, at, json.length - at);
  }

  /** One template in the making. */
  private static final class Writing {
    private final byte[] event;
    private final Set<Kind> replaced;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    private final List<Hole> holes = new ArrayList<>();

    private Writing(byte[] event, Set<Kind> replaced) {
      this.event = event;
      this.replaced = replaced;
    }

    private void record(EventFacts facts) throws IOException {
      try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
        out.writeStartObject();
        hole(out, "id", Kind.ID, "");
        hole(out, "createdDateTime", Kind.CREATION_TIME, "Z");
        out.writeStringField("auditLogRecordType", facts.recordTypeName());
        textOrNull(out, "operation", facts.text("Operation"));
        hole(out, "organizationId", Kind.ORGANIZATION, "");
        int userType = facts.number("UserType");
        textOrNull(
            out,
            "userType",
            userType < 0 || userType >= USER_TYPES.size() ? "" : USER_TYPES.get(userType));
        textOrNull(out, "userId", facts.text("UserKey"));
        textOrNull(out, "service", facts.text("Workload"));
        textOrNull(out, "objectId", facts.text("ObjectId"));
        textOrNull(out, "userPrincipalName", facts.text("UserId"));
        out.writeNullField("clientIp");
        out.writeArrayFieldStart("administrativeUnits");
        out.writeString("");
        out.writeEndArray();
        out.writeFieldName("auditData");
        auditData(out);
        out.writeEndObject();
      }
    }

    private void auditData(JsonGenerator out) throws IOException {
      try (JsonParser parser = FACTORY.createParser(event)) {
        parser.nextToken();
        ODataWriter writer = new ODataWriter(event, parser, out);
        writer.beginObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
          Kind kind = PROPERTIES.get(name);
          if (text && kind != null && replaced.contains(kind)) {
            hole(out, name, kind, kind == Kind.CREATION_TIME ? "Z" : "");
          } else if (text && name.equals(CREATION_TIME)) {
            out.writeStringField(name, inUtc(parser.getText()));
          } else {
            writer.property(name);
          }
        }
        out.writeEndObject();
      }
    }

    private void hole(JsonGenerator out, String name, Kind kind, String after) throws IOException {
      out.writeStringField(name, after);
      out.flush();
      holes.add(new Hole(kind, bytes.size() - 1 - after.length()));
    }

    private static void textOrNull(JsonGenerator out, String name, String text) throws IOException {
      if (text.isEmpty()) {
        out.writeNullField(name);
      } else {
        out.writeStringField(name, text);
      }
    }

    private static String inUtc(String time) {
      return time.matches("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+") ? time + "Z" : time;
    }
  }
}
