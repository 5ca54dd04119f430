package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an event of a value of {@code auditData}. */
final class EventReader {
  private static final String NOT_JSON = "has an auditData that is not JSON";

  private EventReader() {}

  /** Reads a value that stands alone: an object, or a text that holds one. */
  static AuditData read(byte[] value, Envelope around) throws MalformedAuditDataException {
    return GraphJson.withNames(value, parsers -> read(value, around, parsers));
  }

  private static AuditData read(byte[] value, Envelope around, JsonFactory parsers)
      throws MalformedAuditDataException {
    try (JsonParser parser = parsers.createParser(value)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_STRING) {
        String text = parser.getText();
        requireEnd(parser);
        return ofText(text, around, parsers);
      }
      return ofObject(parser, first, value, around);
    } catch (IOException e) {
      // Its message quotes the text.
      throw new MalformedAuditDataException(NOT_JSON);
    }
  }

  /** Auditing's own form is an object; a text that holds it is accepted, too. */
  static AuditData ofText(String text, Envelope around, JsonFactory parsers)
      throws MalformedAuditDataException {
    byte[] data = utf8(text);
    GraphJson.requireUtf8(data);
    try (JsonParser parser = parsers.createParser(data)) {
      return ofObject(parser, parser.nextToken(), data, around);
    } catch (IOException e) {
      throw new MalformedAuditDataException(NOT_JSON);
    }
  }

  private static AuditData ofObject(
      JsonParser parser, @Nullable JsonToken first, byte[] data, Envelope around)
      throws IOException, MalformedAuditDataException {
    if (first != JsonToken.START_OBJECT) {
      throw new MalformedAuditDataException("has an auditData that is no object");
    }
    EventMembers members = new EventMembers();
    members.readAll(parser);
    requireEnd(parser);
    int from = JsonText.behindSpace(data, 0);
    if (data[from] != '{') {
      // A byte order mark, which the parser passes over.
      throw new MalformedAuditDataException(NOT_JSON);
    }
    return of(data, from, members, around);
  }

  /** The event that begins here, after it has been parsed. */
  static AuditData of(byte[] json, int from, EventMembers members, Envelope around) {
    return new AuditData(
        ByteBuffer.wrap(completed(LiveForm.of(json, from), members, around)),
        members.id.or(around::id),
        members.recordType);
  }

  private static void requireEnd(JsonParser parser)
      throws IOException, MalformedAuditDataException {
    if (parser.nextToken() != null) {
      throw new MalformedAuditDataException(NOT_JSON);
    }
  }

  private static byte[] utf8(String text) throws MalformedAuditDataException {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new MalformedAuditDataException("has an auditData with half a character");
    }
  }

  /** A property that is there but null is left as it is: the envelope's would make it two. */
  private static byte[] completed(byte[] json, EventMembers members, Envelope around) {
    if (members.hasId && members.hasTime && members.hasOperation) {
      return json;
    }
    Map<String, String> missing = new LinkedHashMap<>();
    if (!members.hasId) {
      around.id().ifPresent(id -> missing.put("Id", id));
    }
    if (!members.hasTime) {
      around
          .createdDateTime()
          .ifPresent(time -> missing.put(LiveForm.CREATION_TIME, LiveForm.time(time)));
    }
    if (!members.hasOperation) {
      around.operation().ifPresent(operation -> missing.put("Operation", operation));
    }
    if (missing.isEmpty()) {
      return json;
    }
    ByteArrayOutputStream completed = new ByteArrayOutputStream(json.length + 200);
    completed.write(json, 0, json.length - 1);
    String comma = JsonText.behindSpace(json, 1) == json.length - 1 ? "" : ",";
    for (Map.Entry<String, String> property : missing.entrySet()) {
      completed.writeBytes((comma + quoted(property)).getBytes(StandardCharsets.UTF_8));
      comma = ",";
    }
    completed.write('}');
    return completed.toByteArray();
  }

  private static String quoted(Map.Entry<String, String> property) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = GraphJson.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField(property.getKey(), property.getValue());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    String object = text.toString();
    return object.substring(1, object.length() - 1);
  }
}
