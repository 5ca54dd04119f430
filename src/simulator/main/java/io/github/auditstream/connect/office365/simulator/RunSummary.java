package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.simulator.graph.AuditQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run comes to, for a person to read. */
final class RunSummary {
  private static final int BREACHES_SHOWN = 20;

  private RunSummary() {}

  static String of(Simulator simulator) {
    List<String> lines = new ArrayList<>();
    Ledger.Totals all = simulator.ledger().total();
    lines.add(
        "Published "
            + counted(all.blobs(), "blob")
            + " with "
            + counted(all.events(), "event")
            + "; retrieved "
            + counted(all.retrievedBlobs(), "blob")
            + " with "
            + counted(all.retrievedEvents(), "event")
            + ".");
    simulator
        .ledger()
        .byFeed()
        .forEach(
            (tenant, types) ->
                types.forEach(
                    (type, totals) ->
                        lines.add(
                            "  "
                                + tenant
                                + " "
                                + type
                                + ": "
                                + totals.retrievedBlobs()
                                + " of "
                                + counted(totals.blobs(), "blob")
                                + ", "
                                + totals.retrievedEvents()
                                + " of "
                                + counted(totals.events(), "event"))));
    long queries = 0;
    long records = 0;
    for (SimulatedTenant tenant : simulator.tenants()) {
      queries += tenant.queries().created();
      records += tenant.queries().all().stream().mapToLong(AuditQuery::recordsSent).sum();
    }
    if (queries > 0) {
      lines.add(
          (queries == 1 ? "1 audit log query was" : queries + " audit log queries were")
              + " created; "
              + counted(records, "record")
              + " sent.");
    }
    lines.add("Answered " + counted(simulator.requests().total(), "request") + ".");
    simulator
        .requests()
        .counts()
        .forEach(
            (operation, outcomes) ->
                lines.add(
                    "  "
                        + operation
                        + ": "
                        + outcomes.entrySet().stream()
                            .map(
                                outcome ->
                                    outcome.getValue()
                                        + " x "
                                        + (outcome.getKey().equals("0")
                                            ? "no answer"
                                            : outcome.getKey()))
                            .sorted()
                            .collect(Collectors.joining(", "))));
    List<Breach> breaches = simulator.breaches();
    lines.add(
        breaches.isEmpty()
            ? "No documented rule was broken."
            : counted(breaches.size(), "time") + " a documented rule was broken.");
    breaches.stream().limit(BREACHES_SHOWN).forEach(breach -> lines.add("  " + breach));
    if (breaches.size() > BREACHES_SHOWN) {
      lines.add("  and " + (breaches.size() - BREACHES_SHOWN) + " more");
    }
    simulator.notes().forEach(note -> lines.add("Note: " + note));
    return String.join(System.lineSeparator(), lines);
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
