package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes events as Graph does: with annotations at every depth, in front, between and behind. */
final class Annotations {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Annotations() {}

  /** The event anew, annotated, and with a {@code Z} at the end of its time if it has none. */
  static String asGraphHasIt(String event) throws IOException {
    return written(event, true).replaceFirst("(\"CreationTime\":\"[^\"]*[^\"Z])\"", "$1Z\"");
  }

  /** The event anew; with annotations or, for comparison, without. */
  static String written(String event, boolean annotated) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonParser parser = JSON.createParser(event);
        JsonGenerator json = JSON.createGenerator(bytes)) {
      parser.nextToken();
      value(parser, json, annotated);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void value(JsonParser parser, JsonGenerator json, boolean annotated)
      throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, json, annotated);
      case START_ARRAY -> {
        json.writeStartArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(parser, json, annotated);
        }
        json.writeEndArray();
      }
      case VALUE_STRING -> json.writeString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(parser.getText());
      default -> json.copyCurrentEvent(parser);
    }
  }

  private static void object(JsonParser parser, JsonGenerator json, boolean annotated)
      throws IOException {
    json.writeStartObject();
    int member = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (annotated) {
        if (member == 0) {
          json.writeStringField("@odata.type", "#microsoft.graph.security.defaultAuditData");
        }
        if (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NUMBER_INT) {
          json.writeStringField(name + "@odata.type", "#Int64");
        } else if (member % 3 == 1) {
          json.writeFieldName(name + "@odata.x");
          json.writeRawValue("{ \"a\" : [ 1 , \"}\\\"]\" , {} ] }");
        }
      }
      json.writeFieldName(name);
      value(parser, json, annotated);
      member++;
    }
    if (annotated) {
      json.writeNumberField("x@odata.count", member);
      json.writeNullField("@odata.last");
    }
    json.writeEndObject();
  }
}
