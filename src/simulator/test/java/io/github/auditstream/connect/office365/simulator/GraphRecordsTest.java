package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.DLP;
import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.GENERAL;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What audit log queries find, and how it is written. */
class GraphRecordsTest {
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");
  private static final Instant FROM = Instant.parse("2026-08-04T00:00:00Z");
  private static final String EVENT =
      """
      {"Id":"e-1","RecordType":15,"CreationTime":"2026-08-04T08:28:17","Operation":"UserLoggedIn",\
      "OrganizationId":"11111111-2222-4333-8444-555555555555","UserType":0,"UserKey":"10032000A",\
      "UserId":"ada@contoso.example","Workload":"AzureActiveDirectory","ClientIP":"203.0.113.7",\
      "Actor":[{"ID":"ada","Type":5},{"ID":"x","Type":0,"Deep":[{"N":1.10}]}],\
      "Empty":[],"Names":["a","b"],"Numbers":[1,2],"Mixed":[1,"a",{"b":2}],\
      "Nested":{"Flag":true,"None":null,"Many":{"Big":123456789012345678901234567890}}}""";

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
  void writesAnEventAsGraphDoes() throws Exception {
    tenant.blob(GENERAL).events(EVENT).add();

    String id = graph.succeeded(FROM, NOW);

    assertThat(graph.records(id).text()).contains("\"N\":1.10}");
    assertThat(graph.allRecords(id).get(0))
        .isEqualTo(
            TestClient.JSON.readTree(
                """
                {"id":"e-1","createdDateTime":"2026-08-04T08:28:17Z",
                "auditLogRecordType":"AzureActiveDirectoryStsLogon","operation":"UserLoggedIn",
                "organizationId":"11111111-2222-4333-8444-555555555555","userType":"Regular",
                "userId":"10032000A","service":"AzureActiveDirectory","objectId":null,
                "userPrincipalName":"ada@contoso.example","clientIp":null,
                "administrativeUnits":[""],
                "auditData":{
                "@odata.type":"#microsoft.graph.security.defaultAuditData",
                "Id":"e-1","RecordType@odata.type":"#Int64","RecordType":15,
                "CreationTime":"2026-08-04T08:28:17Z","Operation":"UserLoggedIn",
                "OrganizationId":"11111111-2222-4333-8444-555555555555",
                "UserType@odata.type":"#Int64","UserType":0,"UserKey":"10032000A",
                "UserId":"ada@contoso.example","Workload":"AzureActiveDirectory",
                "ClientIP":"203.0.113.7",
                "Actor@odata.type":"#Collection(microsoft.graph.security.defaultAuditData)",
                "Actor":[{"ID":"ada","Type@odata.type":"#Int64","Type":5},
                {"ID":"x","Type@odata.type":"#Int64","Type":0,
                "Deep@odata.type":"#Collection(microsoft.graph.security.defaultAuditData)",
                "Deep":[{"N@odata.type":"#Double","N":1.10}]}],
                "Empty@odata.type":"#Collection(microsoft.graph.security.defaultAuditData)",
                "Empty":[],"Names@odata.type":"#Collection(String)","Names":["a","b"],
                "Numbers@odata.type":"#Collection(Int64)","Numbers":[1,2],
                "Mixed@odata.type":"#Collection(Untyped)","Mixed":[1,"a",
                {"@odata.type":"#microsoft.graph.security.defaultAuditData",
                "b@odata.type":"#Int64","b":2}],
                "Nested":{"@odata.type":"#microsoft.graph.security.defaultAuditData",
                "Flag":true,"None":null,
                "Many":{"@odata.type":"#microsoft.graph.security.defaultAuditData",
                "Big@odata.type":"#Decimal","Big":123456789012345678901234567890}}}}"""));
  }

  @Test
  void bothApisHaveTheSameEvents() throws Exception {
    Map<String, JsonNode> published = new HashMap<>();
    for (ContentType type : ContentType.values()) {
      for (PublishedBlob blob : tenant.history(type, Duration.ofHours(20), 3, 150)) {
        for (JsonNode event : TestClient.JSON.readTree(blob.body())) {
          published.put(event.path("Id").asText(), event);
        }
      }
    }

    List<JsonNode> records = graph.allRecords(graph.succeeded(NOW.minus(Duration.ofDays(2)), NOW));

    assertThat(records).hasSameSizeAs(published.keySet());
    for (JsonNode record : records) {
      JsonNode event = published.remove(record.path("id").asText());
      ObjectNode data = withoutAnnotations(record.path("auditData"));
      assertThat(data.path("CreationTime").asText())
          .isEqualTo(record.path("createdDateTime").asText())
          .isEqualTo(event.path("CreationTime").asText() + "Z");
      data.set("CreationTime", event.path("CreationTime"));
      assertThat(data).isEqualTo(event);
    }
    assertThat(published).isEmpty();
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void pagesHaveTheirOwnCountAndLeadOnByTheirBody() throws Exception {
    tenant.blob(EXCHANGE).created(NOW).events(7).add();
    String id = graph.succeeded(FROM, NOW);

    Reply page = graph.records(id, "$top=3");

    assertThat(page.json().path("@odata.count").asInt()).isEqualTo(3);
    assertThat(page.json().path("value").size()).isEqualTo(3);
    assertThat(GraphClient.link(page).toString())
        .startsWith(simulator.graphUri() + "/v1.0/security/auditLog/queries/" + id + "/records?");
    assertThat(page.header("NextPageUri")).isEmpty();
    Reply last = graph.get(GraphClient.link(graph.get(GraphClient.link(page))));
    assertThat(last.json().path("@odata.count").asInt()).isEqualTo(1);
    assertThat(last.json().has("@odata.nextLink")).isFalse();
    assertThat(simulator.requests().count(Operation.LIST_RECORDS)).isEqualTo(1);
    assertThat(simulator.requests().count(Operation.NEXT_RECORDS)).isEqualTo(2);
    assertThat(tenant.queries().all().get(0).recordsSent()).isEqualTo(7);
  }

  @Test
  void aPageIsNeverLargerThanItsServerWantsIt() throws Exception {
    tenant.blob(EXCHANGE).created(NOW).events(7).add();
    tenant.querySettings().recordsPerPage(2);
    String id = graph.succeeded(FROM, NOW);

    assertThat(graph.records(id, "$top=10000").json().path("value").size()).isEqualTo(2);
    assertThat(graph.allIds(id)).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void anAlteredLinkIsRefusedAndABreach() throws Exception {
    tenant.blob(EXCHANGE).created(NOW).events(7).add();
    Reply page = graph.records(graph.succeeded(FROM, NOW), "$top=3");

    Reply refused =
        graph.get(URI.create(GraphClient.link(page).toString().replace("$top=3", "$top=5")));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(simulator.breaches(Rule.PAGE_TOKEN_ALTERED)).hasSize(1);
  }

  @Test
  void recordsAreInNoOrderButAlwaysInTheSame() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(20), 20, 5);
    String id = graph.succeeded(FROM, NOW);

    List<JsonNode> records = graph.allRecords(id);
    List<String> times =
        records.stream().map(record -> record.path("createdDateTime").asText()).toList();

    assertThat(times).isNotEqualTo(times.stream().sorted().toList());
    assertThat(graph.allRecords(id)).isEqualTo(records);
    assertThat(graph.allIds(graph.succeeded(FROM, NOW)))
        .containsExactlyInAnyOrderElementsOf(graph.allIds(id))
        .isNotEqualTo(graph.allIds(id));
  }

  @Test
  void neighboursBothFindTheEventBetweenThem() throws Exception {
    tenant.blob(GENERAL).events(EVENT).add();
    Instant border = Instant.parse("2026-08-04T08:28:17Z");

    assertThat(graph.allIds(graph.succeeded(FROM, border))).containsExactly("e-1");
    assertThat(graph.allIds(graph.succeeded(border, NOW))).containsExactly("e-1");
    assertThat(graph.allIds(graph.succeeded(border.plusMillis(500), NOW))).isEmpty();
    tenant.querySettings().includeEnd(false);
    assertThat(graph.allIds(graph.succeeded(FROM, border))).isEmpty();
  }

  @Test
  void findsWhatIsTooOldForTheFeed() throws Exception {
    PublishedBlob old = tenant.blob(DLP).createdAgo(Duration.ofDays(90)).events(3).add();

    assertThat(
            graph.allIds(
                graph.succeeded(NOW.minus(Duration.ofDays(91)), NOW.minus(Duration.ofDays(89)))))
        .containsExactlyInAnyOrderElementsOf(old.eventIds());
    tenant.querySettings().retention(Duration.ofDays(30));
    assertThat(graph.allIds(graph.succeeded(NOW.minus(Duration.ofDays(91)), NOW))).isEmpty();
  }

  @Test
  void aLateEventIsFoundByLaterQueriesAlone() throws Exception {
    PublishedBlob late =
        tenant
            .blob(EXCHANGE)
            .created(NOW.minusSeconds(3_600))
            .searchableFrom(NOW.plusSeconds(7_200))
            .add();
    String early = graph.succeeded(FROM, NOW);
    clock.advance(Duration.ofHours(3));
    graph.signedIn();

    assertThat(graph.allIds(early)).isEmpty();
    assertThat(graph.allIds(graph.succeeded(FROM, NOW))).containsExactlyElementsOf(late.eventIds());
  }

  @Test
  void anEventCanBeInOneOfTheApisAlone() throws Exception {
    PublishedBlob both = tenant.blob(EXCHANGE).created(NOW).events(2).add();
    PublishedBlob listed = tenant.blob(EXCHANGE).created(NOW).events(2).notSearchable().add();
    PublishedBlob searched = tenant.blob(EXCHANGE).created(NOW).events(2).onlySearchable().add();
    List<String> found = new ArrayList<>(both.eventIds());
    found.addAll(searched.eventIds());

    assertThat(TestClient.of(simulator).signedIn().allOfLastDay(EXCHANGE))
        .containsExactly(both.contentId(), listed.contentId());
    assertThat(graph.allIds(graph.succeeded(FROM, NOW))).containsExactlyInAnyOrderElementsOf(found);
    assertThat(tenant.queries().idsBetween(FROM, NOW.plusSeconds(1), NOW))
        .containsExactlyInAnyOrderElementsOf(found);
    assertThat(simulator.ledger().eventCount()).isEqualTo(4);
  }

  @Test
  void findsAnEventOnceThatIsDeliveredAgain() throws Exception {
    PublishedBlob first = tenant.blob(EXCHANGE).created(NOW).events(2).add();
    tenant.blob(EXCHANGE).created(NOW).eventsOf(first).add();
    tenant.blob(GENERAL).created(NOW).events(EVENT, EVENT).add();

    assertThat(graph.allIds(graph.succeeded(FROM, NOW)))
        .hasSize(3)
        .contains("e-1")
        .containsAll(first.eventIds());
  }

  @Test
  void whatIsNoEventIsNotFoundAndWhatLacksPropertiesIs() throws Exception {
    tenant.blob(GENERAL).created(NOW).body("<html>").add();
    tenant
        .blob(GENERAL)
        .created(NOW)
        .events("{\"broken\":", "[1]", "{\"Operation\":\"Odd\",\"RecordType\":\"9999\"}")
        .add();

    List<JsonNode> records = graph.allRecords(graph.succeeded(FROM, NOW));

    assertThat(records).hasSize(1);
    assertThat(records.get(0).path("id").asText()).hasSize(36);
    assertThat(records.get(0).path("createdDateTime").asText()).isEqualTo("2026-08-05T12:00:00Z");
    assertThat(records.get(0).path("organizationId").asText()).isEqualTo(tenant.id().toString());
    assertThat(records.get(0).path("auditLogRecordType").asText()).isEqualTo("UnknownFutureValue");
    assertThat(records.get(0).path("auditData").has("Id")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "recordTypeFilters, azureActiveDirectoryStsLogon, 1",
    "recordTypeFilters, AzureActiveDirectoryStsLogon, 1",
    "recordTypeFilters, exchangeItem, 0",
    "operationFilters, userloggedin, 1",
    "operationFilters, UserLoggedOut, 0",
    "userPrincipalNameFilters, ada@contoso.example, 1",
    "userPrincipalNameFilters, 10032000A, 0",
    "ipAddressFilters, 203.0.113.7, 1",
    "ipAddressFilters, 203.0.113.8, 0",
    "objectIdFilters, anything, 0",
    "administrativeUnitIdFilters, unit, 0",
    "serviceFilters, AzureActiveDirectory, 1"
  })
  void finds(String filter, String value, int events) throws Exception {
    tenant.blob(GENERAL).events(EVENT).add();

    String id = graph.succeeded(graph.create(Map.of(filter, List.of(value))));

    assertThat(graph.allIds(id)).hasSize(events);
  }

  @Test
  void findsAKeywordAnywhere() throws Exception {
    tenant.blob(GENERAL).events(EVENT).add();

    assertThat(graph.allIds(graph.succeeded(graph.create(Map.of("keywordFilter", "NESTED")))))
        .hasSize(1);
    assertThat(graph.allIds(graph.succeeded(graph.create(Map.of("keywordFilter", "nowhere")))))
        .isEmpty();
  }

  @Test
  void givesHalfOfItBeforeTheQueryHasSucceeded() throws Exception {
    tenant.blob(EXCHANGE).created(NOW).events(8).add();
    String id = graph.create(FROM, NOW).json().path("id").asText();

    assertThat(graph.allIds(id)).hasSize(4);
    assertThat(simulator.breaches(Rule.RECORDS_BEFORE_SUCCESS)).hasSize(1);
  }

  @Test
  void tenantsFindTheirOwnEvents() throws Exception {
    SimulatedTenant other = simulator.addTenant(TenantSetup::subscribedToAll);
    PublishedBlob blob = other.blob(SHAREPOINT).created(NOW).events(2).add();
    tenant.blob(SHAREPOINT).created(NOW).events(2).add();
    GraphClient others = GraphClient.of(simulator, other);
    String id = others.succeeded(FROM, NOW);

    assertThat(others.allIds(id)).containsExactlyInAnyOrderElementsOf(blob.eventIds());
    assertThat(graph.get(id).status()).isEqualTo(404);
  }

  @Test
  void eventsOfAFileAreFoundAsTheyAre(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("events.jsonl");
    Files.writeString(file, EVENT + "\n");
    try (Simulator other =
        Simulator.builder()
            .clock(clock)
            .events(FileEvents.read(file, FileEvents.Use.AS_IT_IS))
            .tenant(TenantSetup::subscribedToAll)
            .start()) {
      other.tenant().blob(ContentType.AZURE_ACTIVE_DIRECTORY).created(NOW).events(3).add();
      GraphClient others = GraphClient.of(other);

      List<JsonNode> records = others.allRecords(others.succeeded(FROM, NOW));

      assertThat(records).hasSize(1);
      assertThat(records.get(0).path("auditData").path("CreationTime").asText())
          .isEqualTo("2026-08-04T08:28:17Z");
    }
  }

  private static ObjectNode withoutAnnotations(JsonNode auditData) {
    ObjectNode copy = auditData.deepCopy();
    strip(copy);
    return copy;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
        if (names.next().contains("@odata.")) {
          names.remove();
        }
      }
    }
    Stream.Builder<JsonNode> children = Stream.builder();
    node.forEach(children::add);
    children.build().forEach(GraphRecordsTest::strip);
  }
}
