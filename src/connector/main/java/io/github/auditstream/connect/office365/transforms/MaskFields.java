package io.github.auditstream.connect.office365.transforms;

import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Removes, hashes or replaces fields that say more than a sink's readers may know: the values that
 * DLP detected, addresses, users.
 *
 * <p>Fields are given by their paths, through structs, maps, arrays and JSON text; what stood in
 * {@code AdditionalProperties} for want of its documented type is masked as the field would be. It
 * works on values with schema, which stay valid, on maps and on JSON text. It goes by the paths
 * alone, so it masks in any record that has them. A value that has none of them, a text that is no
 * JSON, and null pass as they are.
 *
 * <p>No value ever reaches a log or an exception. An instance serves one task and is not
 * thread-safe. Use {@link Value} for record values and {@link Key} for record keys.
 */
public abstract sealed class MaskFields<R extends ConnectRecord<R>> extends AuditTransform<R> {

  private @Nullable ValueMasker masker;

  MaskFields() {
    super(MaskConfig.DEFINITION);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    MaskConfig config = new MaskConfig(configs);
    masker = new ValueMasker(config.paths(), config.mask());
  }

  @Override
  public void close() {
    masker = null;
  }

  @Nullable Object masked(@Nullable Object value, @Nullable Schema schema) {
    if (masker == null) {
      throw new IllegalStateException("is not configured");
    }
    return masker.value(value, schema);
  }

  /** Masks in the record's key. */
  public static final class Key<R extends ConnectRecord<R>> extends MaskFields<R> {
    @Override
    public R apply(R record) {
      Object masked = masked(record.key(), record.keySchema());
      return masked == record.key()
          ? record
          : record.newRecord(
              record.topic(),
              record.kafkaPartition(),
              record.keySchema(),
              masked,
              record.valueSchema(),
              record.value(),
              record.timestamp(),
              record.headers());
    }
  }

  /** Masks in the record's value. */
  public static final class Value<R extends ConnectRecord<R>> extends MaskFields<R> {
    @Override
    public R apply(R record) {
      Object masked = masked(record.value(), record.valueSchema());
      return masked == record.value() ? record : withValue(record, record.valueSchema(), masked);
    }
  }
}
