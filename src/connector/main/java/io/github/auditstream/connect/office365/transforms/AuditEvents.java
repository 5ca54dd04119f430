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
    Object additional = value.get(EventSchemas.ADDITIONAL_PROPERTIES);
    Object blob = value.get(EventSchemas.CONTENT_BLOB);
    // A converter may leave out what is null. Both are for an event that fits its schema and comes
    // from no blob: only where they are there as null it differs from one as the API writes it.
    return additional instanceof Map
        || blob instanceof Map
        || (additional == null
            && blob == null
            && value.containsKey(EventSchemas.ADDITIONAL_PROPERTIES)
            && value.containsKey(EventSchemas.CONTENT_BLOB));
  }

  /** Whether a map is an event as the API writes it, which is what a restored event reads as. */
  static boolean isRestoredEvent(Map<?, ?> value) {
    return value.containsKey(RECORD_TYPE) || value.containsKey(OPERATION);
  }
}
