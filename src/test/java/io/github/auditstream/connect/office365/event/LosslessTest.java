package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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

  private void roundTrip(String json, String contentType) throws UnmappableEventException {
    AuditEvent event = Blobs.map(json, Blobs.origin(contentType));
    event.value().validate();
    JsonFingerprint.assertSame(restorer.restore(event.value()), json);
  }
}
