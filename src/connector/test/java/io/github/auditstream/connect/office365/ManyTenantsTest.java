package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.fixtures.LeakedThreads;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Call;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many tenants in one task. Requests that hang do so for an hour, longer than the test lasts: what
 * waited for one of them would not be done by its end.
 */
@Timeout(300)
class ManyTenantsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ContentType[] TYPES = {
    ContentType.EXCHANGE,
    ContentType.SHAREPOINT,
    ContentType.GENERAL,
    ContentType.AZURE_ACTIVE_DIRECTORY
  };
  private static final int EVENTS = 5;

  /** What docs/limits.md says of a task, whatever the number of its tenants. */
  private static final int MOST_RETRIEVALS = 64;

  private final LeakedThreads threads = new LeakedThreads();
  private final List<SimulatedTenant> tenants = new ArrayList<>();
  private final Set<String> arrived = new HashSet<>();
  private Simulator simulator;
  private Office365AuditSourceTask task;

  @BeforeEach
  void startSimulator() throws Exception {
    simulator = Simulator.builder().tenant(tenant -> tenant.subscribedToAll()).start();
    tenants.add(simulator.tenant());
  }

  @AfterEach
  void close() {
    if (task != null) {
      task.stop();
    }
    simulator.close();
    threads.awaitNone();
  }

  private void tenants(int count) {
    while (tenants.size() < count) {
      tenants.add(simulator.addTenant(tenant -> tenant.subscribedToAll()));
    }
  }

  private void hang(Operation operation, Predicate<Call> where) {
    simulator.on(operation).where(where).always().meets(Fault.delayed(HOUR));
  }

  private static Predicate<Call> of(List<SimulatedTenant> some) {
    Set<UUID> ids = new HashSet<>();
    some.forEach(tenant -> ids.add(tenant.id()));
    return call -> call.tenantId().filter(ids::contains).isPresent();
  }

  private void publish(List<SimulatedTenant> some, int blobs) {
    for (SimulatedTenant tenant : some) {
      for (ContentType type : TYPES) {
        for (int i = 0; i < blobs; i++) {
          tenant.blob(type).createdAgo(Duration.ofMinutes(5)).events(EVENTS).add();
        }
      }
    }
  }

  private void start() {
    start(HOUR);
  }

  private void start(Duration requestTimeout) {
    TaskRig rig =
        new TaskRig(simulator, tenants.get(0))
            .with("request.timeout.ms", Long.toString(requestTimeout.toMillis()))
            .reading(TYPES);
    tenants.stream().skip(1).forEach(rig::and);
    task = rig.start();
  }

  /** Polls until all feeds of some tenants have so many blobs read to their end. */
  private void awaitReceipts(List<SimulatedTenant> some, int blobs) {
    Set<String> ids = new HashSet<>();
    some.forEach(tenant -> ids.add(tenant.id().toString()));
    int wanted = some.size() * TYPES.length * blobs;
    await("receipts of " + some.size() + " tenants")
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (SourceRecord record : polled()) {
                if (record.topic().endsWith(".receipts")) {
                  Struct receipt = (Struct) record.value();
                  if (ids.contains(receipt.getString("Tenant"))) {
                    arrived.add(receipt.getString("ContentId"));
                  }
                }
              }
              return arrived.size() == wanted;
            });
  }

  private List<SourceRecord> polled() throws InterruptedException {
    List<SourceRecord> records = task.poll();
    return records == null ? List.of() : records;
  }

  @ParameterizedTest
  @CsvSource({"LIST_CONTENT, 1, 2", "TOKEN, 9, 2", "RETRIEVE_BLOB, 1, 40"})
  void tenantsThatGetNoAnswerDoNotSlowDownTheOthers(Operation operation, int hanging, int blobs) {
    tenants(12);
    List<SimulatedTenant> others = tenants.subList(hanging, 12);
    hang(operation, of(tenants.subList(0, hanging)));
    publish(tenants, blobs);

    start();

    awaitReceipts(others, blobs);
  }

  @Test
  void aTenantWhoseBlobsStallDoesNotSlowDownTheOthers() {
    tenants(6);
    List<SimulatedTenant> others = tenants.subList(1, 6);
    simulator
        .on(Operation.RETRIEVE_BLOB)
        .where(of(tenants.subList(0, 1)))
        .always()
        .meets(Fault.dripping(1, HOUR));
    publish(tenants, 10);

    start(Duration.ofSeconds(20));

    awaitReceipts(others, 10);
  }

  @Test
  void unansweredBlobsOfManyTenantsTakeNoThreadsAndBoundedConnections() {
    tenants(40);
    Set<String> asked = ConcurrentHashMap.newKeySet();
    hang(
        Operation.RETRIEVE_BLOB,
        call -> {
          asked.add(call.contentId());
          return true;
        });
    publish(tenants, 10);

    start();

    await("all tenants' listings")
        .atMost(Duration.ofMinutes(4))
        .until(() -> simulator.requests().count(Operation.LIST_CONTENT) >= 2L * 40 * TYPES.length);
    assertThat(threads.now().stream().map(Thread::getName).filter(name -> name.contains("-fetch-")))
        .as("threads that read what has not come")
        .isEmpty();
    assertThat(asked).as("blobs asked for").hasSizeBetween(1, MOST_RETRIEVALS);
  }
}
