package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON to Struct to JSON changes nothing. */
class LosslessTest {

  private final AuditEventRestorer restorer = new AuditEventRestorer();

  @Test
  void givesBackEveryRealEvent() throws Exception {
    for (String json : SharedEvents.all()) {
      roundTrip(json, "Audit.General");
      roundTrip(json, "DLP.All");
    }
  }

  @Test
  void readsRealEventsAsOneBlob() throws Exception {
    List<String> events = SharedEvents.all();

    List<BlobElement> elements = Blobs.read("[" + String.join(",\r\n", events) + "]");

    assertThat(elements).hasSize(events.size()).allMatch(BlobElement.Event.class::isInstance);
    for (int i = 0; i < events.size(); i++) {
      AuditEvent event = ((BlobElement.Event) elements.get(i)).event();
      JsonFingerprint.assertSame(restorer.restore(event.value()), events.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.auditstream.connect.office365.event.Workloads#all")
  void hasAFieldForEveryDocumentedProperty(Workload workload) throws Exception {
    String json = new GeneratedEvents(workload.hashCode()).full(workload);

    AuditEvent event = roundTrip(json, contentType(workload));

    assertThat(event.workload()).isEqualTo(workload);
    assertThat(event.value().get(EventSchemas.ADDITIONAL_PROPERTIES)).isNull();
    event.value().schema().fields().stream()
        .filter(field -> !field.name().equals(EventSchemas.ADDITIONAL_PROPERTIES))
        .forEach(field -> assertThat(event.value().get(field)).as(field.name()).isNotNull());
  }

  @ParameterizedTest
  @MethodSource("io.github.auditstream.connect.office365.event.Workloads#all")
  void givesBackEventsWithSomeOfTheProperties(Workload workload) throws Exception {
    GeneratedEvents events = new GeneratedEvents(workload.hashCode());
    for (int i = 0; i < 50; i++) {
      roundTrip(events.some(workload), contentType(workload));
    }
  }

  @Property(tries = 1500)
  void givesBackEventsOfAnyShape(@ForAll long seed) throws Exception {
    HostileEvents events = new HostileEvents(seed);
    List<Workload> workloads = Workloads.all();
    Workload workload = workloads.get(Math.floorMod(seed, workloads.size()));

    roundTrip(
        events.event(workload.name(), new EventSchemas().forWorkload(workload)),
        contentType(workload));
  }

  private static String contentType(Workload workload) {
    return workload.equals(Workloads.DLP) ? "DLP.All" : "Audit.General";
  }

  private AuditEvent roundTrip(String json, String contentType) throws UnmappableEventException {
    AuditEvent event = Blobs.map(json, Blobs.origin(contentType));
    event.value().validate();
    JsonFingerprint.assertSame(restorer.restore(event.value()), json);
    return event;
  }
}
