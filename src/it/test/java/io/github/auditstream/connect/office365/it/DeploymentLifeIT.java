package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Rule;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a deployment lives through in its years: after each change every event is in Kafka once, and
 * twice only where {@code docs/operations.md} says so.
 */
@ExtendWith(SharedStack.class)
class DeploymentLifeIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final int EVENTS = 3;

  private final WorkerProcess worker;
  private final TopicReader reader;
  private final Simulator simulator;
  private final Set<String> prefixes = new HashSet<>();
  private final Set<String> connectors = new HashSet<>();
  private final Map<String, Long> repeated = new TreeMap<>();

  DeploymentLifeIT(ConnectStack stack, WorkerProcess exactlyOnce) throws Exception {
    worker = exactlyOnce;
    reader = stack.reader(Isolation.READ_COMMITTED);
    simulator = Simulator.builder().tenant(tenant -> tenant.subscribedToAll()).start();
  }

  @BeforeEach
  void beginWithSomeHistory() {
    publishHistory(simulator.tenant());
  }

  @AfterEach
  void end() {
    connectors.forEach(worker.rest()::delete);
    reader.close();
    simulator.close();
  }

  private static void publishHistory(SimulatedTenant tenant) {
    tenant.history(ContentType.EXCHANGE, Duration.ofDays(2), 6, EVENTS);
    tenant.history(ContentType.SHAREPOINT, Duration.ofDays(2), 6, EVENTS);
  }

  /** One new blob of each tenant and content type. */
  private List<PublishedBlob> publishNow() {
    List<PublishedBlob> published = new ArrayList<>();
    for (SimulatedTenant tenant : simulator.tenants()) {
      published.add(tenant.blob(ContentType.EXCHANGE).events(EVENTS).add());
      published.add(tenant.blob(ContentType.SHAREPOINT).events(EVENTS).add());
    }
    return published;
  }

  private Map<String, String> config(String prefix, int tasksMax) {
    Map<String, String> config = new SimulatedConnector(simulator, prefix).config(tasksMax);
    config.put("content.types", "Audit.Exchange,Audit.SharePoint");
    return config;
  }

  private void put(String name, Map<String, String> config) {
    connectors.add(name);
    prefixes.add(config.get("topic.prefix"));
    worker.rest().put(name, config);
  }

  private String[] receiptTopics() {
    return prefixes.stream().map(prefix -> prefix + ".receipts").toArray(String[]::new);
  }

  /** Waits for that many receipts of all that was published, and then compares every event. */
  private void awaitAll(String change) {
    long receipts =
        simulator.ledger().blobCount()
            + repeated.values().stream().mapToLong(Long::longValue).sum() / EVENTS;
    reader.readUntil(
        List.of(receiptTopics()),
        receipts + " receipts when " + change,
        LIMIT,
        records -> records.size() >= receipts);
    compare(change);
  }

  private void compare(String change) {
    List<String> topics = reader.topics("");
    List<ReadRecord> records = new ArrayList<>();
    prefixes.forEach(
        prefix -> records.addAll(reader.readAll(SimulatedConnector.eventTopics(topics, prefix))));
    Map<String, Long> expected = new SimulatedConnector(simulator, "").expected();
    repeated.forEach((event, times) -> expected.merge(event, times, Long::sum));
    assertThat(SimulatedConnector.arrived(records)).as(change).isEqualTo(expected);
  }

  /** The events of these are once more in Kafka. */
  private void repeats(List<PublishedBlob> blobs) {
    Set<String> ids = new HashSet<>();
    blobs.forEach(blob -> ids.addAll(blob.eventIds()));
    new SimulatedConnector(simulator, "")
        .expected()
        .forEach(
            (event, times) -> {
              if (ids.contains(event.substring(event.lastIndexOf(' ') + 1))) {
                repeated.merge(event, times, Long::sum);
              }
            });
  }

  @Test
  void everyChangeOfTheConfigurationKeepsEveryEventOnce() throws Exception {
    String name = "life";
    put(name, config(name, 1));
    awaitAll("it has started");

    publishHistory(simulator.addTenant(tenant -> tenant.subscribedToAll()));
    publishNow();
    put(name, config(name, 1));
    awaitAll("a tenant was added");

    Map<String, String> exchange = config(name, 1);
    exchange.put("content.types", "Audit.Exchange");
    put(name, exchange);
    worker.rest().awaitRunning(name, 1, LIMIT);
    publishNow();
    put(name, config(name, 1));
    awaitAll("a content type was removed and added back");

    Map<String, String> one = config(name, 1);
    one.put("tenants", "t0");
    one.keySet().removeIf(key -> key.startsWith("tenants.t1."));
    put(name, one);
    worker.rest().awaitRunning(name, 1, LIMIT);
    publishNow();
    put(name, config(name, 1));
    awaitAll("a tenant was removed and added back");

    put(name, renamed(config(name, 1)));
    publishNow();
    awaitAll("an alias was renamed");

    put(name, inCapitals(config(name, 1)));
    publishNow();
    awaitAll("tenant ids are in capitals");

    for (int tasks : List.of(4, 2, 1)) {
      put(name, config(name, tasks));
      publishNow();
      awaitAll("tasks.max is " + tasks);
    }

    put(name, config("life-elsewhere", 2));
    publishNow();
    awaitAll("the prefix was changed");
    put(name, config(name, 2));
    publishNow();
    awaitAll("the prefix was changed back");
    // Each task that starts asks for tokens of its own, and many have started within a minute.
    assertThat(simulator.breachesExcept(Rule.TOO_MANY_TOKEN_REQUESTS)).isEmpty();
  }

  private static Map<String, String> renamed(Map<String, String> config) {
    Map<String, String> renamed = new TreeMap<>();
    config.forEach(
        (key, value) -> renamed.put(key.replace("tenants.t0.", "tenants.contoso."), value));
    renamed.put("tenants", "contoso,t1");
    return renamed;
  }

  private static Map<String, String> inCapitals(Map<String, String> config) {
    Map<String, String> capitals = new TreeMap<>(config);
    capitals.replaceAll(
        (key, value) -> key.endsWith(".tenant.id") ? value.toUpperCase(Locale.ROOT) : value);
    return capitals;
  }

  @Test
  void anOldCopyOfTheOffsetsRepeatsWhatCameSinceAndNothingElse() throws Exception {
    String name = "life-copied";
    put(name, config(name, 2));
    awaitAll("it has started");
    worker.rest().stop(name);
    JsonNode copy = worker.rest().offsets(name);
    assertThat(copy).hasSize(2);
    worker.rest().resume(name);
    List<PublishedBlob> since = publishNow();
    awaitAll("it was stopped and resumed");

    worker.rest().stop(name);
    ObjectMapper json = new ObjectMapper();
    for (JsonNode entry : copy) {
      worker
          .rest()
          .patchOffset(
              name,
              json.convertValue(entry.get("partition"), MAP),
              json.convertValue(entry.get("offset"), MAP));
    }
    worker.rest().resume(name);
    repeats(since);
    awaitAll("an old copy of the offsets was put back");
    publishNow();
    awaitAll("content has come afterwards");
  }

  @Test
  void twoConnectorsOnOneTenantAndPrefixWriteEveryEventTwice() throws Exception {
    String name = "life-twice";
    put(name, config(name, 1));
    awaitAll("it has started");
    put(name + "-other", config(name, 1));
    repeats(simulator.ledger().blobs());
    awaitAll("another reads the same");

    worker.rest().delete(name + "-other");
    connectors.remove(name + "-other");
    publishNow();
    awaitAll("the other is gone");
  }
}
