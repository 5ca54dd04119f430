package io.github.auditstream.connect.office365.graph;

import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.BAD_REQUEST;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.FORBIDDEN;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.GONE;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.MALFORMED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.THROTTLED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.UNAUTHORISED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.UNAVAILABLE;
import static io.github.auditstream.connect.office365.graph.GraphOperation.CREATE;
import static io.github.auditstream.connect.office365.graph.GraphOperation.DELETE;
import static io.github.auditstream.connect.office365.graph.GraphOperation.LIST;
import static io.github.auditstream.connect.office365.graph.GraphOperation.RECORDS;
import static io.github.auditstream.connect.office365.graph.GraphOperation.STATUS;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each answer of Graph that is not data means, in one table. The first row that fits speaks:
 * codes before statuses, since the status of what only the message tells varies.
 */
final class GraphErrorTable {
  /** Conditional Access for workload identities. */
  static final String BLOCKED_BY_POLICY = "insufficient_claims";

  private static final String ERRORS = "Microsoft Graph error responses and resource types";
  private static final String QUERY = "Create auditLogQuery, Microsoft Graph reference";
  private static final String LIMITS = "Microsoft Graph service-specific throttling limits";
  private static final String OBSERVED = "observed by users of the API, not documented";
  private static final String HTTP = "RFC 9110";

  private static final String PERMISSION =
      "Grant the app registration the application permission AuditLogsQuery.Read.All of 'Microsoft"
          + " Graph' and admin consent; AuditLog.Read.All is another API's. One given within the"
          + " last hour may still be on its way";
  private static final String UNWELL =
      "the service has an internal error. It is asked again later, in growing intervals";
  private static final String MAY_EXIST =
      ". Whether the query was created is unknown: it is looked for by its name before it is"
          + " created again";
  private static final String NOT_SERVED =
      "this version of Microsoft Graph does not serve audit log queries to the tenant, or there is"
          + " nothing at this address. Check 'cloud' and 'graph.endpoint', and the version";
  private static final String NO_QUERY =
      "the query does not exist any more: Microsoft keeps one for about 30 days. It is created anew";

  private static final List<Row> ROWS =
      List.of(
          code(GraphErrorBody.AUDITING_OFF, FORBIDDEN, OBSERVED)
              .means(
                  "auditing is off for the tenant. Turn it on in the Microsoft Purview portal; it"
                      + " takes up to an hour until queries are answered"),
          code(GraphErrorBody.NO_PERMISSION, FORBIDDEN, OBSERVED)
              .means(
                  "the application has no permission for audit log queries, with a fresh token"
                      + " neither. "
                      + PERMISSION),
          code(BLOCKED_BY_POLICY, FORBIDDEN, ERRORS)
              .means(
                  "a Conditional Access policy for workload identities blocks the application. Ask"
                      + " the tenant's security administrators to let it through, or to allow the"
                      + " worker's addresses"),
          // From here on the status speaks.
          status(404, null, HTTP).in(DELETE),
          status(200, MALFORMED, OBSERVED)
              .means("an error of an unknown kind came in place of data"),
          status(201, 299, MALFORMED, HTTP).means("the status is none that Graph documents"),
          status(300, 399, UNAVAILABLE, HTTP)
              .means(
                  "the answer is a redirect, which is not followed, since a token would go along."
                      + " Check for a proxy that asks for a login, 'cloud' and 'graph.endpoint'"),
          status(407, UNAVAILABLE, HTTP)
              .means(
                  "the proxy asks for a user name and password. Set 'proxy.user' and"
                      + " 'proxy.password'"),
          status(401, UNAUTHORISED, ERRORS)
              .means(
                  "the token was refused, and so was a fresh one. Check that 'cloud' is the"
                      + " tenant's, and the clock. "
                      + PERMISSION),
          status(429, THROTTLED, LIMITS)
              .in(CREATE)
              .means(
                  "the tenant has too many audit log queries, under way or within 24 hours. The"
                      + " limit is shared by all applications and people of the tenant. It is tried"
                      + " again later; this is no failure of the query"),
          status(429, THROTTLED, LIMITS)
              .means(
                  "too many requests. The client slows down by itself; if this stays, look for"
                      + " other applications that read the same tenant"),
          status(400, 499, UNAVAILABLE, OBSERVED)
              .with(GraphErrorBody.Form.MARKUP)
              .means(
                  "a page of HTML came in place of Graph's answer. A proxy, firewall or gateway is"
                      + " in between: let it pass requests to the Graph endpoint"),
          status(403, FORBIDDEN, ERRORS).means("the request is not allowed. " + PERMISSION),
          status(400, BAD_REQUEST, QUERY)
              .in(CREATE)
              .means("the query is refused as invalid: its times, or the name of a record type"),
          // Seen under load, and for once: the query must not be given up for it.
          status(400, UNAVAILABLE, OBSERVED)
              .means("the request is refused this time, as happens under load. It is asked again"),
          status(404, GONE, OBSERVED).in(STATUS, RECORDS).means(NO_QUERY),
          status(410, GONE, HTTP).in(STATUS, RECORDS).means(NO_QUERY),
          status(404, BAD_REQUEST, OBSERVED).in(CREATE, LIST).means(NOT_SERVED),
          status(408, UNAVAILABLE, HTTP).in(CREATE).means(UNWELL + MAY_EXIST),
          status(408, UNAVAILABLE, HTTP).means(UNWELL),
          status(400, 499, BAD_REQUEST, HTTP).means("the request is refused without a known code"),
          // Also what a time in another country's notation is answered with.
          status(500, 599, UNAVAILABLE, OBSERVED).in(CREATE).means(UNWELL + MAY_EXIST),
          status(500, 599, UNAVAILABLE, OBSERVED).means(UNWELL),
          status(0, Integer.MAX_VALUE, UNAVAILABLE, HTTP)
              .means("the status is none that HTTP knows"));

  private GraphErrorTable() {}

  /** What to go by. */
  record Symptom(GraphOperation operation, int status, GraphErrorBody body) {}

  /**
   * One row.
   *
   * @param code the code that it is about, in any case; empty text for any or none
   * @param from the lowest status
   * @param to the highest status
   * @param operations of which operations
   * @param forms with which bodies
   * @param failure what it means; empty if it is success
   * @param words cause and fix
   * @param source where this is known from
   */
  record Row(
      String code,
      int from,
      int to,
      Set<GraphOperation> operations,
      Set<GraphErrorBody.Form> forms,
      Optional<ApiOutcome.Kind> failure,
      String words,
      String source) {

    private Row in(GraphOperation first, GraphOperation... others) {
      return new Row(code, from, to, EnumSet.of(first, others), forms, failure, words, source);
    }

    private Row with(GraphErrorBody.Form form) {
      return new Row(code, from, to, operations, EnumSet.of(form), failure, words, source);
    }

    private Row means(String said) {
      return new Row(code, from, to, operations, forms, failure, said, source);
    }

    private boolean fits(Symptom symptom) {
      return (code.isEmpty() || code.equalsIgnoreCase(symptom.body().code()))
          && from <= symptom.status()
          && symptom.status() <= to
          && operations.contains(symptom.operation())
          && forms.contains(symptom.body().form());
    }
  }

  /** The row for an answer; the last one fits all. */
  static Row rowFor(Symptom symptom) {
    return ROWS.stream().filter(row -> row.fits(symptom)).findFirst().orElseThrow();
  }

  static List<Row> rows() {
    return ROWS;
  }

  private static Row code(String code, ApiOutcome.Kind failure, String source) {
    return any(code, 0, Integer.MAX_VALUE, failure, source);
  }

  private static Row status(int status, ApiOutcome.@Nullable Kind failure, String source) {
    return any("", status, status, failure, source);
  }

  private static Row status(int from, int to, ApiOutcome.Kind failure, String source) {
    return any("", from, to, failure, source);
  }

  /** A row of all operations and forms, without words. */
  private static Row any(
      String code, int from, int to, ApiOutcome.@Nullable Kind failure, String source) {
    return new Row(
        code,
        from,
        to,
        EnumSet.allOf(GraphOperation.class),
        EnumSet.allOf(GraphErrorBody.Form.class),
        Optional.ofNullable(failure),
        "",
        source);
  }
}
