package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.graph.AuditQueries.Creation;
import io.github.auditstream.connect.office365.simulator.graph.AuditQuery;
import io.github.auditstream.connect.office365.simulator.graph.QueryReader;
import io.github.auditstream.connect.office365.simulator.graph.QueryRequest;
import io.github.auditstream.connect.office365.simulator.graph.WrongQueryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations on audit log queries themselves. */
final class QueryEndpoint {
  private final World world;
  private final NextLinks links;

  QueryEndpoint(World world) {
    this.world = world;
    this.links = new NextLinks(world);
  }

  Answer create(Call call, SimulatedTenant tenant, Optional<Set<String>> workloads) {
    if (!call.bodyType().toLowerCase(Locale.ROOT).startsWith("application/json")) {
      breach(Rule.QUERY_NOT_DOCUMENTED, call + " does not say that its body is JSON");
      return GraphErrors.error(415, "UnsupportedMediaType", "The body is not JSON.");
    }
    QueryRequest request;
    try {
      request = QueryReader.read(call.body(), GraphEndpoint.beta(call));
    } catch (WrongQueryException e) {
      return wrong(call, e);
    }
    request.notes().forEach(note -> world.breaches().note(call.operation() + " with " + note));
    if (workloads.isPresent() && !permitted(request, workloads.get(), tenant)) {
      return GraphErrors.noPermission(tenant.clientId());
    }
    Instant until = tenant.queries().asksToWaitUntil();
    if (call.at().isBefore(until)) {
      breach(
          Rule.SENT_BEFORE_RETRY_AFTER,
          call + " arrived before " + until + ", until when Retry-After had asked");
    }
    String version = GraphEndpoint.beta(call) ? "beta" : "v1.0";
    Creation creation = tenant.queries().create(request, version, workloads, call.at());
    if (creation instanceof Creation.Created made) {
      if (made.query().succeeded()) {
        writeEvent(tenant, made.query(), call.at());
      }
      return GraphEndpoint.json(201, Payload.of(entity(call, made.query())))
          .withHeader("Location", world.graphUri() + call.path() + "/" + made.query().id());
    }
    if (creation instanceof Creation.QuotaUsed used) {
      if (used.own() >= used.quota()) {
        breach(
            Rule.OVER_QUERY_QUOTA,
            call + " came after " + used.own() + " queries in 24 hours, of " + used.quota());
      }
    } else if (creation instanceof Creation.NoSlot none && none.own() >= none.slots()) {
      breach(
          Rule.OVER_QUERY_SLOTS,
          call + " came while " + none.own() + " queries were not done, of " + none.slots());
    }
    Answer refused = GraphErrors.tooMany("Too many audit log queries.");
    return tenant
        .queries()
        .askToWait(call.at())
        .map(wait -> refused.withHeader("Retry-After", Long.toString(wait.toSeconds())))
        .orElse(refused);
  }

  private Answer wrong(Call call, WrongQueryException wrong) {
    Rule rule =
        switch (wrong.kind()) {
          case TIME -> Rule.TIME_FORMAT;
          case RANGE -> Rule.QUERY_RANGE_REVERSED;
          case BODY, RECORD_TYPE -> Rule.QUERY_NOT_DOCUMENTED;
        };
    breach(rule, call + ": " + wrong.getMessage());
    // Clients have seen the service trip over a time that it cannot read.
    return wrong.kind() == WrongQueryException.Kind.TIME
        ? GraphErrors.error(500, GraphErrors.UNKNOWN, "")
        : GraphErrors.invalid(wrong.getMessage());
  }

  /** Whether permissions for single services are enough. */
  private static boolean permitted(
      QueryRequest request, Set<String> workloads, SimulatedTenant tenant) {
    return request.recordTypes().isEmpty()
        ? tenant.querySettings().unfilteredPermitted()
        : request.workloads().stream().allMatch(workload -> opens(workloads, workload));
  }

  /** OneDrive's events have the record types of SharePoint. */
  private static boolean opens(Set<String> workloads, String workload) {
    return workloads.contains(workload)
        || (workload.equals("SharePoint") && workloads.contains("OneDrive"));
  }

  Answer list(Call call, SimulatedTenant tenant, AppliedFaults faults) {
    Optional<Answer> unknown = unknownOption(call);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    NextLinks.Paged list = new NextLinks.Paged(call, tenant.id() + "|queries", "", Long.MAX_VALUE);
    OptionalLong before = links.place(list);
    if (before.isEmpty()) {
      return GraphErrors.invalid("The skip token is not valid.");
    }
    List<AuditQuery> rest =
        tenant.queries().list(call.at()).stream()
            .filter(query -> query.number() < before.getAsLong())
            .toList();
    int size =
        faults.has(Fault.Listing.PAGE_EMPTY)
            ? 0
            : Math.min(tenant.querySettings().queriesPerPage(), rest.size());
    List<AuditQuery> page = rest.subList(0, size);
    OptionalLong next =
        size > 0 && size < rest.size()
            ? OptionalLong.of(page.get(size - 1).number())
            : OptionalLong.empty();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("@odata.context", context(call, ""));
    body.put("@odata.count", size);
    links
        .link(list, before.getAsLong(), next, faults)
        .ifPresent(link -> body.put("@odata.nextLink", link));
    body.put("value", page.stream().map(query -> query.properties(call.at())).toList());
    return GraphEndpoint.json(200, Payload.of(Answer.toJson(body)));
  }

  Answer get(Call call, SimulatedTenant tenant) {
    Optional<AuditQuery> query = tenant.queries().find(call.contentId(), call.at());
    if (query.isEmpty()) {
      return GraphErrors.noSuchQuery();
    }
    if (!GraphEndpoint.beta(call) == query.get().version().equals("beta")) {
      world.breaches().note("a query is polled on another version than it was created on");
    }
    if (query.get().poll(call.at())) {
      writeEvent(tenant, query.get(), call.at());
    }
    return GraphEndpoint.json(200, Payload.of(entity(call, query.get())));
  }

  Answer delete(Call call, SimulatedTenant tenant) {
    return tenant.queries().forget(call.contentId())
        ? new Answer(204, "", Map.of(), Payload.of(new byte[0]))
        : GraphErrors.noSuchQuery();
  }

  /** The event that a search is itself. */
  private void writeEvent(SimulatedTenant tenant, AuditQuery query, Instant now) {
    if (!tenant.querySettings().writesEvents()) {
      return;
    }
    String id = UUID.nameUUIDFromBytes(query.id().getBytes(StandardCharsets.UTF_8)).toString();
    Map<String, Object> event =
        Answer.ordered(
            "Id",
            id,
            "RecordType",
            295,
            "CreationTime",
            now.toString().substring(0, 19),
            "Operation",
            "AuditSearchCompleted",
            "OrganizationId",
            tenant.id().toString(),
            "UserType",
            4,
            "UserKey",
            tenant.clientId(),
            "UserId",
            tenant.clientId(),
            "Workload",
            "SecurityComplianceCenter",
            "Version",
            1,
            "SearchSource",
            "App",
            "SearchJobId",
            query.id(),
            "ResultsCount",
            query.result(now).size());
    tenant
        .blob(ContentType.GENERAL)
        .created(now)
        .events(new String(Answer.toJson(event), StandardCharsets.UTF_8))
        .add();
  }

  /** Only paging can be asked for. */
  private Optional<Answer> unknownOption(Call call) {
    return RecordsEndpoint.unknownOption(call)
        .map(
            name -> {
              breach(Rule.UNKNOWN_QUERY_OPTION, call + " has the option " + name);
              return GraphErrors.invalid("The query option '" + name + "' is not supported.");
            });
  }

  private byte[] entity(Call call, AuditQuery query) {
    Map<String, @Nullable Object> entity = new LinkedHashMap<>();
    entity.put("@odata.context", context(call, "/$entity"));
    entity.putAll(query.properties(call.at()));
    return Answer.toJson(entity);
  }

  private String context(Call call, String suffix) {
    return world.graphUri()
        + (GraphEndpoint.beta(call) ? "/beta" : "/v1.0")
        + "/$metadata#security/auditLog/queries"
        + suffix;
  }

  private void breach(Rule rule, String sentence) {
    world.breaches().add(rule, sentence);
  }
}
