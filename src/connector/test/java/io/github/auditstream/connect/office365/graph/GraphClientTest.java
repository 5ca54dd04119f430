package io.github.auditstream.connect.office365.graph;

import static io.github.auditstream.connect.office365.graph.GraphFixture.NEW;
import static io.github.auditstream.connect.office365.graph.GraphFixture.QUERY;
import static io.github.auditstream.connect.office365.graph.GraphFixture.failed;
import static io.github.auditstream.connect.office365.graph.GraphFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ApiOutcome.Kind;
import io.github.auditstream.connect.office365.http.Reply;
import io.github.auditstream.connect.office365.http.ScriptedServer.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphClientTest {
  private static final String QUERY_JSON =
      """
      {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#x","id":"%s",
       "displayName":"%s","status":"%s","filterStartDateTime":"2026-05-04T00:00:00Z",
       "filterEndDateTime":"2026-05-05T00:00:00.0000000","recordTypeFilters":["exchangeAdmin"],
       "keywordFilter":null%s}""";

  private GraphFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new GraphFixture();
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static String query(String name, String status, String more) {
    return QUERY_JSON.formatted(QUERY.id(), name, status, more);
  }

  @Test
  void createsAQuery() throws Exception {
    fixture.server.answers(Reply.json(201, query(NEW.displayName(), "notStarted", "")));

    AuditQuery created =
        ok(
            fixture.graph.create(
                new NewQuery(
                    NEW.displayName(),
                    Instant.parse("2026-05-04T00:00:00.900Z"),
                    Instant.parse("2026-05-04T23:59:59.001Z"),
                    List.of("exchangeAdmin"))));

    Request request = fixture.server.request();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/v1.0/security/auditLog/queries");
    assertThat(request.body())
        .isEqualTo(
            """
            {"displayName":"kafka-o365 hist 7c1e/2026-05-04/a1",\
            "filterStartDateTime":"2026-05-04T00:00:00Z",\
            "filterEndDateTime":"2026-05-05T00:00:00Z","recordTypeFilters":["exchangeAdmin"]}""");
    assertThat(request.headers())
        .containsEntry("Authorization", "Bearer token-1")
        .containsEntry("client-request-id", "00000000-0000-0000-0000-000000000001")
        .containsEntry("Content-Type", "application/json")
        .containsEntry("User-Agent", "test/1.0");
    assertThat(created.ref()).isEqualTo(QUERY);
    assertThat(created.displayName()).isEqualTo(NEW.displayName());
    assertThat(created.start()).contains(Instant.parse("2026-05-04T00:00:00Z"));
    assertThat(created.end()).contains(Instant.parse("2026-05-05T00:00:00Z"));
    assertThat(created.recordCountLimitExceeded()).isEmpty();
    assertThat(created.recordCountLimit()).isEmpty();
  }

  @Test
  void refusesWhatIsNoQuery() {
    assertThatThrownBy(() -> new NewQuery("x", Instant.EPOCH, Instant.EPOCH, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new NewQuery("a\nb", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QueryRef(GraphVersion.V1, "../x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "notStarted, WAITING",
    "queued, WAITING",
    "Running, RUNNING",
    "succeeded, SUCCEEDED",
    "failed, FAILED",
    "cancelled, CANCELLED",
    "unknownFutureValue, UNKNOWN",
    "paused, UNKNOWN"
  })
  void keepsEveryStatus(String text, QueryStatus.State state) throws Exception {
    fixture.server.answers(Reply.json(200, query("x", text, "")));

    AuditQuery found = ok(fixture.graph.status(QUERY));

    assertThat(found.status()).isEqualTo(new QueryStatus(state, text));
    assertThat(fixture.server.request().target())
        .isEqualTo("/v1.0/security/auditLog/queries/" + QUERY.id());
  }

  @Test
  void readsWhatIsSaidAboutTruncation() throws Exception {
    fixture.server.answers(
        Reply.json(
            200,
            query(
                "x",
                "succeeded",
                ",\"isRecordCountLimitExceeded\":true,\"approximateReturnedRecordCount\":1000000,"
                    + "\"recordCountLimit\":1000000")));

    AuditQuery found = ok(fixture.graph.status(QUERY));

    assertThat(found.recordCountLimitExceeded()).contains(true);
    assertThat(found.approximateReturnedRecordCount()).hasValue(1_000_000);
    assertThat(found.recordCountLimit()).hasValue(1_000_000);
  }

  @Test
  void acceptsAQueryWrappedAsInTheReferencesExample() throws Exception {
    fixture.server.answers(
        Reply.json(200, "{\"value\":" + query("x", "running", "") + "}"),
        Reply.json(200, "{\"value\":[" + query("x", "running", "") + "]}"));

    assertThat(ok(fixture.graph.status(QUERY)).ref()).isEqualTo(QUERY);
    assertThat(ok(fixture.graph.status(QUERY)).ref()).isEqualTo(QUERY);
  }

  @Test
  void findsAQueryAfterALostAnswer() throws Exception {
    fixture.server.answers(
        Reply.json(201, query(NEW.displayName(), "notStarted", "")).after(20, Reply.Ending.RESET),
        Reply.json(
            200,
            "{\"value\":[],\"@odata.nextLink\":\""
                + fixture.server.root()
                + "/v1.0/security/auditLog/queries?$skiptoken=2\"}"),
        Reply.json(
            200,
            "{\"value\":["
                + query("somebody else's", "failed", "")
                + ","
                + query(NEW.displayName(), "running", "")
                + "]}"));

    ApiOutcome.Failed<AuditQuery> lost = failed(fixture.graph.create(NEW));
    assertThat(lost.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(lost.connectionFailure()).isPresent();
    assertThat(AuditLogQueries.mayHaveBeenCreated(lost)).isTrue();

    QueryListing listing = new QueryListing(NEW.displayName());
    assertThat(listing.arrived(ok(listing.ask(fixture.graph)))).isFalse();
    assertThat(listing.arrived(ok(listing.ask(fixture.graph)))).isTrue();

    assertThat(listing.found()).extracting(AuditQuery::ref).containsExactly(QUERY);
  }

  @Test
  void endsAListThatLeadsRoundInACircle() throws Exception {
    fixture.server.answers(
        request -> {
          String next = request.target().endsWith("=1") ? "2" : "1";
          return Reply.json(
              200,
              "{\"value\":[],\"@odata.nextLink\":\"%s/v1.0/x?p=%s\"}"
                  .formatted(fixture.server.root(), next));
        });
    QueryListing listing = new QueryListing("x");

    ApiOutcome<QueryPage> outcome = GraphFixture.await(listing.ask(fixture.graph));
    while (outcome instanceof ApiOutcome.Ok<QueryPage> page) {
      listing.arrived(page.value());
      outcome = GraphFixture.await(listing.ask(fixture.graph));
      assertThat(fixture.server.requests()).hasSizeLessThan(20);
    }

    assertThat(((ApiOutcome.Failed<QueryPage>) outcome).reason()).contains("come to no end");
  }

  @Test
  void deletesOnBeta() throws Exception {
    fixture.server.answers(Reply.json(204, ""), Reply.error(404, "UnknownError"));

    assertThat(ok(fixture.graph.delete(QUERY))).isEqualTo(QUERY);
    assertThat(ok(fixture.graph.delete(QUERY))).isEqualTo(QUERY);

    assertThat(fixture.server.requests())
        .allSatisfy(
            request -> {
              assertThat(request.method()).isEqualTo("DELETE");
              assertThat(request.target())
                  .isEqualTo("/beta/security/auditLog/queries/" + QUERY.id());
            });
  }

  @Test
  void remembersThatOnlyBetaIsServed() throws Exception {
    fixture.server.answers(
        request ->
            request.path().startsWith("/v1.0")
                ? Reply.json(404, "{\"error\":{\"code\":\"UnknownError\",\"message\":\"\"}}")
                : Reply.json(201, query(NEW.displayName(), "notStarted", "")));

    AuditQuery first = ok(fixture.graph.create(NEW));
    AuditQuery second = ok(fixture.graph.create(NEW));

    assertThat(first.ref().version()).isEqualTo(GraphVersion.BETA);
    assertThat(second.ref().version()).isEqualTo(GraphVersion.BETA);
    assertThat(fixture.version.current()).isEqualTo(GraphVersion.BETA);
    assertThat(fixture.server.requests())
        .extracting(Request::path)
        .containsExactly(
            "/v1.0/security/auditLog/queries",
            "/beta/security/auditLog/queries",
            "/beta/security/auditLog/queries");
  }

  @Test
  void staysWithAVersionThatIsSet() throws Exception {
    fixture.close();
    fixture = new GraphFixture(ServedVersion.always(GraphVersion.V1));
    fixture.server.answers(Reply.error(404, "UnknownError"));

    ApiOutcome.Failed<QueryPage> failure = failed(fixture.graph.list());

    assertThat(failure.kind()).isEqualTo(Kind.BAD_REQUEST);
    assertThat(fixture.server.requests()).hasSize(1);
  }

  @Test
  void forgetsNothingWhereNeitherVersionIsServed() throws Exception {
    fixture.server.answers(Reply.error(404, "UnknownError"));

    assertThat(failed(fixture.graph.list()).reason()).contains("does not serve audit log queries");

    assertThat(fixture.version.current()).isEqualTo(GraphVersion.V1);
    assertThat(fixture.server.requests()).hasSize(2);
  }

  @Test
  void triesAFreshTokenOnce() throws Exception {
    fixture.server.answers(Reply.error(401, "InvalidAuthenticationToken"));

    ApiOutcome.Failed<AuditQuery> failure = failed(fixture.graph.status(QUERY));

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORISED);
    assertThat(fixture.server.requests())
        .extracting(request -> request.headers().get("Authorization"))
        .containsExactly("Bearer token-1", "Bearer token-2");
    assertThat(fixture.server.requests())
        .extracting(request -> request.headers().get("client-request-id"))
        .doesNotHaveDuplicates();
    assertThat(fixture.observed).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/v1.0/x",
        "http://localhost:1/v1.0/x",
        "http://localhost/v1.0/x",
        "https://localhost:%d/v1.0/x",
        "http://token@localhost:%d/v1.0/x",
        "http://localhost:%d@evil.example/v1.0/x",
        "/v1.0/x",
        "file:///etc/passwd",
        "::"
      })
  void sendsNoTokenToAnotherHost(String link) throws Exception {
    String address = link.replace("%d", Integer.toString(fixture.server.root().getPort()));
    fixture.server.answers(
        Reply.json(200, "{\"value\":[],\"@odata.nextLink\":\"" + address + "\"}"));

    assertThat(failed(fixture.graph.list()).kind()).isEqualTo(Kind.MALFORMED);
    try (RecordPage page = ok(fixture.graph.records(QUERY, Optional.empty()))) {
      assertThatThrownBy(page::next).isInstanceOf(BrokenPageException.class);
    }
    assertThat(fixture.server.requests()).hasSize(2);
    if (address.startsWith("http")) {
      ApiOutcome.Failed<RecordPage> refused =
          failed(fixture.graph.records(QUERY, Optional.of(URI.create(address))));
      assertThat(refused.reason()).contains("graph.endpoint");
      assertThat(fixture.server.requests()).hasSize(2);
    }
  }

  @Test
  void breaksOffWhatIsUnderWay() throws Exception {
    fixture.server.answers(Reply.json(200, "{\"id\":").after(3, Reply.Ending.STALLED));
    var answer = fixture.graph.status(QUERY);

    fixture.graph.close();

    assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
        .isNotInstanceOf(TimeoutException.class);
  }
}
