package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.simulator.graph.AuditQuery;
import io.github.auditstream.connect.office365.simulator.graph.SearchResult;
import io.github.auditstream.connect.office365.simulator.graph.SkipTokens;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The records that an audit log query found, page by page. */
final class RecordsEndpoint {
  private static final Set<String> OPTIONS = Set.of("$top", "$count", "$skiptoken");

  /** The same options without the dollar sign, which the service forgives. */
  private static final Set<String> FORGIVEN = Set.of("top", "count");

  /** Records on a page where nothing is asked for; Microsoft documents no number. */
  private static final int USUAL_TOP = 150;

  private final World world;
  private final SkipTokens tokens = new SkipTokens();

  RecordsEndpoint(World world) {
    this.world = world;
  }

  /**
   * A part of what a query found.
   *
   * @param from the first record's place
   */
  private record Page(Call call, AuditQuery query, SearchResult all, int from, int top) {
    int end() {
      return Math.min(all.size(), from + top);
    }
  }

  /** An option that lists do not have. */
  static Optional<String> unknownOption(Call call) {
    return call.parameters().keySet().stream()
        .filter(name -> !OPTIONS.contains(name) && !FORGIVEN.contains(name))
        .findFirst();
  }

  Answer list(Call call, SimulatedTenant tenant, AppliedFaults faults) {
    Optional<AuditQuery> found = tenant.queries().find(call.contentId(), call.at());
    if (found.isEmpty()) {
      return GraphErrors.noSuchQuery();
    }
    AuditQuery query = found.get();
    Optional<String> unknown = unknownOption(call);
    if (unknown.isPresent()) {
      breach(Rule.UNKNOWN_QUERY_OPTION, call + " has the option " + unknown.get());
      return GraphErrors.invalid("The query option '" + unknown.get() + "' is not supported.");
    }
    if (call.parameters().keySet().stream().anyMatch(FORGIVEN::contains)) {
      world.breaches().note(call.operation() + " with an option without its dollar sign");
    }
    int top = top(call);
    if (top < 1) {
      breach(Rule.UNKNOWN_QUERY_OPTION, call + " has a $top that is no positive number");
      return GraphErrors.invalid("$top is not valid.");
    }
    OptionalLong from = OptionalLong.of(0);
    Optional<String> token = call.parameter("$skiptoken");
    if (token.isPresent()) {
      from = tokens.read(token.get(), identity(query, top));
    }
    if (from.isEmpty()) {
      breach(Rule.PAGE_TOKEN_ALTERED, call + " is not an address of a next page as it was given");
      return GraphErrors.invalid("The skip token is not valid.");
    }
    if (!query.succeeded()) {
      breach(
          Rule.RECORDS_BEFORE_SUCCESS,
          call + " came while the query's status was " + query.status());
    }
    int size = Math.min(top, tenant.querySettings().recordsPerPage());
    SearchResult all = query.result(call.at());
    int first = (int) Math.min(from.getAsLong(), all.size());
    return page(new Page(call, query, all, first, size), top, faults);
  }

  private Answer page(Page page, int asked, AppliedFaults faults) {
    boolean empty = faults.has(Fault.Listing.PAGE_EMPTY);
    int end = empty ? page.from() : page.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 + (end - page.from()) * 2_600);
    write(out, "{\"@odata.context\":\"" + context(page.call()) + "\"");
    write(out, ",\"@odata.count\":" + (end - page.from()));
    Optional<Integer> next = next(page, end, faults);
    next.ifPresent(
        place -> write(out, ",\"@odata.nextLink\":\"" + link(page, asked, place, faults) + "\""));
    write(out, ",\"value\":[");
    for (int i = page.from(); i < end; i++) {
      if (i > page.from()) {
        out.write(',');
      }
      page.all().write(i, out);
    }
    write(out, "]}");
    page.query().sent(end - page.from());
    return GraphEndpoint.json(200, Payload.of(out.toByteArray()));
  }

  /** Where the next page begins. */
  private static Optional<Integer> next(Page page, int end, AppliedFaults faults) {
    if (faults.has(Fault.Listing.PAGE_LOST)) {
      return Optional.empty();
    }
    if (faults.has(Fault.Listing.PAGE_REPEATED)) {
      return Optional.of(page.from());
    }
    if (faults.has(Fault.Listing.FIRST_PAGE_NEXT)) {
      return Optional.of(0);
    }
    return end < page.all().size() || faults.has(Fault.Listing.PAGE_EMPTY)
        ? Optional.of(end)
        : Optional.empty();
  }

  private String link(Page page, int asked, int place, AppliedFaults faults) {
    String root = world.graphUri().toString();
    if (faults.has(Fault.Listing.PAGE_ELSEWHERE)) {
      root = world.elsewhere().toString();
    } else if (faults.has(Fault.Listing.PAGE_IN_PLAIN_HTTP)) {
      root = world.plainHttp().toString();
    }
    return root
        + page.call().path()
        + "?$top="
        + asked
        + "&$skiptoken="
        + tokens.write(place, identity(page.query(), asked));
  }

  private String context(Call call) {
    return world.graphUri()
        + (GraphEndpoint.beta(call) ? "/beta" : "/v1.0")
        + "/$metadata#security/auditLog/queries('"
        + call.contentId()
        + "')/records";
  }

  private static String identity(AuditQuery query, int top) {
    return query.id() + "|" + top;
  }

  private static int top(Call call) {
    Optional<String> text = call.parameter("$top").or(() -> call.parameter("top"));
    try {
      return text.map(Integer::parseInt).orElse(USUAL_TOP);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void breach(Rule rule, String sentence) {
    world.breaches().add(rule, sentence);
  }
}
