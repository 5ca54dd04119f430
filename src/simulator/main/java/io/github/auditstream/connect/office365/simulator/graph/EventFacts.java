package io.github.auditstream.connect.office365.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.event.RecordTypeNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The scalar properties at an event's top level, which searches and the record's head look at. */
public final class EventFacts {
  private static final String UNKNOWN_RECORD_TYPE = "UnknownFutureValue";
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, String> properties;
  private final byte[] json;

  private EventFacts(Map<String, String> properties, byte[] json) {
    this.properties = properties;
    this.json = json;
  }

  /**
   * Reads an event.
   *
   * @throws IOException if it is not a JSON object
   */
  static EventFacts of(byte[] json) throws IOException {
    Map<String, String> properties = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an event must be a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
          properties.put(name, parser.getText());
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IOException("an event must be one JSON object");
      }
    }
    return new EventFacts(properties, json);
  }

  /** A property's text; empty where the event has none, or no scalar. */
  String text(String property) {
    return properties.getOrDefault(property, "");
  }

  /** A property as a number, which events also write as text; -1 where it is none. */
  int number(String property) {
    try {
      return Integer.parseInt(text(property));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The record type as answers name it. */
  String recordTypeName() {
    return RecordTypeNames.find(number("RecordType"))
        .map(RecordTypeNames.RecordType::name)
        .orElse(UNKNOWN_RECORD_TYPE);
  }

  /** Whether a word is anywhere in the event, without regard to case. */
  boolean contains(String keyword) {
    return new String(json, StandardCharsets.UTF_8)
        .toLowerCase(Locale.ROOT)
        .contains(keyword.toLowerCase(Locale.ROOT));
  }
}
