package io.github.auditstream.connect.office365.transforms;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.event.EventSchemas;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The texts, numbers and booleans that stand at the top of an event, in each form that an event
 * has. A property that had not its documented type is in {@code AdditionalProperties}, and is found
 * there.
 */
@FunctionalInterface
interface EventProperties {

  /**
   * The property as a text; null if the event has it not, or it is null, an object or an array.
   *
   * @param name as Microsoft writes it
   */
  @Nullable String text(String name);

  /** The view of a record's value, null if it is no event. */
  static @Nullable EventProperties of(@Nullable Object value) {
    if (value instanceof Struct event && AuditEvents.isEvent(event)) {
      return name ->
          text(
              event.schema().field(name) == null ? null : event.getWithoutDefault(name),
              event.getWithoutDefault(EventSchemas.ADDITIONAL_PROPERTIES),
              name);
    }
    if (value instanceof Map<?, ?> event
        && (AuditEvents.isEvent(event) || AuditEvents.isRestoredEvent(event))) {
      return name -> text(event.get(name), event.get(EventSchemas.ADDITIONAL_PROPERTIES), name);
    }
    if (value instanceof String text && Json.looksLikeObject(text)) {
      Map<String, @Nullable String> found = read(text);
      return AuditEvents.isRestoredEvent(found) ? found::get : null;
    }
    return null;
  }

  private static Map<String, @Nullable String> read(String text) {
    Map<String, @Nullable String> found = new HashMap<>();
    try (JsonParser json = Json.parser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        found.put(name, scalar(json));
        json.skipChildren();
      }
    } catch (IOException e) {
      // Broken or too deep further on: what was read up to there shows whether it is an event.
      return found;
    }
    return found;
  }

  /** What the next token says, null if that is no text, number or boolean. */
  private static @Nullable String scalar(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL
        ? json.getText()
        : null;
  }

  private static @Nullable String text(
      @Nullable Object value, @Nullable Object additional, String name) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (!(additional instanceof Map<?, ?> map) || !(map.get(name) instanceof String text)) {
      return null;
    }
    try (JsonParser json = Json.parser(text)) {
      return scalar(json);
    } catch (IOException e) {
      return null;
    }
  }
}
