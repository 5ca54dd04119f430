package io.github.auditstream.connect.office365.graph;

import static io.github.auditstream.connect.office365.graph.GraphFixture.NEW;
import static io.github.auditstream.connect.office365.graph.GraphFixture.QUERY;
import static io.github.auditstream.connect.office365.graph.GraphFixture.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ApiOutcome.Kind;
import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.http.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of error that Graph is known to answer with. */
class GraphErrorsTest {
  private static final String NO_PERMISSION =
      "{\"error\":{\"code\":\"UnknownError\",\"message\":\"{\\\"message\\\":\\\"App:0a1b dont have"
          + " any permissions\\\"}\"}}";
  private static final String AUDITING_OFF =
      "{\"error\":{\"code\":\"%s\",\"message\":\"{\\\"Status\\\":\\\"AuditingDisabledTenant\\\","
          + "\\\"Who\\\":\\\"secret words\\\"}\"}}";

  private GraphFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new GraphFixture(ServedVersion.always(GraphVersion.V1));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static Arguments row(
      GraphOperation operation, int status, String body, Kind kind, String code, String words) {
    return arguments(operation, status, body, kind, code, words);
  }

  private static String error(String code) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"secret words\"}}";
  }

  static Stream<Arguments> errors() {
    GraphOperation create = GraphOperation.CREATE;
    GraphOperation status = GraphOperation.STATUS;
    GraphOperation records = GraphOperation.RECORDS;
    GraphOperation list = GraphOperation.LIST;
    return Stream.of(
        row(create, 400, error("BadRequest"), Kind.BAD_REQUEST, "BadRequest", "its times"),
        row(status, 400, error("BadRequest"), Kind.UNAVAILABLE, "BadRequest", "asked again"),
        row(records, 400, error("BadRequest"), Kind.UNAVAILABLE, "BadRequest", "asked again"),
        row(
            create,
            400,
            AUDITING_OFF.formatted("UnknownError"),
            Kind.FORBIDDEN,
            "AuditingDisabledTenant",
            "Purview"),
        row(
            status,
            400,
            AUDITING_OFF.formatted("BadRequest"),
            Kind.FORBIDDEN,
            "AuditingDisabledTenant",
            "Purview"),
        row(
            create,
            400,
            "{\"Status\":\"AuditingDisabledTenant\"}",
            Kind.FORBIDDEN,
            "AuditingDisabledTenant",
            "Purview"),
        row(
            create,
            200,
            AUDITING_OFF.formatted(""),
            Kind.FORBIDDEN,
            "AuditingDisabledTenant",
            "Purview"),
        row(
            status,
            401,
            error("InvalidAuthenticationToken"),
            Kind.UNAUTHORISED,
            "InvalidAuthenticationToken",
            "'cloud'"),
        row(create, 403, NO_PERMISSION, Kind.FORBIDDEN, "NoPermission", "AuditLogsQuery.Read.All"),
        row(list, 400, NO_PERMISSION, Kind.FORBIDDEN, "NoPermission", "AuditLogsQuery.Read.All"),
        row(
            records,
            403,
            error("Authorization_RequestDenied"),
            Kind.FORBIDDEN,
            "Authorization_RequestDenied",
            "admin consent"),
        row(
            status,
            400,
            error("Insufficient_Claims"),
            Kind.FORBIDDEN,
            "Insufficient_Claims",
            "Conditional Access"),
        row(
            list,
            404,
            "{\"error\":{\"code\":\"UnknownError\",\"message\":\"\"}}",
            Kind.BAD_REQUEST,
            "UnknownError",
            "graph.endpoint"),
        row(create, 404, "", Kind.BAD_REQUEST, "", "graph.endpoint"),
        row(status, 404, error("UnknownError"), Kind.GONE, "UnknownError", "created anew"),
        row(records, 404, error("NotFound"), Kind.GONE, "NotFound", "created anew"),
        row(create, 429, error("TooManyRequests"), Kind.THROTTLED, "TooManyRequests", "shared"),
        row(status, 429, error("TooManyRequests"), Kind.THROTTLED, "TooManyRequests", "slows down"),
        row(create, 500, error("UnknownError"), Kind.UNAVAILABLE, "UnknownError", "is unknown"),
        row(status, 500, "", Kind.UNAVAILABLE, "", "internal error"),
        row(status, 502, "<html>secret words</html>", Kind.UNAVAILABLE, "", "internal error"),
        row(status, 503, error("429 TooManyRequests"), Kind.UNAVAILABLE, "", "internal error"),
        row(
            records,
            504,
            error("UnknownError"),
            Kind.UNAVAILABLE,
            "UnknownError",
            "internal error"),
        row(status, 403, "<html>secret words</html>", Kind.UNAVAILABLE, "", "page of HTML"),
        row(status, 302, "", Kind.UNAVAILABLE, "", "redirect"),
        row(status, 202, "{}", Kind.MALFORMED, "", "HTTP 202"),
        row(status, 200, error("UnknownError"), Kind.MALFORMED, "UnknownError", "unknown kind"),
        row(records, 200, error("UnknownError"), Kind.MALFORMED, "UnknownError", "unknown kind"),
        row(status, 418, error(""), Kind.BAD_REQUEST, "", "without a known code"),
        row(
            status,
            400,
            "{\"error\":{\"innererror\":{\"code\":\"generalException\"}}}",
            Kind.UNAVAILABLE,
            "generalException",
            "asked again"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void saysWhatAnErrorMeans(
      GraphOperation operation, int status, String body, Kind kind, String code, String words)
      throws Exception {
    fixture.server.answers(Reply.json(status, body).header("request-id", "req-1"));

    ApiOutcome.Failed<?> failure = ask(operation);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.reason())
        .contains(words, "request-id req-1", "client-request-id 00000000", "HTTP " + status)
        .contains(GraphFixture.TENANT.toString())
        .doesNotContain("secret", "token-", "App:");
  }

  private ApiOutcome.Failed<?> ask(GraphOperation operation) throws Exception {
    return switch (operation) {
      case CREATE -> failed(fixture.graph.create(NEW));
      case LIST -> failed(fixture.graph.list());
      case STATUS -> failed(fixture.graph.status(QUERY));
      case RECORDS -> failed(fixture.graph.records(QUERY, Optional.empty()));
      case DELETE -> failed(fixture.graph.delete(QUERY));
    };
  }

  @Test
  void takesTheRequestIdFromTheBodyToo() throws Exception {
    fixture.server.answers(
        Reply.json(
            500,
            "{\"error\":{\"code\":\"x\",\"innerError\":{\"request-id\":\"req-2\",\"date\":\"\"}}}"));

    assertThat(failed(fixture.graph.status(QUERY)).reason()).contains("request-id req-2");
  }

  @Test
  void triesAFreshTokenWhereThePermissionIsMissing() throws Exception {
    fixture.server.answers(
        Reply.json(403, NO_PERMISSION),
        Reply.json(200, "{\"id\":\"" + QUERY.id() + "\",\"status\":\"running\"}"));

    assertThat(GraphFixture.ok(fixture.graph.status(QUERY)).status().state())
        .isEqualTo(QueryStatus.State.RUNNING);
  }

  @Test
  void pausesWhereRequestsAreTooMany() throws Exception {
    fixture.server.answers(Reply.error(429, "TooManyRequests").header("Retry-After", "17"));

    assertThat(failed(fixture.graph.status(QUERY)).serverAsks()).contains(Duration.ofSeconds(17));

    assertThat(fixture.budget.isPaused()).isTrue();
  }

  @Test
  void goesOnWhereOnlyQueriesAreTooMany() throws Exception {
    fixture.server.answers(
        Reply.error(429, "TooManyRequests").header("Retry-After", "17"),
        Reply.error(429, "TooManyRequests"));

    assertThat(failed(fixture.graph.create(NEW)).serverAsks()).contains(Duration.ofSeconds(17));
    ApiOutcome.Failed<AuditQuery> second = failed(fixture.graph.create(NEW));

    assertThat(second.serverAsks()).isEmpty();
    assertThat(AuditLogQueries.mayHaveBeenCreated(second)).isFalse();
    assertThat(fixture.budget.isPaused()).isFalse();
  }

  @Test
  void passesOnWhyThereIsNoToken() throws Exception {
    TokenException why =
        new TokenException(
            TokenException.Kind.REFUSED,
            "AADSTS7000229",
            "the application has no service principal in the tenant",
            null);
    TokenSource none =
        new TokenSource() {
          @Override
          public CompletableFuture<AccessToken> token() {
            return CompletableFuture.failedFuture(why);
          }

          @Override
          public CompletableFuture<AccessToken> instead(AccessToken refused) {
            return CompletableFuture.failedFuture(why);
          }
        };
    try (GraphClient graph = fixture.client(none)) {
      ApiOutcome.Failed<QueryPage> failure = failed(graph.list());

      assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORISED);
      assertThat(failure.code()).isEqualTo("AADSTS7000229");
      assertThat(failure.reason()).contains("service principal");
    }
    assertThat(fixture.server.requests()).isEmpty();
  }

  @Test
  void hasASourceForEachRow() {
    assertThat(GraphErrorTable.rows())
        .allSatisfy(
            row -> {
              assertThat(row.source()).isNotBlank();
              assertThat(row.words().isEmpty()).isEqualTo(row.failure().isEmpty());
            });
  }
}
