package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.model.Version;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** What all transforms have in common: the build's version, keys, and nothing to close. */
abstract class AuditTransform<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

  private final ConfigDef definition;

  AuditTransform(ConfigDef definition) {
    this.definition = definition;
  }

  @Override
  public String version() {
    return Version.version();
  }

  @Override
  public ConfigDef config() {
    return definition;
  }

  @Override
  public void close() {}

  /** The same record with another value. */
  R withValue(R record, @Nullable Schema schema, @Nullable Object value) {
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        schema,
        value,
        record.timestamp(),
        record.headers());
  }
}
