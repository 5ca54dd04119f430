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
import org.jspecify.annotations.Nullable;

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
          code(ErrorBody.NO_AUDITING, FORBIDDEN, TROUBLESHOOTING).means(AUDITING_OFF),
          code(NO_ROLE, FORBIDDEN, REFERENCE)
              .means(
                  "the token lacks a permission, and so does a fresh one. "
                      + NO_PERMISSION
                      + "; one given within the last hour may still be on its way. Check 'cloud' too"),
          code("AF20001", BAD_REQUEST, REFERENCE).means("a parameter is missing. " + BUG),
          code("AF20002", BAD_REQUEST, REFERENCE).means("a parameter has a wrong type. " + BUG),
          code("AF20003", BAD_REQUEST, REFERENCE)
              .means("a webhook's expiration lies in the past. " + BUG),
          code("AF20010", FORBIDDEN, REFERENCE)
              .means(
                  "the token is for another tenant than the one asked for. Check 'tenant.id', and that"
                      + " the credential belongs to it"),
          code("AF20011", FORBIDDEN, REFERENCE).means(AUDITING_OFF),
          code("AF20012", FORBIDDEN, REFERENCE)
              .means(
                  "the tenant is set up incorrectly at Microsoft. Open a support case with the"
                      + " correlation id"),
          code("AF20013", BAD_REQUEST, REFERENCE).means("the tenant id is not a GUID. " + BUG),
          code("AF20020", BAD_REQUEST, REFERENCE)
              .means(
                  "the API does not know the content type. Remove it from 'content.types' if this"
                      + " cloud does not offer it"),
          code("AF20021", BAD_REQUEST, REFERENCE)
              .means("a webhook's address was not accepted. " + BUG),
          code("AF20022", NOT_SUBSCRIBED, REFERENCE)
              .means(
                  "there is no subscription for the content type. The connector starts one; the first"
                      + " content can take twelve hours"),
          code("AF20023", NOT_SUBSCRIBED, REFERENCE)
              .means(
                  "the subscription is disabled, by an administrator or by Microsoft. The connector"
                      + " starts it again; what happened in between is not kept"),
          // That it is enabled already is success where it was to be started.
          code("AF20024", null, OBSERVED).in(Operation.START),
          code("AF20024", BAD_REQUEST, OBSERVED)
              .means("the subscription is enabled already. " + BUG),
          code("AF20030", BAD_REQUEST, REFERENCE).means(WINDOW),
          code("AF20031", BAD_REQUEST, REFERENCE)
              .means(
                  "the address of the next page is no longer valid. The window is listed again from its"
                      + " first page"),
          code("AF20050", GONE, REFERENCE).means("the content does not exist"),
          code("AF20051", EXPIRED, REFERENCE)
              .means("the content is older than the seven days it is kept"),
          code("AF20052", BAD_REQUEST, REFERENCE).means("the content's id is not valid"),
          code("AF20053", BAD_REQUEST, REFERENCE)
              .means("more than one language was asked for. " + BUG),
          code("AF20054", BAD_REQUEST, REFERENCE).means("the language is not understood"),
          code("AF20055", BAD_REQUEST, REFERENCE).means(WINDOW),
          code("AF429", THROTTLED, REFERENCE).means(SLOW_DOWN),
          code(ErrorBody.THROTTLED_BARE, THROTTLED, OBSERVED).means(SLOW_DOWN),
          code("AF50000", UNAVAILABLE, REFERENCE).means(UNWELL),
          code("AF50005", UNAVAILABLE, OBSERVED).means(UNWELL),
          code("AF50006", UNAVAILABLE, OBSERVED).means(UNWELL),
          // From here on the status speaks.
          status(200, MALFORMED, OBSERVED)
              .means("an error of an unknown kind came in place of data"),
          status(201, 299, MALFORMED, HTTP).means("the status is none that the API documents"),
          status(300, 399, UNAVAILABLE, HTTP)
              .means(
                  "the answer is a redirect, which is not followed, since a token would go along. Check"
                      + " for a proxy that asks for a login, 'cloud' and 'management.endpoint'"),
          status(401, UNAUTHORISED, HTTP)
              .means(
                  "the token was refused, and so was a fresh one. Check that 'cloud' is the tenant's, and"
                      + " the clock. "
                      + NO_PERMISSION),
          status(407, UNAVAILABLE, HTTP)
              .means(
                  "the proxy asks for a user name and password. Set 'proxy.user' and 'proxy.password'"),
          status(408, UNAVAILABLE, OBSERVED).means(UNWELL),
          status(429, THROTTLED, HTTP).means(SLOW_DOWN),
          status(400, 499, UNAVAILABLE, OBSERVED)
              .with(ErrorBody.Form.MARKUP)
              .means(
                  "a page of HTML came in place of the API's answer. A proxy or firewall is in between:"
                      + " let it pass requests to the management endpoint"),
          status(403, FORBIDDEN, HTTP).means("the request is not allowed. " + NO_PERMISSION),
          status(404, GONE, OBSERVED).in(Operation.RETRIEVE).means("the content does not exist"),
          status(410, GONE, HTTP)
              .in(Operation.RETRIEVE)
              .means("the content does not exist any more"),
          status(404, BAD_REQUEST, OBSERVED)
              .means("there is nothing at this address. Check 'cloud' and 'management.endpoint'"),
          status(400, 499, BAD_REQUEST, HTTP).means("the request is refused without a known code"),
          status(500, 599, UNAVAILABLE, OBSERVED).means(UNWELL),
          status(0, Integer.MAX_VALUE, UNAVAILABLE, HTTP)
              .means("the status is none that HTTP knows"));

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

    private Row means(String said) {
      return new Row(code, from, to, operations, forms, failure, said, source);
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

  private static Row code(String code, ApiOutcome.@Nullable Kind failure, String source) {
    return any(code, 0, Integer.MAX_VALUE, failure, source);
  }

  private static Row status(int status, ApiOutcome.Kind failure, String source) {
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
        EnumSet.allOf(Operation.class),
        EnumSet.allOf(ErrorBody.Form.class),
        Optional.ofNullable(failure),
        "",
        source);
  }
}
