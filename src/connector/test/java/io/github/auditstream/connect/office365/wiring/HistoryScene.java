package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.AdjustableClock;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.FaultPoint;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Rule;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Two days of a tenant's history, what is in its way, and what must have come of it in the end:
 * every event in the topics once, unless the row says otherwise.
 */
final class HistoryScene implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Operation> QUERIES =
      List.of(
          Operation.LIST_QUERIES,
          Operation.CREATE_QUERY,
          Operation.GET_QUERY,
          Operation.LIST_RECORDS,
          Operation.NEXT_RECORDS);
  private static final int FIRST_DAY = 12;
  private static final int LAST_DAY = 10;
  private static final int EVENTS_A_BLOB = 20;

  /** Beside those of the events. */
  private static final String PERSON = "ada.lovelace@contoso.example";

  private final AdjustableClock clock = AdjustableClock.running();
  private final Simulator simulator;
  private final SimulatedTenant tenant;
  private final HistoryRig rig;
  private final Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
  private final List<String> further = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private Duration leapt = Duration.ZERO;
  private String end = "DONE";
  private int deadLetters;
  private boolean allEvents = true;
  private Optional<String> incomplete = Optional.empty();

  HistoryScene() throws Exception {
    simulator = Simulator.builder().clock(clock).tenant(t -> t.subscribedToAll()).start();
    tenant = simulator.tenant();
    secrets.add(tenant.clientSecret());
    rig =
        new HistoryRig(simulator, tenant, clock)
            .with("history.from", from().toString())
            .with("history.until", until().toString())
            .with("history.page.size", "30")
            .with("history.queries.per.day", "1000");
    tenant.querySettings().creationsADay(1_000);
  }

  Simulator simulator() {
    return simulator;
  }

  SimulatedTenant tenant() {
    return tenant;
  }

  HistoryRig rig() {
    return rig;
  }

  private Instant daysAgo(int days) {
    return today.minus(Duration.ofDays(days));
  }

  /** The beginning of the first slice. */
  Instant from() {
    return daysAgo(FIRST_DAY);
  }

  /** The border of the two slices. */
  Instant middle() {
    return daysAgo(FIRST_DAY - 1);
  }

  Instant until() {
    return daysAgo(LAST_DAY);
  }

  /** Eighty events a day, also before and behind what is read. */
  HistoryScene events() {
    List<ContentType> types = List.of(ContentType.values());
    int number = 0;
    for (int day = FIRST_DAY + 1; day >= LAST_DAY; day--) {
      for (int blob = 0; blob < 4; blob++) {
        tenant
            .blob(types.get(number++ % types.size()))
            .created(daysAgo(day).plus(Duration.ofHours(6L * blob + 1)))
            .events(EVENTS_A_BLOB)
            .onlySearchable()
            .add();
      }
    }
    return this;
  }

  /** Events of the test's own. */
  HistoryScene events(Instant created, String... events) {
    tenant.blob(ContentType.GENERAL).created(created).events(events).onlySearchable().add();
    return this;
  }

  /** An event's JSON; its properties follow the usual ones. */
  static String event(String id, Instant time, String properties) {
    return "{\"Id\":\""
        + id
        + "\",\"RecordType\":15,\"CreationTime\":\""
        + time.toString().substring(0, 19)
        + "\",\"Operation\":\"UserLoggedIn\",\"OrganizationId\":"
        + "\"11111111-2222-4333-8444-555555555555\",\"UserType\":0,\"UserKey\":\"k\","
        + "\"Workload\":\"AzureActiveDirectory\",\"UserId\":\""
        + PERSON
        + "\",\"Version\":1"
        + properties
        + "}";
  }

  FaultPoint on(Operation operation) {
    return simulator.on(operation);
  }

  /** The first list, creation, poll, and first and further page of records each meet a fault. */
  HistoryScene everywhere(Fault fault) {
    for (Operation operation : QUERIES) {
      on(operation).call(1).meets(fault);
    }
    return this;
  }

  /** Another page of records than it would have been. */
  static Fault page(String label, Consumer<ArrayNode> change) {
    return body(
        label,
        page -> {
          ArrayNode records = page.withArray("/value");
          change.accept(records);
          page.put("@odata.count", records.size());
        });
  }

  /** Another body than it would have been. */
  static Fault body(String label, Consumer<ObjectNode> change) {
    return new Fault.Body(
        label,
        "application/json",
        right -> {
          try {
            ObjectNode body = (ObjectNode) JSON.readTree(new String(right, StandardCharsets.UTF_8));
            change.accept(body);
            return JSON.writeValueAsBytes(body);
          } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  HistoryScene with(String key, String value) {
    rig.with(key, value);
    if (key.equals("client.secret")) {
      secrets.add(value);
    }
    return this;
  }

  HistoryScene start() {
    rig.start();
    return this;
  }

  /** The task is killed, and what was not committed is lost. */
  HistoryScene restart() {
    rig.kill();
    rig.start();
    return this;
  }

  /** The tenant's entry in the ledger comes to a state. */
  HistoryScene until(String state) throws InterruptedException {
    rig.runUntil(() -> rig.is(state));
    return this;
  }

  /** Something keeps the tenant from being read, if only for a moment, and the ledger says what. */
  HistoryScene untilTroubled(String words) throws InterruptedException {
    rig.runUntil(
        () ->
            rig.in("office365.history").stream()
                .map(record -> (Struct) record.value())
                .anyMatch(
                    entry ->
                        entry.getString("State").equals("TROUBLED")
                            && entry.getString("Reason").contains(words)));
    return this;
  }

  HistoryScene untilCreated(long queries) throws InterruptedException {
    rig.runUntil(() -> tenant.queries().created() >= queries);
    return this;
  }

  HistoryScene untilSent(int events) throws InterruptedException {
    rig.runUntil(() -> rig.events().size() >= events);
    return this;
  }

  /** The clocks go on, here and there. */
  HistoryScene timePasses(Duration time) {
    clock.advance(time);
    rig.timePasses(time);
    return this;
  }

  /** The worker's clock is set to another time, and the server's is not. */
  HistoryScene clockLeaps(Duration leap) {
    leapt = leapt.plus(leap);
    clock.advance(leap);
    simulator.clockSkew(leapt.negated());
    return this;
  }

  /** Something stays incomplete, and the ledger says why. */
  HistoryScene endsIncomplete(String why) {
    end = "INCOMPLETE";
    incomplete = Optional.of(why);
    return this;
  }

  /** Not all events of the range can be got: none but these, each once. */
  HistoryScene withoutAll() {
    allEvents = false;
    return this;
  }

  /** Records in the topics that the store knows by another Id. */
  HistoryScene further(String... keys) {
    further.addAll(List.of(keys));
    return this;
  }

  HistoryScene deadLetters(int number) {
    deadLetters = number;
    return this;
  }

  /** The slices' entries of the ledger. */
  Collection<Struct> slices() {
    return rig.ledger().values().stream()
        .filter(entry -> entry.getString("Kind").equals("SLICE"))
        .toList();
  }

  List<String> states() {
    return slices().stream().map(entry -> entry.getString("State")).toList();
  }

  private List<String> offered() {
    return offered(from(), until());
  }

  /** The Ids of the events that there are of a span. */
  List<String> offered(Instant from, Instant until) {
    return tenant.queries().idsBetween(from, until, clock.instant());
  }

  /** Runs to the end, and looks at what came of it. */
  void finish(Rule... allowed) throws InterruptedException {
    until(end);
    assertThat(simulator.faultsNotMet()).isEmpty();
    List<String> wanted = new ArrayList<>(offered());
    wanted.addAll(further);
    List<String> sent = new ArrayList<>(rig.eventIds());
    assertThat(sent).doesNotHaveDuplicates();
    // Queries have their very end, too.
    sent.removeAll(offered(until(), until().plusSeconds(1)));
    if (allEvents) {
      assertThat(sent).containsExactlyInAnyOrderElementsOf(wanted);
    } else {
      assertThat(sent).isSubsetOf(wanted);
    }
    List<Object> letters = rig.in("office365.deadletter").stream().map(SourceRecord::key).toList();
    assertThat(letters).doesNotHaveDuplicates().hasSize(deadLetters);
    assertThat(slices()).extracting(entry -> entry.getString("State")).isSubsetOf(ends());
    incomplete.ifPresent(
        why ->
            assertThat(slices())
                .filteredOn(entry -> !entry.getString("State").equals("DONE"))
                .extracting(entry -> entry.getString("Reason"))
                .anyMatch(reason -> reason.contains(why)));
    assertThat(simulator.breachesExcept(allowed)).isEmpty();
    saysNothingThatIsNobodysBusiness();
  }

  private List<String> ends() {
    return incomplete.isPresent()
        ? List.of("DONE", "SPLIT", "INCOMPLETE")
        : List.of("DONE", "SPLIT");
  }

  /** The ledger's reasons and the dead letters' go to topics that many may read. */
  private void saysNothingThatIsNobodysBusiness() {
    List<String> texts = new ArrayList<>();
    rig.in("office365.history")
        .forEach(record -> texts.add(String.valueOf(((Struct) record.value()).get("Reason"))));
    rig.in("office365.deadletter")
        .forEach(record -> texts.add(String.valueOf(((Struct) record.value()).get("Reason"))));
    List<String> tokens =
        simulator.requests().latest().stream()
            .map(request -> request.call().authorization().replaceFirst("^Bearer ", ""))
            .filter(token -> !token.isEmpty())
            .distinct()
            .toList();
    assertThat(texts)
        .noneMatch(text -> text.contains("@"))
        .noneMatch(text -> secrets.stream().anyMatch(text::contains))
        .noneMatch(text -> tokens.stream().anyMatch(text::contains));
  }

  @Override
  public void close() {
    rig.close();
    simulator.close();
  }
}
