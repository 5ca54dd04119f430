package io.github.auditstream.connect.office365.wiring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The topics and offsets that tasks without a worker write to: what a poll brings is there as a
 * whole with its offsets, or not at all. Safe for many threads.
 */
final class RigTopics {
  private final List<SourceRecord> committed = new ArrayList<>();
  private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();

  /** Records and offsets together. */
  synchronized void commit(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      committed.add(record);
      offsets.put(record.sourcePartition(), record.sourceOffset());
    }
  }

  /** As Connect answers: with nothing for a partition that has none. */
  synchronized <T> Map<Map<String, T>, Map<String, Object>> offsets(
      Collection<Map<String, T>> partitions) {
    Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
    partitions.forEach(
        partition -> {
          Map<String, ?> offset = offsets.get(partition);
          found.put(partition, offset == null ? null : new HashMap<>(offset));
        });
    return found;
  }

  synchronized void forgetOffsets() {
    offsets.clear();
  }

  synchronized List<SourceRecord> since(int index) {
    return List.copyOf(committed.subList(index, committed.size()));
  }

  /** What is in a topic. */
  synchronized List<SourceRecord> in(String topic) {
    return committed.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  /** The records of all events. */
  synchronized List<SourceRecord> events() {
    return committed.stream()
        .filter(record -> record.valueSchema().field("CreationTime") != null)
        .toList();
  }

  /** A compacted topic. */
  Map<String, Struct> latest(String topic) {
    Map<String, Struct> latest = new TreeMap<>();
    in(topic).forEach(record -> latest.put((String) record.key(), (Struct) record.value()));
    return latest;
  }

  static Optional<String> header(SourceRecord record, String name) {
    return Optional.ofNullable(record.headers().lastWithName(name))
        .map(header -> String.valueOf(header.value()));
  }
}
