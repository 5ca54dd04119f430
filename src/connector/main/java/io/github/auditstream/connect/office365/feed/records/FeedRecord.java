package io.github.auditstream.connect.office365.feed.records;

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
public final class FeedRecord extends SourceRecord {
  private final Deliveries.ToTopic delivery;

  FeedRecord(
      Map<String, String> sourcePartition,
      Map<String, Object> sourceOffset,
      String topic,
      @Nullable String key,
      Struct value,
      long timestampMs,
      Iterable<Header> headers,
      Deliveries.ToTopic delivery) {
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

  /** Counts what has become of it. */
  public Deliveries.ToTopic delivery() {
    return delivery;
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
