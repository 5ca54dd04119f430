package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.AZURE_ACTIVE_DIRECTORY;
import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.GENERAL;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import io.github.auditstream.connect.office365.simulator.graph.QueryCourse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQueryTest {
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");
  private static final Instant DAY = Instant.parse("2026-08-04T00:00:00Z");
  private static final Instant NEXT_DAY = Instant.parse("2026-08-05T00:00:00Z");

  private final AdjustableClock clock = AdjustableClock.standingAt(NOW);
  private Simulator simulator;
  private SimulatedTenant tenant;
  private GraphClient graph;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.builder().clock(clock).tenant(TenantSetup::subscribedToAll).start();
    tenant = simulator.tenant();
    graph = GraphClient.of(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void showsAQueryAsGraphDoes() throws Exception {
    Reply created =
        graph.create(
            Map.of(
                "@odata.type", "#microsoft.graph.security.auditLogQuery",
                "displayName", "history 7c1e",
                "filterStartDateTime", "2026-08-04T00:00:00Z",
                "filterEndDateTime", "2026-08-05T00:00:00Z",
                "recordTypeFilters", List.of("exchangeAdmin", "dlpEndpoint")));

    assertThat(created.status()).isEqualTo(201);
    JsonNode query = created.json();
    assertThat(UUID.fromString(query.path("id").asText())).isNotNull();
    assertThat(query.path("@odata.context").asText()).endsWith("/queries/$entity");
    assertThat(query.path("displayName").asText()).isEqualTo("history 7c1e");
    assertThat(query.path("filterStartDateTime").asText()).isEqualTo("2026-08-04T00:00:00Z");
    assertThat(query.path("recordTypeFilters").toString())
        .isEqualTo("[\"ExchangeAdmin\",\"DLPEndpoint\"]");
    assertThat(query.path("status").asText()).isEqualTo("notStarted");
    assertThat(query.path("recordCountLimit").asLong()).isEqualTo(1_000_000);
    assertThat(query.path("isRecordCountLimitExceeded").asBoolean(true)).isFalse();
    assertThat(created.header("request-id")).isPresent();
    assertThat(created.header("client-request-id"))
        .contains("5b1c0d6e-0000-4000-8000-000000000001");
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void succeedsAfterSomePolls() throws Exception {
    tenant.querySettings().course(QueryCourse.succeedsAtPoll(3));
    String id = graph.create(DAY, NEXT_DAY).json().path("id").asText();

    assertThat(polled(id, 4)).containsExactly("running", "running", "succeeded", "succeeded");
    assertThat(tenant.queries().find(id, NOW).orElseThrow().polls()).isEqualTo(4);
  }

  @Test
  void takesAtLeastItsTime() throws Exception {
    tenant.querySettings().queriesTake(Duration.ofMinutes(7));
    String id = graph.create(DAY, NEXT_DAY).json().path("id").asText();

    assertThat(polled(id, 5)).containsOnly("running");
    clock.advance(Duration.ofMinutes(7));
    assertThat(polled(id, 1)).containsExactly("succeeded");
  }

  @ParameterizedTest
  @CsvSource({
    "stuck, notStarted running running running",
    "never, notStarted notStarted notStarted notStarted",
    "failed, notStarted running failed failed",
    "cancelled, notStarted cancelled cancelled cancelled",
    "queued, queued queued running succeeded",
    "unknown, notStarted unknownFutureValue succeeded succeeded"
  })
  void goesOnAsItIsTold(String course, String statuses) throws Exception {
    tenant
        .querySettings()
        .nextCourses(
            switch (course) {
              case "stuck" -> QueryCourse.stuck();
              case "never" -> QueryCourse.neverStarts();
              case "failed" -> QueryCourse.failsAtPoll(2);
              case "cancelled" -> QueryCourse.cancelledAtPoll(1);
              case "queued" -> QueryCourse.queued();
              default -> QueryCourse.unknown();
            });
    JsonNode query = graph.create(DAY, NEXT_DAY).json();

    List<String> seen = new ArrayList<>(List.of(query.path("status").asText()));
    seen.addAll(polled(query.path("id").asText(), 3));

    assertThat(String.join(" ", seen)).isEqualTo(statuses);
    assertThat(graph.create(DAY, NEXT_DAY).json().path("status").asText()).isEqualTo("notStarted");
  }

  @Test
  void queriesOfALongRangeCanBeStuckWhileShortOnesAreNot() throws Exception {
    tenant
        .querySettings()
        .courseOf(
            request ->
                Duration.between(request.start().orElseThrow(), request.end().orElseThrow())
                        .toHours()
                    > 12,
            QueryCourse.stuck());
    String day = graph.create(DAY, NEXT_DAY).json().path("id").asText();
    String half = graph.create(DAY, DAY.plusSeconds(43_200)).json().path("id").asText();

    assertThat(polled(day, 3)).containsOnly("running");
    assertThat(polled(half, 2)).endsWith("succeeded");
  }

  @Test
  void listsQueriesPageByPageWhateverIsAskedFor() throws Exception {
    tenant.querySettings().queriesPerPage(2);
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      created.add(0, graph.create(DAY, NEXT_DAY).json().path("id").asText());
    }

    Reply page = graph.get(graph.uri("?$top=100"));
    List<String> listed = new ArrayList<>();
    page.json().path("value").forEach(query -> listed.add(query.path("id").asText()));
    while (page.json().has("@odata.nextLink")) {
      assertThat(page.json().path("@odata.count").asInt()).isEqualTo(2);
      page = graph.get(GraphClient.link(page));
      page.json().path("value").forEach(query -> listed.add(query.path("id").asText()));
    }

    assertThat(listed).isEqualTo(created);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aQueryIsGoneOnceItIsDeletedForgottenOrAMonthOld() throws Exception {
    String deleted = graph.create(DAY, NEXT_DAY).json().path("id").asText();
    String forgotten = graph.create(DAY, NEXT_DAY).json().path("id").asText();
    String old = graph.create(DAY, NEXT_DAY).json().path("id").asText();

    assertThat(graph.delete(deleted).status()).isEqualTo(204);
    tenant.queries().forget(forgotten);
    assertThat(graph.get(deleted).status()).isEqualTo(404);
    assertThat(graph.delete(deleted).status()).isEqualTo(404);
    assertThat(graph.records(forgotten).status()).isEqualTo(404);
    assertThat(graph.get(old).status()).isEqualTo(200);
    clock.advance(Duration.ofDays(30));
    assertThat(graph.signedIn().get(old).status()).isEqualTo(404);
    assertThat(graph.queries().json().path("value").size()).isZero();
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void servesBetaAloneWhereATenantHasNoOther() throws Exception {
    tenant.querySettings().serveV1(false);

    Reply refused = graph.queries();

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("UnknownError");
    assertThat(refused.json().path("error").path("message").asText()).isEmpty();
    assertThat(graph.onBeta().create(DAY, NEXT_DAY).status()).isEqualTo(201);
    assertThat(graph.queries().json().path("value").size()).isEqualTo(1);
  }

  @Test
  void aNewerRecordTypeIsTakenByBetaAlone() throws Exception {
    Map<String, Object> body = Map.of("recordTypeFilters", List.of("copilotInteraction"));

    assertThat(graph.create(body).status()).isEqualTo(400);
    assertThat(graph.onBeta().create(body).status()).isEqualTo(201);
  }

  @Test
  void refusesMoreQueriesThanADayHas() throws Exception {
    tenant.querySettings().creationsADay(3).usedByOthers(1, 0);
    graph.create(DAY, NEXT_DAY);
    graph.create(DAY, NEXT_DAY);

    Reply refused = graph.create(DAY, NEXT_DAY);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("TooManyRequests");
    assertThat(refused.header("Retry-After")).isEmpty();
    assertThat(simulator.breaches()).as("others took the third").isEmpty();
    clock.advance(Duration.ofHours(24));
    assertThat(graph.signedIn().create(DAY, NEXT_DAY).status()).isEqualTo(201);
  }

  @Test
  void refusesMoreQueriesThanCanRunAndSaysHowLongToWait() throws Exception {
    tenant
        .querySettings()
        .slots(2)
        .usedByOthers(0, 1)
        .retryAfter(Optional.of(Duration.ofSeconds(90)));
    String running = graph.create(DAY, NEXT_DAY).json().path("id").asText();

    assertThat(graph.create(DAY, NEXT_DAY).header("Retry-After")).contains("90");
    assertThat(polled(running, 2)).endsWith("succeeded");
    clock.advance(Duration.ofSeconds(90));
    assertThat(graph.create(DAY, NEXT_DAY).status()).isEqualTo(201);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void countsWhatItFoundUnlessItIsAnOlderServer() throws Exception {
    tenant.blob(EXCHANGE).created(NEXT_DAY.minusSeconds(60)).events(7).add();
    tenant.querySettings().countsOffBy(-2);
    String id = graph.succeeded(DAY, NEXT_DAY);

    assertThat(graph.get(id).json().path("approximateReturnedRecordCount").asInt()).isEqualTo(5);
    tenant.querySettings().tellCounts(false);
    assertThat(graph.get(id).json().has("approximateReturnedRecordCount")).isFalse();
    assertThat(graph.get(id).json().has("isRecordCountLimitExceeded")).isFalse();
    assertThat(graph.get(id).json().has("recordCountLimit")).isFalse();
  }

  @Test
  void aTruncatedQuerySucceedsAllTheSame() throws Exception {
    tenant.blob(EXCHANGE).created(NEXT_DAY.minusSeconds(60)).events(9).add();
    tenant.querySettings().recordLimit(4);
    String id = graph.succeeded(DAY, NEXT_DAY);

    JsonNode query = graph.get(id).json();

    assertThat(query.path("isRecordCountLimitExceeded").asBoolean()).isTrue();
    assertThat(query.path("recordCountLimit").asInt()).isEqualTo(4);
    assertThat(query.path("approximateReturnedRecordCount").asInt()).isEqualTo(9);
    assertThat(graph.allIds(id)).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void aTokenOfTheOtherApiOpensNeither() throws Exception {
    TestClient feed = TestClient.of(simulator).signedIn();
    String forFeed = feed.bearer();

    Reply atFeed = feed.bearing(graph.bearer()).subscriptions();
    Reply atGraph = graph.bearing(forFeed).queries();

    assertThat(atFeed.status()).isEqualTo(401);
    assertThat(atGraph.status()).isEqualTo(401);
    assertThat(atGraph.code()).isEqualTo("InvalidAuthenticationToken");
    assertThat(simulator.breaches(Rule.TOKEN_OF_ANOTHER_RESOURCE)).hasSize(2);
    assertThat(simulator.breachesExcept(Rule.TOKEN_OF_ANOTHER_RESOURCE)).isEmpty();
  }

  @Test
  void anOldTokenIsRefusedWithoutABreach() throws Exception {
    clock.advance(Duration.ofHours(1));
    assertThat(graph.queries().status()).isEqualTo(401);
    graph.signedIn();
    tenant.revokeTokens();
    assertThat(graph.queries().code()).isEqualTo("InvalidAuthenticationToken");
    assertThat(simulator.breaches()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "the wrong one"})
  void saysThatConsentIsMissingAsGraphDoes(String which) throws Exception {
    if (which.equals("none")) {
      tenant.consentTo(Permission.READ);
    } else {
      tenant.consentTo(Permission.AUDIT_LOG);
    }

    Reply refused = graph.signedIn().create(DAY, NEXT_DAY);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("UnknownError");
    assertThat(TestClient.JSON.readTree(message(refused)).path("message").asText())
        .isEqualTo("App:" + tenant.clientId() + " dont have any permissions");
  }

  @Test
  void saysThatAuditingIsOffAsGraphDoes() throws Exception {
    tenant.switchAuditingOff();

    Reply refused = graph.create(DAY, NEXT_DAY);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(TestClient.JSON.readTree(message(refused)).path("Status").asText())
        .isEqualTo("AuditingDisabledTenant");
    tenant.switchAuditingOn();
    assertThat(graph.create(DAY, NEXT_DAY).status()).isEqualTo(201);
  }

  @Test
  void aPermissionForOneServiceOpensItsRecordTypesAlone() throws Exception {
    for (var type : List.of(EXCHANGE, SHAREPOINT, AZURE_ACTIVE_DIRECTORY)) {
      tenant.blob(type).created(NEXT_DAY.minusSeconds(60)).events(40).add();
    }
    tenant.consentTo(Permission.QUERY_EXCHANGE, Permission.QUERY_ENTRA);
    graph.signedIn();

    assertThat(graph.create(DAY, NEXT_DAY).status()).isEqualTo(403);
    assertThat(graph.create(Map.of("recordTypeFilters", List.of("sharePoint"))).status())
        .isEqualTo(403);
    assertThat(graph.create(Map.of("recordTypeFilters", List.of("exchangeItem"))).status())
        .isEqualTo(201);
    tenant.querySettings().permitUnfiltered(true);
    assertThat(graph.allRecords(graph.succeeded(DAY, NEXT_DAY)))
        .extracting(record -> record.path("service").asText())
        .containsOnly("Exchange", "AzureActiveDirectory");
  }

  @Test
  void aQueryCanBeAnEventOfTheFeed() throws Exception {
    tenant.querySettings().writeEvents(true);
    String id = graph.succeeded(DAY, NEXT_DAY);

    List<PublishedBlob> written = tenant.blobs(GENERAL);

    assertThat(written).hasSize(1);
    JsonNode event = TestClient.JSON.readTree(written.get(0).body()).get(0);
    assertThat(event.path("Operation").asText()).isEqualTo("AuditSearchCompleted");
    assertThat(event.path("RecordType").asInt()).isEqualTo(295);
    assertThat(event.path("SearchJobId").asText()).isEqualTo(id);
    assertThat(event.path("CreationTime").asText()).isEqualTo("2026-08-05T12:00:00");
    assertThat(graph.allIds(graph.succeeded(DAY, NOW))).contains(event.path("Id").asText());
  }

  @Test
  void whatIsForgivenIsNoted() throws Exception {
    tenant.blob(EXCHANGE).created(NEXT_DAY.minusSeconds(60)).events(3).add();
    String id =
        graph.succeeded(
            graph.create(
                Map.of(
                    "filterStartDateTime", "2026-08-04T00:00:00",
                    "filterEndDateTime", "2026-08-05T00:00:00.000Z",
                    "serviceFilter", "Exchange")));
    assertThat(graph.records(id, "top=2").json().path("value").size()).isEqualTo(2);

    assertThat(simulator.breaches()).isEmpty();
    assertThat(simulator.notes())
        .anyMatch(note -> note.contains("filterStartDateTime without a time zone"))
        .anyMatch(note -> note.contains("a service filter"))
        .anyMatch(note -> note.contains("without its dollar sign"));
  }

  @Test
  void aServiceAndARecordTypeOfAnotherAreRefused() throws Exception {
    assertThat(
            graph
                .create(
                    Map.of(
                        "serviceFilters",
                        List.of("Exchange"),
                        "recordTypeFilters",
                        List.of("sharePoint")))
                .status())
        .isEqualTo(400);
  }

  @Test
  void aTimeThatCannotBeReadIsAnErrorOfTheServer() throws Exception {
    Reply refused = graph.create(Map.of("filterStartDateTime", "2026-08-04T20.35.42Z"));

    assertThat(refused.status()).isEqualTo(500);
    assertThat(simulator.breaches(Rule.TIME_FORMAT)).hasSize(1);
  }

  @Test
  void aBodyThatIsNotSaidToBeJsonIsRefusedAndABreach() throws Exception {
    Reply refused =
        graph.send(graph.request(graph.uri("")).POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(refused.status()).isEqualTo(415);
    assertThat(simulator.breaches(Rule.QUERY_NOT_DOCUMENTED)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"displayName\":7}",
        "{\"recordTypeFilters\":\"exchangeAdmin\"}",
        "{\"recordTypeFilters\":[1]}",
        "{\"recordTypeFilters\":[\"noSuchType\"]}",
        "{\"filter\":\"x\"}",
        "{\"@odata.type\":\"#microsoft.graph.user\"}"
      })
  void aBodyThatIsNoQueryIsRefusedAndABreach(String body) throws Exception {
    Reply refused = graph.create(body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("error").path("message").asText())
        .startsWith("Invalid request data");
    assertThat(simulator.breaches(Rule.QUERY_NOT_DOCUMENTED)).hasSize(1);
  }

  @Test
  void theInspectionShowsQueries() throws Exception {
    String id = graph.succeeded(DAY, NEXT_DAY);

    JsonNode shown =
        TestClient.of(simulator).get(URI.create(simulator.baseUri() + "/simulator/queries")).json();

    assertThat(shown.get(0).path("id").asText()).isEqualTo(id);
    assertThat(shown.get(0).path("status").asText()).isEqualTo("succeeded");
    assertThat(RunSummary.of(simulator)).contains("1 audit log query was created; 0 records sent.");
  }

  private static String message(Reply reply) throws Exception {
    return reply.json().path("error").path("message").asText();
  }

  private List<String> polled(String id, int times) throws Exception {
    List<String> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(graph.get(id).json().path("status").asText());
    }
    return statuses;
  }
}
