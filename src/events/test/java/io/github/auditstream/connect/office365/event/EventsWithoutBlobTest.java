package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single events are mapped and refused as those of blobs are, but have no {@code ContentBlob}. */
class EventsWithoutBlobTest {

  private final AuditEventRestorer restorer = new AuditEventRestorer();

  private static AuditEvent map(String json, boolean dlp, long maxHeapBytes)
      throws UnmappableEventException {
    byte[] bytes = ("x" + json + "x").getBytes(StandardCharsets.UTF_8);
    return Blobs.MAPPER.singleEvents().map(bytes, 1, bytes.length - 2, dlp, maxHeapBytes);
  }

  private static AuditEvent map(String json) throws UnmappableEventException {
    return map(json, false, BlobReader.DEFAULT_MAX_HEAP_BYTES);
  }

  private void assertMappedAsInABlob(String json) throws Exception {
    AuditEvent alone = map(json);
    AuditEvent inBlob = Blobs.map(json);

    assertThat(alone.value().get(EventSchemas.CONTENT_BLOB)).isNull();
    alone.value().validate();
    JsonFingerprint.assertSame(restorer.restore(alone.value()), json);
    inBlob.value().put(EventSchemas.CONTENT_BLOB, null);
    assertThat(alone).isEqualTo(inBlob);
  }

  @Test
  void realEventsAreMappedAsInABlob() throws Exception {
    for (String json : SharedEvents.all()) {
      assertMappedAsInABlob(json);
    }
  }

  @Property(tries = 500)
  void eventsOfAnyShapeAreMappedAsInABlob(@ForAll long seed) throws Exception {
    Workload workload = Workloads.all().get(Math.floorMod(seed, Workloads.all().size()));

    assertMappedAsInABlob(
        new HostileEvents(seed).event(workload.name(), new EventSchemas().forWorkload(workload)));
  }

  /** What an event says of a blob is not the connector's. */
  @Test
  void aBlobThatTheEventNamesIsNone() throws Exception {
    assertMappedAsInABlob("{\"ContentBlob\":{\"Tenant\":\"mine\"}}");
  }

  @ParameterizedTest
  @CsvSource({
    "Exchange, false, exchange",
    "Exchange, true, dlp",
    "Endpoint, false, endpoint",
    "Unheard, false, general",
    "Unheard, true, dlp"
  })
  void takeTheRouteOfTheirWorkloadUnlessTheyAreOfDlp(String workload, boolean dlp, String suffix)
      throws Exception {
    String json = "{\"Workload\":\"" + workload + "\",\"RecordType\":13}";

    AuditEvent event = map(json, dlp, BlobReader.DEFAULT_MAX_HEAP_BYTES);

    assertThat(event.workload().topicSuffix()).isEqualTo(suffix);
    assertThat(event.value().get(EventSchemas.CONTENT_BLOB)).isNull();
    JsonFingerprint.assertSame(restorer.restore(event.value()), json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", " {}", "{} ", "{}{}", "{\"a\":x}", "{", "{\"a\":1"})
  void areRefusedForTheReasonsOfEventsInBlobs(String json) {
    String reason = refusal(() -> Blobs.map(json));

    assertThat(refusal(() -> map(json))).isEqualTo(reason);
  }

  private static String refusal(ThrowingCallable mapping) {
    Throwable thrown = catchThrowable(mapping);
    assertThat(thrown).isInstanceOf(UnmappableEventException.class);
    return String.valueOf(thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 20_000})
  void mayTakeAsMuchOfTheHeapAsInABlob(int objects) throws Exception {
    String json = "{\"Workload\":\"Exchange\",\"AffectedItems\":[" + "{},".repeat(objects) + "{}]}";
    long needed = map(json).heapBytes();

    assertThat(map(json, false, needed).heapBytes()).isEqualTo(needed);
    BlobReader reader =
        new BlobReader(
            new ByteArrayInputStream(("[" + json + "]").getBytes(StandardCharsets.UTF_8)),
            Blobs.MAPPER,
            Blobs.GENERAL,
            needed / 2,
            LargeElements.ANY);
    if (reader.next() instanceof BlobElement.Refused refused) {
      assertThatThrownBy(() -> map(json, false, needed / 2))
          .isInstanceOf(UnmappableEventException.class)
          .hasMessage(refused.reason());
    } else {
      // A blob's reader asks no leave for what is small.
      assertThat(needed).isLessThan(BlobReader.LARGE_HEAP_BYTES);
    }
  }

  @Test
  void mayBeAsLongAsInABlob() {
    byte[] json = new byte[BlobReader.DEFAULT_MAX_EVENT_BYTES + 1];

    assertThatThrownBy(
            () -> Blobs.MAPPER.singleEvents().map(json, 0, json.length, false, Long.MAX_VALUE))
        .isInstanceOf(UnmappableEventException.class)
        .hasMessage("is larger than the limit of 33554432 bytes");
  }
}
