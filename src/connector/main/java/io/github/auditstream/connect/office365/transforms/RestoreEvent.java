package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.event.AuditEventRestorer;
import io.github.auditstream.connect.office365.event.EventSchemas;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Gives a sink the JSON text of each audit event, equal as JSON to what the API delivered.
 *
 * <p>It works on the record's value, a Struct or, behind a converter without schemas, a map. What
 * is no audit event passes as it is: null values, receipts, status records and dead letters, so
 * that one sink can read all of the connector's topics. An event is recognised by its {@code
 * AdditionalProperties}: transforms that flatten, rename or drop fields belong behind this one.
 *
 * <p>An instance serves one task and is not thread-safe.
 */
public final class RestoreEvent<R extends ConnectRecord<R>> extends AuditTransform<R> {

  static final String FIELD = "field";

  private static final String GROUP = "Restored event";
  private static final int CACHED_SCHEMAS = 64;

  private static final ConfigDef CONFIG =
      new ConfigDef()
          .define(
              FIELD,
              ConfigDef.Type.STRING,
              "",
              ConfigDef.LambdaValidator.with(RestoreEvent::ensureNew, () -> "a new field's name"),
              ConfigDef.Importance.MEDIUM,
              "Where the event's JSON text goes. Empty: it takes the place of the whole value. A"
                  + " name: the value keeps its fields and gets this one more, a string. The name"
                  + " must not be one that the value has already.",
              GROUP,
              1,
              ConfigDef.Width.MEDIUM,
              "Field");

  private final AuditEventRestorer restorer = new AuditEventRestorer();
  private final Map<Schema, Schema> widened =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Schema, Schema> eldest) {
          return size() > CACHED_SCHEMAS;
        }
      };
  private String field = "";

  /** Called by Connect. */
  public RestoreEvent() {
    super(CONFIG);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    field = new TransformConfig(CONFIG, configs).getString(FIELD);
  }

  private static void ensureNew(String key, @Nullable Object field) {
    if (EventSchemas.ADDITIONAL_PROPERTIES.equals(field)
        || EventSchemas.CONTENT_BLOB.equals(field)) {
      throw new ConfigException(
          key, field, "is a field of every event; choose a name that no event has");
    }
  }

  @Override
  public R apply(R record) {
    Object value = record.value();
    if (value instanceof Struct event && AuditEvents.isEvent(event)) {
      return field.isEmpty() ? asText(record, restorer.restore(event)) : widen(record, event);
    }
    if (value instanceof Map<?, ?> event && AuditEvents.isEvent(event)) {
      return field.isEmpty() ? asText(record, restorer.restore(event)) : widen(record, event);
    }
    return record;
  }

  @Override
  public void close() {
    widened.clear();
  }

  private R asText(R record, String json) {
    return withValue(record, Schema.STRING_SCHEMA, json);
  }

  private R widen(R record, Struct event) {
    Schema schema = widened.computeIfAbsent(event.schema(), this::widen);
    Struct wider = new Struct(schema);
    for (Field each : event.schema().fields()) {
      wider.put(each.name(), event.getWithoutDefault(each.name()));
    }
    return withValue(record, schema, wider.put(field, restorer.restore(event)));
  }

  private Schema widen(Schema schema) {
    if (schema.field(field) != null) {
      throw taken();
    }
    SchemaBuilder wider =
        SchemaBuilder.struct().name(schema.name()).version(schema.version()).doc(schema.doc());
    if (schema.parameters() != null) {
      wider.parameters(schema.parameters());
    }
    for (Field each : schema.fields()) {
      wider.field(each.name(), each.schema());
    }
    // Optional, so that a sink can add the column to a table that has rows.
    wider.field(field, Schema.OPTIONAL_STRING_SCHEMA);
    return schema.isOptional() ? wider.optional().build() : wider.build();
  }

  private R widen(R record, Map<?, ?> event) {
    if (event.containsKey(field)) {
      throw taken();
    }
    Map<Object, @Nullable Object> wider = new LinkedHashMap<>(event);
    wider.put(field, restorer.restore(event));
    return withValue(record, record.valueSchema(), wider);
  }

  private DataException taken() {
    return new DataException(
        ("For restoring an audit event: the value has a field %s already. Set the transform's"
                + " \"%s\" to a name that no event has.")
            .formatted(field, FIELD));
  }
}
