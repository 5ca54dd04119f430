package io.github.auditstream.connect.office365.transforms;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.event.EventSchemas;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The texts, numbers and booleans that stand at the top of an event, in each form that an event
 * has. A property that had not its documented type is in {@code AdditionalProperties}, and is found
 * there.
 */
abstract sealed class EventProperties {

  /**
   * The property as a text; null if the event has it not, or it is null, an object or an array.
   *
   * @param name as Microsoft writes it
   */
  abstract @Nullable String text(String name);

  /** The view of a record's value, null if it is no event. */
  static @Nullable EventProperties of(@Nullable Object value) {
    if (value instanceof Struct struct) {
      return AuditEvents.isEvent(struct) ? new OfStruct(struct) : null;
    }
    if (value instanceof Map<?, ?> map) {
      return AuditEvents.isEvent(map) || AuditEvents.isRestoredEvent(map) ? new OfMap(map) : null;
    }
    if (value instanceof String text && Json.looksLikeObject(text)) {
      return ofText(text);
    }
    return null;
  }

  private static @Nullable EventProperties ofText(String text) {
    Map<String, @Nullable String> found = new HashMap<>();
    try (JsonParser json = Json.parser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        boolean says = token.isScalarValue() && token != JsonToken.VALUE_NULL;
        found.put(name, says ? json.getText() : null);
        json.skipChildren();
      }
    } catch (IOException e) {
      // Broken or too deep further on: what was read up to there shows whether it is an event.
      return AuditEvents.isRestoredEvent(found) ? new OfText(found) : null;
    }
    return AuditEvents.isRestoredEvent(found) ? new OfText(found) : null;
  }

  private static @Nullable String scalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }

  private static @Nullable String additional(@Nullable Object properties, String name) {
    if (!(properties instanceof Map<?, ?> map) || !(map.get(name) instanceof String text)) {
      return null;
    }
    try (JsonParser json = Json.parser(text)) {
      JsonToken token = json.nextToken();
      return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL
          ? json.getText()
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static final class OfStruct extends EventProperties {
    private final Struct event;

    OfStruct(Struct event) {
      this.event = event;
    }

    @Override
    @Nullable String text(String name) {
      Field field = event.schema().field(name);
      String text = field == null ? null : scalar(event.getWithoutDefault(name));
      return text != null
          ? text
          : additional(event.getWithoutDefault(EventSchemas.ADDITIONAL_PROPERTIES), name);
    }
  }

  private static final class OfMap extends EventProperties {
    private final Map<?, ?> event;

    OfMap(Map<?, ?> event) {
      this.event = event;
    }

    @Override
    @Nullable String text(String name) {
      String text = scalar(event.get(name));
      return text != null ? text : additional(event.get(EventSchemas.ADDITIONAL_PROPERTIES), name);
    }
  }

  private static final class OfText extends EventProperties {
    private final Map<String, @Nullable String> found;

    OfText(Map<String, @Nullable String> found) {
      this.found = found;
    }

    @Override
    @Nullable String text(String name) {
      return found.get(name);
    }
  }
}
