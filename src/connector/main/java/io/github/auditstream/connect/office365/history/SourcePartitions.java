package io.github.auditstream.connect.office365.history;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes source partitions. Connect files an offset under the map's serialised form, and looks it up
 * for {@code GET /connectors/{name}/offsets} in the order of a {@link HashMap}, so the entries
 * always stand in that order; that of {@link Map#of} is another in each JVM.
 */
final class SourcePartitions {
  private SourcePartitions() {}

  /** Of a tenant. */
  static Map<String, String> of(String tenant, String key, String value) {
    // With the capacity of Connect's own, on which the order depends.
    Map<String, String> partition = new HashMap<>();
    partition.put("tenant", tenant);
    partition.put(key, value);
    return Collections.unmodifiableMap(partition);
  }
}
