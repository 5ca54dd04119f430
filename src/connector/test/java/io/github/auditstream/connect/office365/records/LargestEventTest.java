package io.github.auditstream.connect.office365.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.auditstream.connect.office365.event.AuditEvent;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobElement;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is let through must fit, however much a converter makes of it. */
class LargestEventTest {
  private static final int MAX_REQUEST_BYTES = 1_048_576;
  private static final AuditEventMapper MAPPER = new AuditEventMapper(new EventSchemas());
  private final LargestEvent largest = new LargestEvent(MAX_REQUEST_BYTES);

  /** Whether an element is refused does not hang on its text. */
  private static byte[] noText() {
    return new byte[0];
  }

  /** Each list of objects in each schema, as the JSON that leads to it. */
  static Stream<String> listsOfObjects() {
    EventSchemas schemas = new EventSchemas();
    List<String> found = new ArrayList<>();
    for (Workload workload : Workloads.all()) {
      String begin = "{\"Workload\":\"" + workload.name() + "\",";
      lists(schemas.forWorkload(workload), begin, "}", found);
    }
    return found.stream();
  }

  private static void lists(Schema record, String before, String behind, List<String> found) {
    for (Field field : record.fields()) {
      String name = before + "\"" + field.name() + "\":";
      Schema schema = field.schema();
      if (schema.type() == Schema.Type.STRUCT && !field.name().equals("ContentBlob")) {
        lists(schema, name + "{", "}" + behind, found);
      } else if (schema.type() == Schema.Type.ARRAY
          && schema.valueSchema().type() == Schema.Type.STRUCT) {
        found.add(name + "[%s]" + behind);
        lists(schema.valueSchema(), name + "[{", "}]" + behind, found);
      }
    }
  }

  private static BlobElement.Event event(String json) throws Exception {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    String contentType =
        json.contains("\"" + Workloads.DLP.name() + "\"") ? "DLP.All" : "Audit.General";
    BlobOrigin origin = new BlobOrigin("tenant", contentType, "blob", Instant.EPOCH);
    return new BlobElement.Event(0, MAPPER.map(bytes, 0, bytes.length, origin, 0));
  }

  /** As Kafka's JsonConverter writes it, with each field that is empty. */
  private static int bytesAsJson(BlobElement.Event event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      write(event.event().value(), json);
    }
    return bytes.size();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value instanceof Struct struct) {
      json.writeStartObject();
      for (Field field : struct.schema().fields()) {
        json.writeFieldName(field.name());
        write(struct.get(field), json);
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object each : list) {
        write(each, json);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        json.writeString((String) entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeObject(value);
    }
  }

  @ParameterizedTest
  @MethodSource("listsOfObjects")
  void anEventOfManySmallObjectsIsLetThroughOnlyIfItsRecordFits(String list) throws Exception {
    boolean refusedOne = false;
    for (int objects = 1_000; objects <= 200_000; objects = objects * 5 / 4) {
      BlobElement.Event event = event(list.formatted("{},".repeat(objects) + "{}"));

      if (largest.admit(event, LargestEventTest::noText) instanceof BlobElement.Event) {
        assertThat(bytesAsJson(event)).as("%s objects", objects).isLessThan(MAX_REQUEST_BYTES);
        assertThat(refusedOne).isFalse();
      } else {
        refusedOne = true;
      }
    }
    assertThat(refusedOne).isTrue();
  }

  @ParameterizedTest
  @MethodSource("listsOfObjects")
  void undocumentedPropertiesOfManySmallObjectsCountAsWell(String list) throws Exception {
    for (int objects = 1_000; objects <= 100_000; objects = objects * 5 / 4) {
      String object = "{\"\":\"\",\"\":1,\"a\":\"\\\\\"}";
      BlobElement.Event event = event(list.formatted((object + ",").repeat(objects) + object));

      if (largest.admit(event, LargestEventTest::noText) instanceof BlobElement.Event) {
        assertThat(bytesAsJson(event)).as("%s objects", objects).isLessThan(MAX_REQUEST_BYTES);
      }
    }
  }

  @Test
  void plainTextIsLetThroughUpToTheLimit() throws Exception {
    String text = "x".repeat(850_000);

    assertThat(largest.admit(event("{\"ObjectId\":\"" + text + "\"}"), LargestEventTest::noText))
        .isInstanceOf(BlobElement.Event.class);
    assertThat(
            largest.admit(
                event("{\"ObjectId\":\"" + text + "y".repeat(50_000) + "\"}"),
                LargestEventTest::noText))
        .isInstanceOf(BlobElement.Refused.class);
  }

  @Test
  void aSingleEventIsRefusedForTheSameReason() throws Exception {
    byte[] json =
        ("{\"ObjectId\":\"" + "x".repeat(900_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    AuditEvent large = MAPPER.singleEvents().map(json, 0, json.length, false, largest.heapBytes());

    BlobElement admitted = largest.admit(new BlobElement.Event(7, large), () -> json);

    assertThat(admitted).isInstanceOf(BlobElement.Refused.class);
    BlobElement.Refused refused = (BlobElement.Refused) admitted;
    assertThat(refused.index()).isEqualTo(7);
    assertThat(refused.json()).isSameAs(json);
    assertThat(refused.jsonBytes()).isEqualTo(json.length);
    assertThat(refused.reason()).contains("the event has " + json.length + " bytes");
    assertThat(largest.refusal(large)).contains(refused.reason());
    assertThat(largest.refusal(event("{}").event())).isEmpty();
  }
}
