package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.simulator.graph.AuditQuery;
import io.github.auditstream.connect.office365.simulator.graph.SearchResult;
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
  private final NextLinks links;

  RecordsEndpoint(World world) {
    this.world = world;
    this.links = new NextLinks(world);
  }

  /**
   * A part of what a query found.
   *
   * @param from the first record's place
   */
  private record Page(NextLinks.Paged list, AuditQuery query, SearchResult all, int from, int top) {
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
    NextLinks.Paged list = new NextLinks.Paged(call, query.id(), "$top=" + top + "&", 0);
    OptionalLong from = links.place(list);
    if (from.isEmpty()) {
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
    return page(new Page(list, query, all, first, size), faults);
  }

  private Answer page(Page page, AppliedFaults faults) {
    int end = faults.has(Fault.Listing.PAGE_EMPTY) ? page.from() : page.end();
    OptionalLong next = end < page.all().size() ? OptionalLong.of(end) : OptionalLong.empty();
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 + (end - page.from()) * 2_600);
    write(out, "{\"@odata.context\":\"" + context(page.list().call()) + "\"");
    write(out, ",\"@odata.count\":" + (end - page.from()));
    links
        .link(page.list(), page.from(), next, faults)
        .ifPresent(link -> write(out, ",\"@odata.nextLink\":\"" + link + "\""));
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

  private String context(Call call) {
    return world.graphUri()
        + (GraphEndpoint.beta(call) ? "/beta" : "/v1.0")
        + "/$metadata#security/auditLog/queries('"
        + call.contentId()
        + "')/records";
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
