package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.simulator.TestClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphFaultTest {
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");
  private static final Instant FROM = Instant.parse("2026-08-04T00:00:00Z");

  private Simulator simulator;
  private SimulatedTenant tenant;
  private GraphClient graph;
  private String id;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.builder()
            .clock(AdjustableClock.standingAt(NOW))
            .tenant(TenantSetup::subscribedToAll)
            .start();
    tenant = simulator.tenant();
    tenant.querySettings().recordsPerPage(4);
    tenant.blob(EXCHANGE).created(NOW).events(10).add();
    graph = GraphClient.of(simulator);
    id = graph.succeeded(FROM, NOW);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  static List<Arguments> errors() {
    return List.of(
        Arguments.of(
            GraphFault.error(401, "InvalidAuthenticationToken", "x"),
            401,
            "InvalidAuthenticationToken"),
        Arguments.of(GraphFault.invalidRequest(), 400, "BadRequest"),
        Arguments.of(GraphFault.insufficientClaims(), 400, "insufficient_claims"),
        Arguments.of(GraphFault.auditingOff(), 400, "UnknownError"),
        Arguments.of(GraphFault.auditingOffAtTheTop(), 400, "BadRequest"),
        Arguments.of(GraphFault.noPermission("app"), 403, "UnknownError"),
        Arguments.of(GraphFault.notServed(), 404, "UnknownError"),
        Arguments.of(GraphFault.noSuchQuery(), 404, "NotFound"),
        Arguments.of(GraphFault.tooManyRequests(), 429, "TooManyRequests"),
        Arguments.of(GraphFault.tooManyRequests(Duration.ofSeconds(30)), 429, "TooManyRequests"),
        Arguments.of(GraphFault.unknownError(500), 500, "UnknownError"),
        Arguments.of(GraphFault.unknownError(502), 502, "UnknownError"),
        Arguments.of(
            GraphFault.error(503, "serviceNotAvailable", "x", Duration.ofSeconds(5)),
            503,
            "serviceNotAvailable"),
        Arguments.of(GraphFault.nestedError(504, "generalException", "x"), 504, "UnknownError"),
        Arguments.of(GraphFault.withoutCode(503), 503, ""));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void answersWithAnErrorOfGraph(Fault fault, int status, String code) throws Exception {
    simulator.on(Operation.GET_QUERY).of(tenant.id()).call(1).meets(fault);

    Reply reply = graph.get(id);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.header("request-id")).isPresent();
    assertThat(reply.header("Retry-After").isPresent())
        .isEqualTo(fault.label().endsWith("with Retry-After"));
    assertThat(graph.get(id).status()).isEqualTo(200);
    assertThat(simulator.faultsNotMet()).isEmpty();
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void anErrorCanBeNestedOrAPageOrNothing() throws Exception {
    simulator
        .on(Operation.GET_QUERY)
        .call(1)
        .meets(GraphFault.nestedError(500, "generalException", "deep"))
        .call(2)
        .meets(GraphFault.gatewayPage(502))
        .call(3)
        .meets(Fault.status(503));

    assertThat(graph.get(id).json().path("error").path("innererror").path("code").asText())
        .isEqualTo("generalException");
    Reply page = graph.get(id);
    assertThat(page.status()).isEqualTo(502);
    assertThat(page.text()).startsWith("<html>");
    assertThat(graph.get(id).text()).isEmpty();
  }

  @Test
  void auditingOffCanBeSaidAtTheTop() throws Exception {
    simulator.on(Operation.CREATE_QUERY).call(1).meets(GraphFault.auditingOffAtTheTop());

    assertThat(graph.create(FROM, NOW).json().path("Status").asText())
        .isEqualTo("AuditingDisabledTenant");
  }

  @Test
  void aLostAnswerLeavesTheQueryBehindAndARefusedOneDoesNot() throws Exception {
    simulator
        .on(Operation.CREATE_QUERY)
        .call(1)
        .meets(Fault.closed())
        .call(2)
        .meets(GraphFault.tooManyRequests());

    assertThatThrownBy(() -> graph.create(Map.of("displayName", "lost")))
        .isInstanceOf(IOException.class);
    assertThat(graph.create(Map.of("displayName", "refused")).status()).isEqualTo(429);
    assertThat(graph.queries().json().path("value"))
        .extracting(query -> query.path("displayName").asText())
        .containsExactly("lost", "slice");
  }

  @Test
  void aSecondReadingCanHaveWhatTheFirstLacked() throws Exception {
    simulator.on(Operation.NEXT_RECORDS).call(1).meets(GraphFault.recordsLeftOut(3));

    assertThat(graph.allIds(id)).hasSize(7);
    assertThat(graph.allIds(id)).hasSize(10);
  }

  @Test
  void aCountCanBeWrongOrMissing() throws Exception {
    simulator
        .on(Operation.LIST_RECORDS)
        .call(1)
        .meets(GraphFault.countOffBy(2))
        .call(2)
        .meets(GraphFault.withoutCount());

    JsonNode page = graph.records(id).json();
    assertThat(page.path("@odata.count").asInt()).isEqualTo(page.path("value").size() + 2);
    assertThat(graph.records(id).json().has("@odata.count")).isFalse();
  }

  @Test
  void anEmptyPageLeadsOnToItsRecords() throws Exception {
    simulator.on(Operation.NEXT_RECORDS).call(1).meets(GraphFault.emptyPage());

    assertThat(graph.allIds(id)).hasSize(10).doesNotHaveDuplicates();
    assertThat(simulator.requests().count(Operation.NEXT_RECORDS)).isEqualTo(3);
  }

  @Test
  void linksCanGoInCirclesAstrayOrMissing() throws Exception {
    simulator
        .on(Operation.NEXT_RECORDS)
        .call(1)
        .meets(Fault.pageRepeated())
        .call(2)
        .meets(GraphFault.firstPageNext());
    simulator
        .on(Operation.LIST_RECORDS)
        .call(2)
        .meets(Fault.pageLost())
        .call(3)
        .meets(Fault.nextPageElsewhere())
        .call(4)
        .meets(Fault.nextPageInPlainHttp());

    Reply first = graph.records(id);
    URI second = GraphClient.link(first);
    assertThat(GraphClient.link(graph.get(second))).isEqualTo(second);
    Reply again = graph.get(GraphClient.link(graph.get(second)));
    assertThat(again.json().path("value")).isEqualTo(first.json().path("value"));
    assertThat(graph.records(id).json().has("@odata.nextLink")).isFalse();
    assertThat(GraphClient.link(graph.records(id)).getAuthority())
        .isNotEqualTo(simulator.graphUri().getAuthority());
    assertThat(GraphClient.link(graph.records(id)).getScheme()).isEqualTo("http");
    assertThat(simulator.faultsNotMet()).isEmpty();
  }

  @Test
  void theListOfQueriesHasTheSameFaults() throws Exception {
    tenant.querySettings().queriesPerPage(1);
    graph.create(FROM, NOW);
    simulator
        .on(Operation.LIST_QUERIES)
        .call(1)
        .meets(GraphFault.emptyPage())
        .call(2)
        .meets(Fault.nextPageElsewhere())
        .call(3)
        .meets(Fault.pageLost())
        .call(4)
        .meets(Fault.pageRepeated());

    Reply empty = graph.queries();
    assertThat(empty.json().path("value").size()).isZero();
    Reply first = graph.get(GraphClient.link(empty));
    assertThat(first.json().path("value").size()).isEqualTo(1);
    assertThat(GraphClient.link(first).getAuthority())
        .isNotEqualTo(simulator.graphUri().getAuthority());
    assertThat(graph.queries().json().has("@odata.nextLink")).isFalse();
    Reply again = graph.get(GraphClient.link(graph.queries()));
    assertThat(again.json().path("value")).isEqualTo(first.json().path("value"));
    assertThat(simulator.faultsNotMet()).isEmpty();
  }

  @Test
  void aRecordCanBeBrokenReplacedAddedOrWithoutItsEvent() throws Exception {
    simulator
        .on(Operation.LIST_RECORDS)
        .call(1)
        .meets(Fault.brokenElement(1))
        .call(2)
        .meets(Fault.element(1, "{\"id\":\"other\"}"), Fault.furtherElement("7"))
        .call(3)
        .meets(GraphFault.eventsAsText())
        .call(4)
        .meets(GraphFault.withoutProperty("auditData"));

    Reply broken = graph.records(id);
    assertThatThrownBy(broken::json).isInstanceOf(JsonProcessingException.class);
    JsonNode changed = graph.records(id).json().path("value");
    assertThat(changed.get(1).path("id").asText()).isEqualTo("other");
    assertThat(changed.get(4).asInt()).isEqualTo(7);
    JsonNode text = graph.records(id).json().path("value").get(0).path("auditData");
    assertThat(TestClient.JSON.readTree(text.asText()).path("Id").isTextual()).isTrue();
    assertThat(graph.records(id).json().path("value").get(0).has("auditData")).isFalse();
  }

  @Test
  void bodiesCanBeCutOrHtmlOrWrapped() throws Exception {
    simulator
        .on(Operation.LIST_RECORDS)
        .call(1)
        .meets(Fault.cutAfter(300))
        .call(2)
        .meets(Fault.cutAfter(300, Fault.Framing.COMPLETE))
        .call(3)
        .meets(Fault.html());
    simulator.on(Operation.GET_QUERY).call(1).meets(GraphFault.wrappedInValue());

    assertThatThrownBy(() -> graph.records(id)).isInstanceOf(IOException.class);
    Reply cut = graph.records(id);
    assertThat(cut.status()).isEqualTo(200);
    assertThatThrownBy(cut::json).isInstanceOf(JsonProcessingException.class);
    assertThat(graph.records(id).text()).startsWith("<!DOCTYPE html>");
    assertThat(graph.get(id).json().path("value").get(0).path("id").asText()).isEqualTo(id);
  }

  @Test
  void aRedirectOfGraphStaysThereAndFollowingItIsABreach() throws Exception {
    simulator.on(Operation.GET_QUERY).call(1).meets(Fault.redirectToSameHost());

    URI target = URI.create(graph.get(id).header("Location").orElseThrow());

    assertThat(target.toString()).startsWith(simulator.graphUri().toString());
    graph.get(target);
    assertThat(simulator.breaches(Rule.REDIRECT_FOLLOWED)).hasSize(1);
  }

  @Test
  void anotherPathIsABreach() throws Exception {
    assertThat(graph.get(URI.create(simulator.graphUri() + "/v1.0/users")).status()).isEqualTo(404);
    assertThat(simulator.breaches(Rule.UNKNOWN_OPERATION)).hasSize(1);
  }

  @Test
  void graphStopsAndStartsListeningWithTheRest() throws Exception {
    simulator.stopListening();
    assertThatThrownBy(() -> graph.get(id)).isInstanceOf(IOException.class);
    simulator.listenAgain();
    assertThat(graph.get(id).status()).isEqualTo(200);
  }
}
