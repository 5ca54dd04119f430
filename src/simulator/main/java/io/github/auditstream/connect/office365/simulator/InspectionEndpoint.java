package io.github.auditstream.connect.office365.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person or a script may look at while the simulator runs; nothing can be changed here. */
final class InspectionEndpoint {
  private final World world;

  InspectionEndpoint(World world) {
    this.world = world;
  }

  Answer answer(Call call) {
    if (!call.method().equals("GET")) {
      return Answer.plainError(405, "The simulator is read-only.");
    }
    return switch (call.path()) {
      case "/simulator/ledger" -> Answer.json(200, new Ledger(world).totals());
      case "/simulator/ledger/blobs" -> lines();
      case "/simulator/breaches" -> Answer.json(200, breaches());
      case "/simulator/queries" -> Answer.json(200, queries());
      case "/simulator/requests" -> Answer.json(200, world.requests().counts());
      case "/simulator/faults" -> Answer.json(200, Map.of("notMet", world.faults().notMet()));
      default ->
          Answer.plainError(
              404,
              "Look at /simulator/ledger, ledger/blobs, queries, breaches, requests or faults.");
    };
  }

  private List<Map<String, Object>> queries() {
    return world.tenants().stream()
        .flatMap(
            tenant ->
                tenant.queries().all().stream()
                    .map(
                        query ->
                            Answer.ordered(
                                "tenant", tenant.id().toString(),
                                "id", query.id(),
                                "displayName", query.request().displayName(),
                                "status", query.status(),
                                "polls", query.polls(),
                                "recordsSent", query.recordsSent())))
        .toList();
  }

  private Map<String, Object> breaches() {
    List<Map<String, Object>> latest =
        world.breaches().all().stream()
            .map(
                breach ->
                    Answer.ordered(
                        "rule", breach.rule(),
                        "at", breach.at().toString(),
                        "sentence", breach.sentence()))
            .toList();
    return Answer.ordered(
        "counts", world.breaches().counts(), "breaches", latest, "notes", world.breaches().notes());
  }

  /** One JSON object a line for each blob, with its events' Ids. */
  private Answer lines() {
    String text =
        new Ledger(world)
            .blobs().stream()
                .map(
                    blob ->
                        Answer.ordered(
                            "tenant", blob.tenant().toString(),
                            "contentType", blob.contentType().apiName(),
                            "contentId", blob.contentId(),
                            "contentCreated", blob.contentCreated().toString(),
                            "contentExpiration", blob.contentExpiration().toString(),
                            "retrievals", blob.retrievals(),
                            "eventIds", blob.eventIds()))
                .map(line -> new String(Answer.toJson(line), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n", "", "\n"));
    return new Answer(
        200,
        "",
        Map.of("Content-Type", "application/x-ndjson"),
        Payload.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
