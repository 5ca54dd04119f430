package io.github.auditstream.connect.office365.simulator.graph;

import io.github.auditstream.connect.office365.event.RecordTypeNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a query asks for. An empty list or text restricts nothing.
 *
 * @param recordTypes as answers name them
 * @param services the names of workloads
 * @param notes what the request does that works but is not as documented
 */
public record QueryRequest(
    String displayName,
    Optional<Instant> start,
    Optional<Instant> end,
    List<String> recordTypes,
    List<String> services,
    List<String> operations,
    List<String> users,
    List<String> addresses,
    List<String> objects,
    List<String> administrativeUnits,
    String keyword,
    List<String> notes) {

  /**
   * The workloads that its record types come from; empty text among them where a type's workload is
   * not known.
   */
  public List<String> workloads() {
    return recordTypes.stream()
        .map(name -> RecordTypeNames.find(name).orElseThrow().workload())
        .distinct()
        .toList();
  }
}
