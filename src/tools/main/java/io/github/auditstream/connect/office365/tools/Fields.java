package io.github.auditstream.connect.office365.tools;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A receipt, status record or dead letter as its converter gives it back: a struct or, where a
 * converter keeps no schema, a map.
 *
 * @param value the struct or map
 * @param where topic, partition and offset, for messages
 */
record Fields(Object value, String where) {
  static Fields of(@Nullable Object value, String where) {
    if (value instanceof Struct || value instanceof Map<?, ?>) {
      return new Fields(value, where);
    }
    throw new ToolException(
        where
            + " is not a record of the connector's once converted: use the value.converter that"
            + " wrote it");
  }

  private @Nullable Object get(String name) {
    if (value instanceof Struct struct) {
      return struct.schema().field(name) == null ? null : struct.get(name);
    }
    return ((Map<?, ?>) value).get(name);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(get(name)).map(Object::toString);
  }

  String text(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new ToolException(
                    where + " has no " + name + ": is it really one of the connector's topics?"));
  }

  long number(String name) {
    Object number = get(name);
    if (number instanceof Number found) {
      return found.longValue();
    }
    throw new ToolException(where + " has no number " + name + ": was it converted by another?");
  }

  Instant time(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw new ToolException(where + " has no time in " + name, e);
    }
  }
}
