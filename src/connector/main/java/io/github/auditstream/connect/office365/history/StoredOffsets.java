package io.github.auditstream.connect.office365.history;

import java.util.Collection;
import java.util.Map;

/** The source offsets that Kafka Connect has stored. Safe for many threads. */
public interface StoredOffsets {
  /**
   * Those of source partitions.
   *
   * @return by source partition; without those that have none
   */
  Map<Map<String, String>, Map<String, Object>> of(Collection<Map<String, String>> partitions);
}
