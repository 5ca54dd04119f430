package io.github.auditstream.connect.office365.api;

import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.BAD_REQUEST;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.EXPIRED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.FORBIDDEN;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.GONE;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.MALFORMED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.NOT_SUBSCRIBED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.THROTTLED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.UNAUTHORISED;
import static io.github.auditstream.connect.office365.api.ApiOutcome.Kind.UNAVAILABLE;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What each answer that is not data means, in one table. The first row that fits speaks: codes
 * before statuses, since the API's statuses are not documented and throttling, for one, comes as
 * 403 and as 429.
 */
final class ErrorTable {
  /** The token lacks the role, or had it not yet when it was issued. */
  static final String NO_ROLE = "AF10001";

  private static final String REFERENCE =
      "Office 365 Management Activity API reference, section Errors";
  private static final String TROUBLESHOOTING =
      "Troubleshooting the Office 365 Management Activity API";
  private static final String OBSERVED = "observed by users of the API, not documented";
  private static final String HTTP = "RFC 9110";

  private static final String WINDOW =
      "the API refuses the time window. It is computed anew; if this stays, compare this machine's"
          + " clock with the server's";
  private static final String SLOW_DOWN =
      "too many requests for this tenant. The connector slows down by itself; if this stays, lower"
          + " 'requests.per.minute' or look for other collectors of the same tenant";
  private static final String AUDITING_OFF =
      "the audit service does not know the tenant. Turn auditing on in the Microsoft Purview portal"
          + " (it takes up to an hour, sometimes longer) and check 'tenant.id'";
  private static final String BUG =
      "This is a bug in the connector: please report it with the code";
  private static final String UNWELL =
      "the service has an internal error. It is asked again later, in growing intervals";
  private static final String NO_PERMISSION =
      "Grant the app registration the application permission ActivityFeed.Read (for DLP.All also"
          + " ActivityFeed.ReadDlp) of 'Office 365 Management APIs' and admin consent";

  private static final List<Row> ROWS =
      List.of(
          code(ErrorBody.NO_AUDITING).means(FORBIDDEN, AUDITING_OFF, TROUBLESHOOTING),
          code(NO_ROLE)
              .means(
                  FORBIDDEN,
                  "the token lacks a permission, and so does a fresh one. "
                      + NO_PERMISSION
                      + "; one given within the last hour may still be on its way. Check 'cloud' too",
                  REFERENCE),
          code("AF20001").means(BAD_REQUEST, "a parameter is missing. " + BUG, REFERENCE),
          code("AF20002").means(BAD_REQUEST, "a parameter has a wrong type. " + BUG, REFERENCE),
          code("AF20003")
              .means(BAD_REQUEST, "a webhook's expiration lies in the past. " + BUG, REFERENCE),
          code("AF20010")
              .means(
                  FORBIDDEN,
                  "the token is for another tenant than the one asked for. Check 'tenant.id', and that"
                      + " the credential belongs to it",
                  REFERENCE),
          code("AF20011").means(FORBIDDEN, AUDITING_OFF, REFERENCE),
          code("AF20012")
              .means(
                  FORBIDDEN,
                  "the tenant is set up incorrectly at Microsoft. Open a support case with the"
                      + " correlation id",
                  REFERENCE),
          code("AF20013").means(BAD_REQUEST, "the tenant id is not a GUID. " + BUG, REFERENCE),
          code("AF20020")
              .means(
                  BAD_REQUEST,
                  "the API does not know the content type. Remove it from 'content.types' if this"
                      + " cloud does not offer it",
                  REFERENCE),
          code("AF20021")
              .means(BAD_REQUEST, "a webhook's address was not accepted. " + BUG, REFERENCE),
          code("AF20022")
              .means(
                  NOT_SUBSCRIBED,
                  "there is no subscription for the content type. The connector starts one; the first"
                      + " content can take twelve hours",
                  REFERENCE),
          code("AF20023")
              .means(
                  NOT_SUBSCRIBED,
                  "the subscription is disabled, by an administrator or by Microsoft. The connector"
                      + " starts it again; what happened in between is not kept",
                  REFERENCE),
          code("AF20024").in(Operation.START).isSuccess(OBSERVED),
          code("AF20024")
              .means(BAD_REQUEST, "the subscription is enabled already. " + BUG, OBSERVED),
          code("AF20030").means(BAD_REQUEST, WINDOW, REFERENCE),
          code("AF20031")
              .means(
                  BAD_REQUEST,
                  "the address of the next page is no longer valid. The window is listed again from its"
                      + " first page",
                  REFERENCE),
          code("AF20050").means(GONE, "the content does not exist", REFERENCE),
          code("AF20051")
              .means(EXPIRED, "the content is older than the seven days it is kept", REFERENCE),
          code("AF20052").means(BAD_REQUEST, "the content's id is not valid", REFERENCE),
          code("AF20053")
              .means(BAD_REQUEST, "more than one language was asked for. " + BUG, REFERENCE),
          code("AF20054").means(BAD_REQUEST, "the language is not understood", REFERENCE),
          code("AF20055").means(BAD_REQUEST, WINDOW, REFERENCE),
          code("AF429").means(THROTTLED, SLOW_DOWN, REFERENCE),
          code(ErrorBody.THROTTLED_BARE).means(THROTTLED, SLOW_DOWN, OBSERVED),
          code("AF50000").means(UNAVAILABLE, UNWELL, REFERENCE),
          code("AF50005").means(UNAVAILABLE, UNWELL, OBSERVED),
          code("AF50006").means(UNAVAILABLE, UNWELL, OBSERVED),
          // From here on the status speaks.
          status(200)
              .means(MALFORMED, "an error of an unknown kind came in place of data", OBSERVED),
          status(201, 299).means(MALFORMED, "the status is none that the API documents", HTTP),
          status(300, 399)
              .means(
                  UNAVAILABLE,
                  "the answer is a redirect, which is not followed, since a token would go along. Check"
                      + " for a proxy that asks for a login, 'cloud' and 'management.endpoint'",
                  HTTP),
          status(401)
              .means(
                  UNAUTHORISED,
                  "the token was refused, and so was a fresh one. Check that 'cloud' is the tenant's, and"
                      + " the clock. "
                      + NO_PERMISSION,
                  HTTP),
          status(407)
              .means(
                  UNAVAILABLE,
                  "the proxy asks for a user name and password. Set 'proxy.user' and 'proxy.password'",
                  HTTP),
          status(408).means(UNAVAILABLE, UNWELL, OBSERVED),
          status(429).means(THROTTLED, SLOW_DOWN, HTTP),
          status(400, 499)
              .with(ErrorBody.Form.MARKUP)
              .means(
                  UNAVAILABLE,
                  "a page of HTML came in place of the API's answer. A proxy or firewall is in between:"
                      + " let it pass requests to the management endpoint",
                  OBSERVED),
          status(403).means(FORBIDDEN, "the request is not allowed. " + NO_PERMISSION, HTTP),
          status(404).in(Operation.RETRIEVE).means(GONE, "the content does not exist", OBSERVED),
          status(410)
              .in(Operation.RETRIEVE)
              .means(GONE, "the content does not exist any more", HTTP),
          status(404)
              .means(
                  BAD_REQUEST,
                  "there is nothing at this address. Check 'cloud' and 'management.endpoint'",
                  OBSERVED),
          status(400, 499).means(BAD_REQUEST, "the request is refused without a known code", HTTP),
          status(500, 599).means(UNAVAILABLE, UNWELL, OBSERVED),
          status(0, Integer.MAX_VALUE)
              .means(UNAVAILABLE, "the status is none that HTTP knows", HTTP));

  private ErrorTable() {}

  /** What to go by. */
  record Symptom(Operation operation, int status, ErrorBody body) {}

  /**
   * One row.
   *
   * @param code the code that it is about; empty text for any or none
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
      Set<Operation> operations,
      Set<ErrorBody.Form> forms,
      Optional<ApiOutcome.Kind> failure,
      String words,
      String source) {

    private Row in(Operation operation) {
      return new Row(code, from, to, EnumSet.of(operation), forms, failure, words, source);
    }

    private Row with(ErrorBody.Form form) {
      return new Row(code, from, to, operations, EnumSet.of(form), failure, words, source);
    }

    private Row means(ApiOutcome.Kind kind, String said, String knownFrom) {
      return new Row(code, from, to, operations, forms, Optional.of(kind), said, knownFrom);
    }

    private Row isSuccess(String knownFrom) {
      return new Row(code, from, to, operations, forms, Optional.empty(), "", knownFrom);
    }

    private boolean fits(Symptom symptom) {
      return (code.isEmpty() || code.equals(symptom.body().code()))
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

  private static Row code(String code) {
    return any(code, 0, Integer.MAX_VALUE);
  }

  private static Row status(int status) {
    return any("", status, status);
  }

  private static Row status(int from, int to) {
    return any("", from, to);
  }

  private static Row any(String code, int from, int to) {
    return new Row(
        code,
        from,
        to,
        EnumSet.allOf(Operation.class),
        EnumSet.allOf(ErrorBody.Form.class),
        Optional.empty(),
        "",
        "");
  }
}
