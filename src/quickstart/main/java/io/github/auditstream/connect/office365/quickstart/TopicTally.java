package io.github.auditstream.connect.office365.quickstart;

import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What has been seen of one topic. Values are decoded only when somebody looks. */
final class TopicTally {
  private final String topic;
  private final AvroDecoder decoder;
  private long records;
  private long newestTimestampMs = Long.MIN_VALUE;
  private byte @Nullable [] last;

  TopicTally(String topic, AvroDecoder decoder) {
    this.topic = topic;
    this.decoder = decoder;
  }

  void add(ConsumerRecord<String, byte[]> record) {
    records++;
    newestTimestampMs = Math.max(newestTimestampMs, record.timestamp());
    if (record.value() != null) {
      last = record.value();
    }
  }

  String topic() {
    return topic;
  }

  long records() {
    return records;
  }

  Instant newest() {
    return Instant.ofEpochMilli(newestTimestampMs);
  }

  /** The last record's value, null before the first or where it is no struct. */
  @Nullable Struct sample() {
    byte[] bytes = last;
    if (bytes == null) {
      return null;
    }
    return decoder.decode(topic, bytes).value() instanceof Struct struct ? struct : null;
  }
}
