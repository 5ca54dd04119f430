package io.github.auditstream.connect.office365.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Copies JSON with the type annotations that Graph adds at every depth: a property {@code
 * Name@odata.type} before each number and each array, and {@code @odata.type} at the head of each
 * object that no array's annotation describes. Numbers keep their text.
 */
final class ODataWriter {
  static final String TYPE = "@odata.type";
  private static final String OBJECT = "microsoft.graph.security.defaultAuditData";
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final byte[] json;
  private final JsonParser parser;
  private final JsonGenerator out;

  /**
   * @param parser reads the JSON from its beginning
   */
  ODataWriter(byte[] json, JsonParser parser, JsonGenerator out) {
    this.json = json;
    this.parser = parser;
    this.out = out;
  }

  /** Begins an object that says its type. */
  void beginObject() throws IOException {
    out.writeStartObject();
    out.writeStringField(TYPE, "#" + OBJECT);
  }

  /** Copies the property whose value is the parser's current token. */
  void property(String name) throws IOException {
    String annotation = annotation();
    // Without a name it would be the object's own.
    if (!annotation.isEmpty() && !name.isEmpty()) {
      out.writeStringField(name + TYPE, annotation);
    }
    out.writeFieldName(name);
    value(true);
  }

  private String annotation() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT ->
          parser.getBigIntegerValue().abs().compareTo(LONGEST) > 0 ? "#Decimal" : "#Int64";
      case VALUE_NUMBER_FLOAT -> "#Double";
      case START_ARRAY -> "#Collection(" + elements() + ")";
      default -> "";
    };
  }

  /** What the elements of the array have in common that begins at the parser's current token. */
  private String elements() throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    String common = "";
    try (JsonParser ahead = FACTORY.createParser(json, start, json.length - start)) {
      ahead.nextToken();
      while (ahead.nextToken() != JsonToken.END_ARRAY) {
        String type =
            switch (ahead.currentToken()) {
              case START_OBJECT -> OBJECT;
              case VALUE_STRING -> "String";
              case VALUE_NUMBER_INT -> "Int64";
              default -> "Untyped";
            };
        common = common.isEmpty() || common.equals(type) ? type : "Untyped";
        ahead.skipChildren();
      }
    }
    return common.isEmpty() ? OBJECT : common;
  }

  private void value(boolean objectsSayTheirType) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        if (objectsSayTheirType) {
          beginObject();
        } else {
          out.writeStartObject();
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          property(name);
        }
        out.writeEndObject();
      }
      case START_ARRAY -> {
        boolean alike = elements().equals(OBJECT);
        out.writeStartArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(!alike);
        }
        out.writeEndArray();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
      case VALUE_STRING -> out.writeString(parser.getText());
      case VALUE_TRUE -> out.writeBoolean(true);
      case VALUE_FALSE -> out.writeBoolean(false);
      default -> out.writeNull();
    }
  }
}
