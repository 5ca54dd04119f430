package io.github.auditstream.connect.office365.records;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A source record that is equal to itself only. A worker that writes exactly once keeps each record
 * as a key of a map until it is committed ({@code ExactlyOnceWorkerSourceTask} of connect-runtime);
 * a {@link SourceRecord}'s hash goes through all of its value and would write out its offset, which
 * is otherwise done once a commit.
 */
public final class SentRecord extends SourceRecord {
  private final Delivery delivery;

  /**
   * A record with a text for a key.
   *
   * @param delivery is told what has become of it
   */
  public SentRecord(
      Map<String, String> sourcePartition,
      Map<String, Object> sourceOffset,
      String topic,
      @Nullable String key,
      Struct value,
      long timestampMs,
      Iterable<Header> headers,
      Delivery delivery) {
    super(
        sourcePartition,
        sourceOffset,
        topic,
        null,
        Schema.OPTIONAL_STRING_SCHEMA,
        key,
        value.schema(),
        value,
        timestampMs,
        headers);
    this.delivery = delivery;
  }

  /**
   * Connect is done with a record. Cheap, and for any thread; also after the task's end.
   *
   * @param record that a poll has answered
   * @param written whether it is in Kafka; else it was dropped
   */
  public static void confirmed(SourceRecord record, boolean written) {
    if (record instanceof SentRecord sent) {
      sent.delivery.confirmed(written);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
