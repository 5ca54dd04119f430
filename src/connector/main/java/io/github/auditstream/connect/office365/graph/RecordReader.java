package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an event of a record's text. */
final class RecordReader {
  private final JsonFactory parsers;
  private final RecordForm form;
  private final Map<String, String> properties = new HashMap<>();
  private final EventMembers members = new EventMembers();

  /** The record's own, for exports, where it can be the event. */
  private final EventMembers own = new EventMembers();

  private boolean hasData;
  private int datas;
  private int dataStart;
  private @Nullable String dataText;

  private RecordReader(JsonFactory parsers, RecordForm form) {
    this.parsers = parsers;
    this.form = form;
  }

  /**
   * Reads a record.
   *
   * @param textBytes how long it is in all, which is more than its text where that was too large
   */
  static AuditLogRecord read(long index, byte[] text, long textBytes) {
    try {
      if (textBytes > text.length) {
        throw new MalformedAuditDataException("is larger than what is read of a record");
      }
      return GraphJson.withNames(text, parsers -> read(index, text, parsers));
    } catch (MalformedAuditDataException e) {
      return new AuditLogRecord.Refused(
          index,
          "record " + index + " of the page " + e.reason(),
          ByteBuffer.wrap(text),
          textBytes);
    }
  }

  private static AuditLogRecord.Event read(long index, byte[] text, JsonFactory parsers)
      throws MalformedAuditDataException {
    RecordReader reader = new RecordReader(parsers, RecordForm.GRAPH);
    reader.parse(text);
    Envelope around = reader.envelope();
    AuditData event = reader.event(text, around);
    return new AuditLogRecord.Event(index, event.json(), event.id(), event.recordType(), around);
  }

  /** Reads an object of an export. */
  static AuditData readExported(byte[] object) throws MalformedAuditDataException {
    return GraphJson.withNames(
        object,
        parsers -> {
          RecordReader reader = new RecordReader(parsers, RecordForm.EXPORTED);
          reader.parse(object);
          return reader.hasData
              ? reader.event(object, reader.exportedEnvelope())
              : reader.event(object);
        });
  }

  private Envelope exportedEnvelope() {
    Envelope around = envelope();
    return Envelope.ofExport(around.id(), around.createdDateTime(), around.operation());
  }

  /** The object itself as an event. */
  private AuditData event(byte[] object) throws MalformedAuditDataException {
    if (!own.hasId && !own.hasTime && !own.hasOperation) {
      throw new MalformedAuditDataException("has no auditData and is no event");
    }
    return EventReader.of(object, JsonText.behindSpace(object, 0), own, Envelope.NOTHING);
  }

  private Envelope envelope() {
    return new Envelope(
        Optional.ofNullable(properties.get(RecordForm.ID)),
        Optional.ofNullable(properties.get(RecordForm.TIME)),
        Optional.ofNullable(properties.get(RecordForm.OPERATION)),
        Optional.ofNullable(properties.get(RecordForm.TYPE)));
  }

  private AuditData event(byte[] text, Envelope around) throws MalformedAuditDataException {
    if (datas != 1) {
      throw new MalformedAuditDataException(
          datas == 0 ? "has no auditData" : "has more than one auditData");
    }
    return dataText == null
        ? EventReader.of(text, dataStart < 0 ? findData(text) : dataStart, members, around)
        : EventReader.ofText(dataText, around, parsers);
  }

  private void parse(byte[] text) throws MalformedAuditDataException {
    try (JsonParser parser = parsers.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAuditDataException("is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        String property = form.property(name);
        if (property.equals(RecordForm.DATA)) {
          hasData = true;
          data(parser, value);
        } else {
          if (value == JsonToken.VALUE_STRING) {
            properties.put(property, parser.getText());
          }
          own.read(name, value, parser);
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedAuditDataException("is not JSON");
      }
    } catch (IOException e) {
      // Its message quotes the text.
      throw new MalformedAuditDataException("is not JSON that can be read");
    }
  }

  private void data(JsonParser parser, JsonToken value)
      throws IOException, MalformedAuditDataException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    datas++;
    switch (value) {
      case START_OBJECT -> {
        dataStart = (int) parser.currentTokenLocation().getByteOffset();
        members.readAll(parser);
      }
      case VALUE_STRING -> dataText = parser.getText();
      default -> throw new MalformedAuditDataException("has an auditData that is no object");
    }
  }

  /** Where the event begins, which the parser that takes any names does not say. */
  private int findData(byte[] text) {
    int at = JsonText.behindSpace(text, 0) + 1;
    while (true) {
      int name = JsonText.behindSpace(text, at);
      int behindName = JsonText.behindString(text, name);
      int value = JsonText.behindSpace(text, JsonText.behindSpace(text, behindName) + 1);
      if (text[value] == '{'
          && form.property(JsonText.name(text, name, behindName)).equals(RecordForm.DATA)) {
        return value;
      }
      at = JsonText.behindSpace(text, JsonText.behindValue(text, value)) + 1;
    }
  }
}
