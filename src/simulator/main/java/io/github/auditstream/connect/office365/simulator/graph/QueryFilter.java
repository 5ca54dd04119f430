package io.github.auditstream.connect.office365.simulator.graph;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events a query finds.
 *
 * @param withEnd whether an event of its very end is found, so that two neighbours both find it
 * @param workloads the only ones that the token's permissions open; empty where they open all
 */
record QueryFilter(QueryRequest request, boolean withEnd, Optional<Set<String>> workloads) {

  boolean holds(Instant time) {
    return canHold(time, time);
  }

  /** Whether an event between two times can be in the query's range. */
  boolean canHold(Instant earliest, Instant latest) {
    boolean tooEarly = request.start().filter(latest::isBefore).isPresent();
    boolean tooLate =
        request
            .end()
            .filter(end -> withEnd ? earliest.isAfter(end) : !earliest.isBefore(end))
            .isPresent();
    return !tooEarly && !tooLate;
  }

  boolean matches(EventFacts event) {
    String workload = event.text("Workload");
    return workloads.filter(open -> !open.contains(workload)).isEmpty()
        && one(request.recordTypes(), event.recordTypeName())
        && one(request.services(), workload)
        && one(request.operations(), event.text("Operation"))
        && one(request.users(), event.text("UserId"))
        && one(request.addresses(), event.text("ClientIP"))
        && one(request.objects(), event.text("ObjectId"))
        // No event of the simulator has one.
        && request.administrativeUnits().isEmpty()
        && (request.keyword().isEmpty() || event.contains(request.keyword()));
  }

  private static boolean one(List<String> wanted, String value) {
    return wanted.isEmpty() || wanted.stream().anyMatch(value::equalsIgnoreCase);
  }
}
