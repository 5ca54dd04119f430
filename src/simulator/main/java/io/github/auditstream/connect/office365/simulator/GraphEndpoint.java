package io.github.auditstream.connect.office365.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Microsoft Graph's audit log queries: who asks and whether they may; the operations themselves are
 * in classes of their own.
 */
final class GraphEndpoint {
  static final String JSON =
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

  private final World world;
  private final CallChecks checks;
  private final QueryEndpoint queries;
  private final RecordsEndpoint records;

  GraphEndpoint(World world) {
    this.world = world;
    this.checks = new CallChecks(world);
    this.queries = new QueryEndpoint(world);
    this.records = new RecordsEndpoint(world);
  }

  /**
   * @param instead the answer of a fault; what the client broke is written down all the same
   */
  Answer answer(Call call, AppliedFaults faults, Optional<Answer> instead) {
    checks.repeats(call);
    checks.gzip(call);
    if (call.clientRequestId().isEmpty()) {
      world.breaches().note(call.operation() + " without client-request-id");
    }
    Optional<Tokens.Token> token = checks.bearer(call, Resource.GRAPH);
    Answer answer =
        instead
            .or(() -> tokenRefusal(token))
            .orElseGet(() -> permitted(call, token.orElseThrow(), faults));
    return answer
        .withHeader("request-id", requestId(call).toString())
        .withHeader("client-request-id", call.clientRequestId())
        .withHeader(
            "x-ms-ags-diagnostic",
            "{\"ServerInfo\":{\"DataCenter\":\"Simulated\",\"Slice\":\"E\",\"Ring\":\"1\"}}");
  }

  private Optional<Answer> tokenRefusal(Optional<Tokens.Token> token) {
    if (token.isEmpty()) {
      return Optional.of(GraphErrors.token("Access token is empty or malformed."));
    }
    if (token.get().resource() != Resource.GRAPH) {
      return Optional.of(GraphErrors.token("Access token validation failure. Invalid audience."));
    }
    if (token.get().expires().isBefore(world.now())) {
      return Optional.of(GraphErrors.token("Lifetime validation failed, the token is expired."));
    }
    return token.get().revoked()
        ? Optional.of(GraphErrors.token("The token has been revoked."))
        : Optional.empty();
  }

  private Answer permitted(Call call, Tokens.Token token, AppliedFaults faults) {
    SimulatedTenant tenant = world.tenant(token.tenant()).orElseThrow();
    if (call.path().startsWith("/v1.0/") && !tenant.querySettings().v1Served()) {
      return GraphErrors.notServed();
    }
    Optional<Set<String>> workloads = workloads(token);
    if (workloads.filter(Set::isEmpty).isPresent()) {
      return GraphErrors.noPermission(tenant.clientId());
    }
    if (!tenant.auditing()) {
      return GraphErrors.auditingOff();
    }
    return switch (call.operation()) {
      case CREATE_QUERY -> queries.create(call, tenant, workloads);
      case LIST_QUERIES -> queries.list(call, tenant, faults);
      case GET_QUERY -> queries.get(call, tenant);
      case DELETE_QUERY -> queries.delete(call, tenant);
      case LIST_RECORDS, NEXT_RECORDS -> records.list(call, tenant, faults);
      default -> throw new IllegalStateException("not an operation of Graph");
    };
  }

  /** The workloads whose events a token lets queries find; empty where it lets them find all. */
  private static Optional<Set<String>> workloads(Tokens.Token token) {
    if (token.permissions().contains(Permission.QUERY)) {
      return Optional.empty();
    }
    return Optional.of(
        token.permissions().stream()
            .map(Permission::workload)
            .filter(workload -> !workload.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private UUID requestId(Call call) {
    return new UUID(world.requests().total() + 1, call.at().toEpochMilli());
  }

  /** An answer in Graph's form of JSON. */
  static Answer json(int status, Payload body) {
    return new Answer(status, "", Map.of("Content-Type", JSON), body);
  }

  /** Whether a path is one of the beta version. */
  static boolean beta(Call call) {
    return call.path().startsWith("/beta/");
  }
}
