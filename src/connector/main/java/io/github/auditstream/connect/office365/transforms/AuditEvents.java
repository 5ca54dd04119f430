package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.event.EventSchemas;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Tells events from the connector's other records: receipts, status records, dead letters. */
final class AuditEvents {

  static final String RECORD_TYPE = "RecordType";
  static final String OPERATION = "Operation";
  static final String WORKLOAD = "Workload";
  static final String USER_ID = "UserId";

  private AuditEvents() {}

  /** Whether a value with schema is an event: all have the map of what the schema has not. */
  static boolean isEvent(Struct value) {
    Field additional = value.schema().field(EventSchemas.ADDITIONAL_PROPERTIES);
    return additional != null && additional.schema().type() == Schema.Type.MAP;
  }

  /** Whether a map is what a converter without schemas makes of an event's Struct. */
  static boolean isEvent(Map<?, ?> value) {
    // Which of the two is null or left out depends on the event and the converter, not both.
    return value.get(EventSchemas.ADDITIONAL_PROPERTIES) instanceof Map
        || value.get(EventSchemas.CONTENT_BLOB) instanceof Map;
  }

  /** Whether a map is an event as the API writes it, which is what a restored event reads as. */
  static boolean isRestoredEvent(Map<?, ?> value) {
    return value.containsKey(RECORD_TYPE) || value.containsKey(OPERATION);
  }
}
