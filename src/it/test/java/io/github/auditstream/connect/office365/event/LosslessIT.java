package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import io.github.auditstream.connect.office365.it.SharedStack;
import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.transforms.RestoreEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every event comes back equal as JSON, all the way: simulator, worker, Confluent's converter,
 * broker, registry and back.
 */
@ExtendWith(SharedStack.class)
class LosslessIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int EVENTS_A_BLOB = 100;
  private static final int MEGABYTE = 1_000_000;

  private final AuditEventRestorer restorer = new AuditEventRestorer();

  private static List<String> generated() {
    List<String> events = new ArrayList<>();
    for (Workload workload : Workloads.all()) {
      GeneratedEvents random = new GeneratedEvents(workload.hashCode());
      events.add(random.full(workload));
      for (int i = 0; i < 20; i++) {
        events.add(random.some(workload));
      }
    }
    return events;
  }

  private static List<String> hostile() {
    List<String> events = new ArrayList<>();
    HostileEvents random = new HostileEvents(20_261_121);
    for (Workload workload : Workloads.all()) {
      for (int i = 0; i < 30; i++) {
        events.add(random.event(workload.name(), new EventSchemas().forWorkload(workload)));
      }
    }
    String megabyte = "m\u00e9ga".repeat(MEGABYTE / 4);
    events.add("{\"Id\":\"large\",\"Workload\":\"Exchange\",\"ObjectId\":\"" + megabyte + "\"}");
    events.add("{\"Id\":\"large\",\"Workload\":\"Exchange\",\"Unknown\":\"" + megabyte + "\"}");
    return events;
  }

  @Test
  void realEventsComeBack(ConnectStack stack, ConnectRest rest) throws Exception {
    roundTrip("lossless-real", SharedEvents.all(), stack, rest);
  }

  @Test
  void generatedEventsComeBack(ConnectStack stack, ConnectRest rest) throws Exception {
    roundTrip("lossless-generated", generated(), stack, rest);
  }

  @Test
  void hostileEventsComeBack(ConnectStack stack, ConnectRest rest) throws Exception {
    roundTrip("lossless-hostile", hostile(), stack, rest);
  }

  @Test
  void theTransformGivesTheirTextInsideAWorker(ConnectStack stack, ConnectRest rest)
      throws Exception {
    List<String> events = generated();
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      Map<String, String> originals = publish(simulator.tenant(), events);
      Map<String, String> config =
          new HashMap<>(new SimulatedConnector(simulator, "restored").config(1));
      config.put("transforms", "restore");
      config.put("transforms.restore.type", RestoreEvent.class.getName());
      config.put("transforms.restore.field", "OriginalJson");
      rest.put("restored", config);

      List<ReadRecord> records = read(reader, "restored", events.size());

      for (ReadRecord record : records) {
        JsonFingerprint.assertSame(
            record.struct().getString("OriginalJson"), original(originals, record));
      }
      assertThat(rest.status("restored").running(1)).isTrue();
      rest.delete("restored");
    }
  }

  private void roundTrip(String name, List<String> events, ConnectStack stack, ConnectRest rest)
      throws Exception {
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      Map<String, String> originals = publish(simulator.tenant(), events);
      SimulatedConnector connector = new SimulatedConnector(simulator, name);
      rest.put(name, connector.config(2));

      List<ReadRecord> records = read(reader, name, events.size());

      assertThat(records).hasSize(events.size());
      for (ReadRecord record : records) {
        JsonFingerprint.assertSame(restorer.restore(record.struct()), original(originals, record));
      }
      assertThat(reader.topics(name + ".")).doesNotContain(name + ".deadletter");
      assertThat(rest.status(name).running(2)).isTrue();
      assertThat(simulator.breaches()).isEmpty();
      rest.delete(name);
    }
  }

  /** Publishes the events; answers their texts by contentId and place. */
  private static Map<String, String> publish(SimulatedTenant tenant, List<String> events) {
    Map<String, String> originals = new HashMap<>();
    for (int from = 0; from < events.size(); from += EVENTS_A_BLOB) {
      List<String> blob = events.subList(from, Math.min(events.size(), from + EVENTS_A_BLOB));
      ContentType contentType =
          from / EVENTS_A_BLOB % 2 == 0 ? ContentType.GENERAL : ContentType.DLP;
      PublishedBlob published =
          tenant.blob(contentType).createdAgo(Duration.ofHours(1)).events(blob).add();
      for (int i = 0; i < blob.size(); i++) {
        originals.put(published.contentId() + " " + i, blob.get(i));
      }
    }
    return originals;
  }

  private static List<ReadRecord> read(TopicReader reader, String name, int events) {
    reader.readUntil(
        List.of(name + ".receipts"),
        "receipts for " + events + " events",
        LIMIT,
        receipts ->
            receipts.stream().mapToLong(r -> r.struct().getInt64("EventsFound")).sum() >= events);
    List<String> topics =
        reader.topics(name + ".").stream()
            .filter(topic -> !topic.endsWith(".receipts") && !topic.endsWith(".status"))
            .toList();
    return reader.readAll(topics);
  }

  private static String original(Map<String, String> originals, ReadRecord record) {
    Struct blob = record.struct().getStruct(EventSchemas.CONTENT_BLOB);
    return originals.getOrDefault(
        blob.getString("ContentId") + " " + blob.getInt64("Index"), "no original");
  }
}
