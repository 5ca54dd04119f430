package io.github.auditstream.connect.office365.testkit;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A record as a consumer finds it.
 *
 * @param key its text, null where the record has none
 * @param headers names and their values' text; the last one of a name
 * @param value decoded; {@code SchemaAndValue.NULL} for a tombstone
 * @param valueBytes the length of the value as stored
 */
public record ReadRecord(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    @Nullable String key,
    Map<String, String> headers,
    SchemaAndValue value,
    int valueBytes) {
  /** The value where it is a struct, as every record of the connector's topics is. */
  public Struct struct() {
    return (Struct) value.value();
  }
}
