package io.github.auditstream.connect.office365.transforms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.UnmappableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records as a sink gets them. */
final class Records {

  static final long TIMESTAMP = 1_780_000_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AuditEventMapper MAPPER = new AuditEventMapper(new EventSchemas());

  private Records() {}

  /** The event as the connector makes it. */
  static Struct struct(String json) {
    return struct(json, "Audit.General");
  }

  static Struct struct(String json, String contentType) {
    byte[] bytes = json.strip().getBytes(StandardCharsets.UTF_8);
    BlobOrigin origin =
        new BlobOrigin("t", contentType, "b1", Instant.parse("2026-08-01T10:00:00Z"));
    try {
      return MAPPER.map(bytes, 0, bytes.length, origin, 0).value();
    } catch (UnmappableEventException e) {
      throw new AssertionError(e);
    }
  }

  /** The event as a converter without schemas gives it to a sink: with nulls, numbers as longs. */
  static Map<String, Object> map(String json) {
    return map(struct(json));
  }

  private static Map<String, Object> map(Struct struct) {
    Map<String, Object> map = new HashMap<>();
    for (Field field : struct.schema().fields()) {
      map.put(field.name(), schemaless(struct.get(field)));
    }
    return map;
  }

  private static @Nullable Object schemaless(@Nullable Object value) {
    if (value instanceof Struct struct) {
      return map(struct);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(schemaless(element)));
      return copy;
    }
    return value instanceof Integer number ? Long.valueOf(number) : value;
  }

  static SinkRecord of(Struct value) {
    return of(value.schema(), value);
  }

  static SinkRecord of(@Nullable Schema schema, @Nullable Object value) {
    return new SinkRecord(
        "office365.exchange",
        2,
        Schema.STRING_SCHEMA,
        "e1",
        schema,
        value,
        17,
        TIMESTAMP,
        TimestampType.CREATE_TIME);
  }

  /** The event in each form in which a transform can meet it. */
  static List<SinkRecord> forms(String json) {
    return List.of(
        of(struct(json)),
        of(null, map(json)),
        of(Schema.STRING_SCHEMA, json),
        of(null, tree(json)));
  }

  /** JSON as maps and lists. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> tree(String json) {
    try {
      return JSON.readValue(json, Map.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
