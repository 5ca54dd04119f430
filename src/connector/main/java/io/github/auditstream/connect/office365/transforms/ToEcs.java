package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.event.AuditEventRestorer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document of the Elastic Common Schema of each audit event, with the event as the API
 * wrote it below {@code o365.audit}.
 *
 * <p>Events are taken as Struct, as the map that a converter without schemas makes, and as JSON
 * text behind {@link RestoreEvent}. What is no audit event passes as it is: null values, receipts,
 * status records and dead letters. An event that cannot be mapped becomes a document too, of the
 * kind {@code pipeline_error}: none makes a task fail.
 *
 * <p>An instance serves one task and is not thread-safe.
 */
public final class ToEcs<R extends ConnectRecord<R>> extends AuditTransform<R> {

  private final AuditEventRestorer restorer = new AuditEventRestorer();
  private boolean asJson;
  private boolean withAudit = true;
  private boolean withOriginal;
  private String dataset = "";

  /** Called by Connect. */
  public ToEcs() {
    super(EcsConfig.DEFINITION);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    EcsConfig config = new EcsConfig(configs);
    asJson = config.getString(EcsConfig.OUTPUT).equals(EcsConfig.AS_JSON);
    withAudit = config.getBoolean(EcsConfig.AUDIT);
    withOriginal = config.getBoolean(EcsConfig.ORIGINAL);
    dataset = config.getString(EcsConfig.DATASET);
  }

  @Override
  public R apply(R record) {
    if (EventProperties.of(record.value()) == null) {
      return record;
    }
    String text = null;
    Map<String, @Nullable Object> document;
    try {
      text = text(record.value());
      document = document(record, text);
    } catch (IOException | RuntimeException e) {
      document = failure(record, text, e);
    }
    return asJson
        ? withValue(record, Schema.STRING_SCHEMA, JsonTree.write(document))
        : withValue(record, null, document);
  }

  /** The event's JSON text. */
  private String text(@Nullable Object value) {
    if (value instanceof Struct struct) {
      return restorer.restore(struct);
    }
    if (value instanceof Map<?, ?> map) {
      return AuditEvents.isEvent(map) ? restorer.restore(map) : JsonTree.write(map);
    }
    return String.valueOf(value);
  }

  private Map<String, @Nullable Object> document(R record, String text) throws IOException {
    Audit event = new Audit(JsonTree.object(text));
    EcsDocument document = EcsMapping.map(event, record.timestamp(), dataset);
    if (withOriginal) {
      document.put(text, "event", "original");
    }
    if (withAudit) {
      // As text it keeps what a map cannot: numbers of any length and repeated names.
      document.put(asJson ? new JsonTree.Raw(text) : event.tree(), "o365", "audit");
    }
    return document.finish();
  }

  private Map<String, @Nullable Object> failure(R record, @Nullable String text, Exception cause) {
    EcsDocument document = new EcsDocument();
    Long time = record.timestamp();
    document.put(time == null ? null : Instant.ofEpochMilli(time).toString(), "@timestamp");
    document.put(EcsMapping.ECS_VERSION, "ecs", "version");
    document.put("pipeline_error", "event", "kind");
    document.put(record.key() instanceof String id ? id : null, "event", "id");
    document.put("o365", "event", "module");
    document.put(dataset, "event", "dataset");
    document.put(text, "event", "original");
    // Not the cause's message: it may quote the event.
    document.put(
        "The event could not be mapped to the Elastic Common Schema ("
            + cause.getClass().getSimpleName()
            + ")."
            + (text == null ? "" : " Its JSON text is in event.original."),
        "error",
        "message");
    return document.finish();
  }
}
