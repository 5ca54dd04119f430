package io.github.auditstream.connect.office365.graph;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What is learned of an event while it is parsed. */
final class EventMembers {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  boolean hasId;
  boolean hasTime;
  boolean hasOperation;
  Optional<String> id = Optional.empty();
  OptionalLong recordType = OptionalLong.empty();

  /** Reads the object that began, to its end, so that all of it is well-formed. */
  void readAll(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      read(name, parser.nextToken(), parser);
    }
  }

  /** Reads one member, whose value began. */
  void read(String name, JsonToken value, JsonParser parser) throws IOException {
    switch (name) {
      case "Id" -> {
        hasId = true;
        if (value == JsonToken.VALUE_STRING) {
          id = Optional.of(parser.getText());
        }
      }
      case LiveForm.CREATION_TIME -> hasTime = true;
      case "Operation" -> hasOperation = true;
      case "RecordType" -> {
        if (value == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
          recordType = OptionalLong.of(parser.getLongValue());
        } else if (value == JsonToken.VALUE_STRING) {
          recordType = ofText(parser.getText());
        }
      }
      default -> {}
    }
    parser.skipChildren();
  }

  /** Some events write the number as text. */
  private static OptionalLong ofText(String text) {
    return NUMBER.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
