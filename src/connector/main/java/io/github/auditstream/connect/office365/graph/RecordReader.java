package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.api.MalformedAnswerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an event of a record's text. */
final class RecordReader {
  private static final String DATA = "auditData";

  private final JsonFactory parsers;
  private final Map<String, String> envelope = new HashMap<>();
  private final Set<String> eventHas = new HashSet<>();
  private Optional<String> eventId = Optional.empty();
  private int datas;
  private @Nullable String dataText;

  private RecordReader(JsonFactory parsers) {
    this.parsers = parsers;
  }

  /**
   * Reads a record.
   *
   * @param textBytes how long it is in all, which is more than its text where that was too large
   */
  static AuditLogRecord read(long index, byte[] text, long textBytes) {
    try {
      if (textBytes > text.length) {
        throw new MalformedAnswerException("is larger than what is read of a record");
      }
      return event(index, text);
    } catch (MalformedAnswerException e) {
      return new AuditLogRecord.Refused(
          index,
          "record " + index + " of the page " + e.reason(),
          ByteBuffer.wrap(text),
          textBytes);
    }
  }

  private static AuditLogRecord.Event event(long index, byte[] text)
      throws MalformedAnswerException {
    if (!takesNamesForOthers(text)) {
      try {
        return new RecordReader(GraphJson.RECORDS).read(index, text);
      } catch (MalformedAnswerException e) {
        // Perhaps for the length of a name.
      }
    }
    return new RecordReader(GraphJson.ANY_RECORDS).read(index, text);
  }

  /** Jackson fills up the names that it keeps with a byte that no UTF-8 has, and compares these. */
  private static boolean takesNamesForOthers(byte[] text) {
    for (byte one : text) {
      if (one == (byte) 0xff) {
        return true;
      }
    }
    return false;
  }

  private AuditLogRecord.Event read(long index, byte[] text) throws MalformedAnswerException {
    parse(text);
    if (datas != 1) {
      throw new MalformedAnswerException(
          datas == 0 ? "has no auditData" : "has more than one auditData");
    }
    byte[] stripped;
    if (dataText == null) {
      int from = dataStart(text);
      stripped = AnnotationStripper.strip(text, from, JsonText.behindValue(text, from));
    } else {
      byte[] data = utf8(dataText);
      parseData(data);
      int from = JsonText.behindSpace(data, 0);
      stripped = AnnotationStripper.strip(data, from, JsonText.behindValue(data, from));
    }
    Envelope around =
        new Envelope(
            Optional.ofNullable(envelope.get("id")),
            Optional.ofNullable(envelope.get("createdDateTime")),
            Optional.ofNullable(envelope.get("operation")),
            Optional.ofNullable(envelope.get("auditLogRecordType")));
    return new AuditLogRecord.Event(
        index,
        ByteBuffer.wrap(completed(stripped, around)),
        eventId.or(around::id),
        java.util.OptionalLong.empty(),
        around);
  }

  private void parse(byte[] text) throws MalformedAnswerException {
    try (JsonParser parser = parsers.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswerException("is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(DATA) && value != JsonToken.VALUE_NULL) {
          data(parser, value);
        } else if (value == JsonToken.VALUE_STRING) {
          envelope.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedAnswerException("is not JSON");
      }
    } catch (IOException e) {
      // Its message quotes the text.
      throw new MalformedAnswerException("is not JSON that can be read");
    }
  }

  private void data(JsonParser parser, JsonToken value)
      throws IOException, MalformedAnswerException {
    datas++;
    switch (value) {
      case START_OBJECT -> members(parser);
      case VALUE_STRING -> dataText = parser.getText();
      default -> throw new MalformedAnswerException("has an auditData that is no object");
    }
  }

  /** Auditing's own form is an object; a text that holds it is accepted, too. */
  private void parseData(byte[] data) throws MalformedAnswerException {
    try (JsonParser parser = parsers.createParser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswerException("has an auditData that is no object");
      }
      members(parser);
      if (parser.nextToken() != null) {
        throw new MalformedAnswerException("has an auditData that is not JSON");
      }
    } catch (IOException e) {
      throw new MalformedAnswerException("has an auditData that is not JSON");
    }
  }

  /** What the event has of what the envelope has, too. Reads it all, so that it is well-formed. */
  private void members(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "Id", "CreationTime", "Operation" -> {
          eventHas.add(name);
          if (name.equals("Id") && value == JsonToken.VALUE_STRING) {
            eventId = Optional.of(parser.getText());
          }
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
  }

  /** Where the event begins in a record that has been parsed. */
  private static int dataStart(byte[] text) throws MalformedAnswerException {
    int at = JsonText.behindSpace(text, 0) + 1;
    while (at < text.length) {
      int name = JsonText.behindSpace(text, at);
      int behindName = JsonText.behindString(text, name);
      int value = JsonText.behindSpace(text, JsonText.behindSpace(text, behindName) + 1);
      boolean isNull = text[value] == 'n';
      if (!isNull && JsonText.name(text, name, behindName).equals(DATA)) {
        return value;
      }
      at = JsonText.behindSpace(text, JsonText.behindValue(text, value)) + 1;
    }
    throw new MalformedAnswerException("is not JSON that can be read");
  }

  private static byte[] utf8(String text) throws MalformedAnswerException {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new MalformedAnswerException("has an auditData with half a character");
    }
  }

  /** A property that is there but null is left as it is: the envelope's would make it two. */
  private byte[] completed(byte[] json, Envelope around) {
    Map<String, String> missing = new LinkedHashMap<>();
    around.id().ifPresent(id -> missing.put("Id", id));
    around.createdDateTime().ifPresent(time -> missing.put("CreationTime", time));
    around.operation().ifPresent(operation -> missing.put("Operation", operation));
    missing.keySet().removeAll(eventHas);
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
