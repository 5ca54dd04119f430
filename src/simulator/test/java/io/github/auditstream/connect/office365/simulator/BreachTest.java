package io.github.auditstream.connect.office365.simulator;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.model.ContentType.SHAREPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of the API is broken once, and is the only one that is written down. */
class BreachTest {
  private static final Instant NOW = Instant.parse("2026-08-05T12:00:00Z");

  private final AdjustableClock clock = AdjustableClock.standingAt(NOW);
  private final Map<Rule, Offence> offences = new EnumMap<>(Rule.class);
  private Simulator simulator;
  private SimulatedTenant tenant;
  private TestClient client;
  private GraphClient graph;

  /** What a client does to break a rule. */
  private interface Offence {
    void commit() throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.builder()
            .clock(clock)
            .pageSize(2)
            .tokenRequestsPerMinute(2)
            .tenant(t -> t.subscribed(EXCHANGE))
            .start();
    tenant = simulator.tenant();
    client = TestClient.of(simulator).signedIn();
    graph = GraphClient.of(simulator);
    describeOffences();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void recordsTheBreachOf(Rule rule) throws Exception {
    Offence offence = offences.getOrDefault(rule, () -> fail("nothing here breaks " + rule));
    assertThat(simulator.breaches()).isEmpty();

    offence.commit();

    assertThat(simulator.breaches(rule)).hasSize(1);
    assertThat(simulator.breaches(rule).get(0).sentence()).isNotEmpty();
    assertThat(simulator.breachesExcept(rule, alsoBroken(rule))).isEmpty();
  }

  @Test
  void neverShowsACredential() throws Exception {
    client.get(client.feed("subscriptions/list?client_secret=hush&" + client.publisher()));
    client.post("/nowhere?access_token=hush", Map.of("client_secret", "hush"));

    assertThat(simulator.breaches()).isNotEmpty();
    assertThat(simulator.breaches().toString()).doesNotContain("hush");
    assertThat(simulator.breaches().toString()).doesNotContain(client.bearer());
  }

  @Test
  void fiveSecondsAfterItsEndABlobMayStillBeAskedFor() throws Exception {
    PublishedBlob blob = tenant.blob(EXCHANGE).createdAgo(Duration.ofDays(7)).add();
    clock.advance(Duration.ofSeconds(4));

    assertThat(client.retrieve(blob).code()).isEqualTo("AF20051");
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void aSecondOfJitterDoesNotBreakTheQuota() throws Exception {
    tenant.requestsPerMinute(2);
    client.subscriptions();
    client.subscriptions();
    clock.advance(Duration.ofMillis(59_100));

    assertThat(client.subscriptions().status()).isEqualTo(200);
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void missingGzipIsNotedOnly() throws Exception {
    client.subscriptions();

    assertThat(simulator.notes())
        .containsExactly("LIST_SUBSCRIPTIONS without Accept-Encoding: gzip (1 times)");
    assertThat(simulator.breaches()).isEmpty();
  }

  /** The rule that cannot but be broken together with another; the rule itself where none is. */
  private static Rule alsoBroken(Rule rule) {
    return switch (rule) {
      case TOKEN_SENT_ELSEWHERE -> Rule.REQUEST_SENT_ELSEWHERE;
      case SENT_BEFORE_RETRY_AFTER -> Rule.OVER_QUOTA;
      default -> rule;
    };
  }

  private void describeOffences() {
    offences.put(Rule.MISSING_AUTHORIZATION, () -> client.bearing("").subscriptions());
    offences.put(Rule.WRONG_AUTHORIZATION, () -> client.bearing("made up").subscriptions());
    offences.put(Rule.TOKEN_OF_ANOTHER_RESOURCE, () -> graph.bearing(client.bearer()).queries());
    offences.put(
        Rule.QUERY_NOT_DOCUMENTED,
        () -> graph.create(Map.of("displayName", "x", "status", "running")));
    offences.put(Rule.QUERY_RANGE_REVERSED, () -> graph.create(NOW, NOW.minusSeconds(1)));
    offences.put(
        Rule.OVER_QUERY_QUOTA,
        () -> {
          tenant.querySettings().creationsADay(1);
          graph.create(NOW.minusSeconds(60), NOW);
          graph.create(NOW.minusSeconds(60), NOW);
        });
    offences.put(
        Rule.OVER_QUERY_SLOTS,
        () -> {
          tenant.querySettings().slots(1);
          graph.create(NOW.minusSeconds(60), NOW);
          graph.create(NOW.minusSeconds(60), NOW);
        });
    offences.put(
        Rule.RECORDS_BEFORE_SUCCESS,
        () -> graph.records(graph.create(NOW.minusSeconds(60), NOW).json().path("id").asText()));
    offences.put(
        Rule.UNKNOWN_QUERY_OPTION,
        () ->
            graph.records(graph.succeeded(NOW.minusSeconds(60), NOW), "$orderby=createdDateTime"));
    offences.put(
        Rule.TOKEN_OF_ANOTHER_TENANT,
        () -> {
          SimulatedTenant other = simulator.addTenant(setup -> {});
          new TestClient(simulator, other).bearing(client.bearer()).subscriptions();
        });
    offences.put(Rule.MISSING_PUBLISHER, () -> client.get(client.feed("subscriptions/list")));
    offences.put(Rule.PUBLISHER_NOT_A_GUID, () -> client.publisher("contoso").subscriptions());
    offences.put(
        Rule.PARAMETER_REPEATED,
        () -> client.get(client.feed("subscriptions/list?x=1&X=2&" + client.publisher())));
    offences.put(
        Rule.TENANT_NOT_A_GUID,
        () ->
            client.get(
                URI.create(
                    simulator.baseUri()
                        + "/api/v1.0/contoso.example/activity/feed/subscriptions/list?"
                        + client.publisher())));
    offences.put(
        Rule.ONE_TIME_BOUND,
        () ->
            client.get(
                client.feed(
                    "subscriptions/content?contentType=Audit.Exchange&startTime=2026-08-05&"
                        + client.publisher())));
    offences.put(
        Rule.TIME_FORMAT,
        () -> client.content("Audit.Exchange", "2026-08-05T01:00:00.000Z", "2026-08-05T02:00:00Z"));
    offences.put(
        Rule.WINDOW_TOO_LONG, () -> client.content(EXCHANGE, NOW.minusSeconds(86_401), NOW));
    offences.put(Rule.WINDOW_EMPTY, () -> client.content(EXCHANGE, NOW, NOW));
    offences.put(
        Rule.WINDOW_TOO_OLD,
        () ->
            client.content(
                EXCHANGE,
                NOW.minus(Duration.ofDays(7)).minusSeconds(1),
                NOW.minusSeconds(550_000)));
    offences.put(
        Rule.UNKNOWN_CONTENT_TYPE,
        () -> client.content("Audit.Teams", "2026-08-05T01:00:00", "2026-08-05T02:00:00"));
    offences.put(
        Rule.EXPIRED_BLOB,
        () -> {
          PublishedBlob blob = tenant.blob(EXCHANGE).expires(NOW.minusSeconds(6)).add();
          assertThat(client.retrieve(blob).code()).isEqualTo("AF20051");
        });
    offences.put(
        Rule.BLOB_OF_ANOTHER_TENANT,
        () -> {
          SimulatedTenant other = simulator.addTenant(TenantSetup::subscribedToAll);
          String id = other.blob(EXCHANGE).add().contentId();
          client.get(client.feed("audit/" + id + "?" + client.publisher()));
        });
    offences.put(
        Rule.UNKNOWN_BLOB, () -> client.get(client.feed("audit/1$1$x$X$y?" + client.publisher())));
    offences.put(
        Rule.CONTENT_URI_ALTERED,
        () -> {
          String id = tenant.blob(EXCHANGE).add().contentId().replace("$", "%24");
          client.get(client.feed("audit/" + id + "?" + client.publisher()));
        });
    offences.put(
        Rule.PAGE_TOKEN_ALTERED,
        () -> {
          tenant.history(EXCHANGE, Duration.ofHours(1), 3, 1);
          String page = client.lastDay(EXCHANGE).header("NextPageUri").orElseThrow();
          client.get(URI.create(page + "x&" + client.publisher()));
        });
    offences.put(
        Rule.OVER_QUOTA,
        () -> {
          tenant.requestsPerMinute(1);
          client.subscriptions();
          client.subscriptions();
        });
    offences.put(
        Rule.SENT_BEFORE_RETRY_AFTER,
        () -> {
          tenant.throttleWith(429, Optional.of(Duration.ofSeconds(90)));
          tenant.requestsPerMinute(0);
          client.subscriptions();
          tenant.requestsPerMinute(10);
          clock.advance(Duration.ofSeconds(60));
          client.subscriptions();
        });
    offences.put(Rule.START_ON_ENABLED, () -> client.start(EXCHANGE));
    offences.put(
        Rule.START_TOO_SOON,
        () -> {
          client.start(SHAREPOINT);
          tenant.subscriptions().disable(SHAREPOINT);
          clock.advance(Duration.ofMinutes(14));
          client.start(SHAREPOINT);
        });
    offences.put(Rule.STOP_CALLED, () -> client.stop(EXCHANGE));
    offences.put(
        Rule.TOO_MANY_TOKEN_REQUESTS,
        () -> {
          client.signedIn();
          client.signedIn();
        });
    offences.put(
        Rule.CREDENTIAL_IN_URL,
        () -> client.get(client.feed("subscriptions/list?access_token=x&" + client.publisher())));
    offences.put(
        Rule.TOKEN_SENT_ELSEWHERE,
        () -> {
          simulator.on(Operation.LIST_CONTENT).call(1).meets(Fault.blobsElsewhere());
          tenant.blob(EXCHANGE).add();
          String uri = client.lastDay(EXCHANGE).json().get(0).path("contentUri").asText();
          client.get(URI.create(uri + "?" + client.publisher()));
        });
    offences.put(
        Rule.REQUEST_SENT_ELSEWHERE,
        () -> {
          simulator.on(Operation.LIST_CONTENT).call(1).meets(Fault.nextPageInPlainHttp());
          tenant.history(EXCHANGE, Duration.ofHours(1), 3, 1);
          String page = client.lastDay(EXCHANGE).header("NextPageUri").orElseThrow();
          client.send(HttpRequest.newBuilder(URI.create(page)));
        });
    offences.put(
        Rule.REDIRECT_FOLLOWED,
        () -> {
          simulator.on(Operation.LIST_SUBSCRIPTIONS).call(1).meets(Fault.redirectToSameHost());
          URI target = URI.create(client.subscriptions().header("Location").orElseThrow());
          client.get(target);
        });
    offences.put(
        Rule.UNKNOWN_OPERATION,
        () -> client.get(client.feed("subscriptions/" + UUID.randomUUID())));
  }
}
