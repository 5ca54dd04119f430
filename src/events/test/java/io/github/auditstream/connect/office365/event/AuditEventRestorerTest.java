package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class AuditEventRestorerTest {

  private static final String JSON =
      "{\"Id\":\"e1\",\"Workload\":\"Exchange\",\"Parameters\":[{\"Name\":\"a\",\"Value\":null}],"
          + "\"Item\":{},\"ModifiedProperties\":[],\"ExternalAccess\":true,\"recipientCount\":1,"
          + "\"Unheard\":[1.50],\"Id\":\"e2\",\"Id\":null,\"#\":1,\"\\ud800\":2}";

  private final AuditEventRestorer restorer = new AuditEventRestorer();

  @Test
  void leavesOutTheConnectorsOwnStruct() throws Exception {
    assertThat(restorer.restore(Blobs.map("{}").value())).isEqualTo("{}");
    assertThat(restorer.restore(Blobs.map("{\"Id\":\"e\"}").value())).isEqualTo("{\"Id\":\"e\"}");
  }

  @Test
  void givesBackTheEventsOwnPropertyOfThatName() throws Exception {
    String json = "{\"ContentBlob\":{\"a\":1},\"AdditionalProperties\":\"x\"}";
    JsonFingerprint.assertSame(restorer.restore(Blobs.map(json).value()), json);
  }

  @Test
  void writesRepeatedPropertiesInTheirOrder() throws Exception {
    assertThat(restorer.restore(Blobs.map("{\"a\":1,\"a\":2,\"a\":3}").value()))
        .isEqualTo("{\"a\":1,\"a\":2,\"a\":3}");
  }

  @Test
  void keepsAnEventOnOneLine() throws Exception {
    String json = "{\"Unheard\":{\r\n \"a\":[1,\n2],\"b\":\"\\n\"},\n\"Id\":\n7,\"Id\":[\r8]}";
    String restored = restorer.restore(Blobs.map(json).value());
    JsonFingerprint.assertSame(restored, json);
    assertThat(restored).doesNotContain("\n", "\r");
  }

  @Test
  void escapesWhatJsonDemands() throws Exception {
    String json = "{\"UserId\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028é😀\"}";
    String restored = restorer.restore(Blobs.map(json).value());
    JsonFingerprint.assertSame(restored, json);
    assertThat(restored).contains("\\u0000\\u001f\u007f\u2028é😀");
  }

  @Test
  void readsAStructOfAnotherSchemaInstance() throws Exception {
    Struct event = Blobs.map(JSON).value();
    JsonFingerprint.assertSame(restorer.restore((Struct) copy(event)), JSON);
  }

  @Test
  void readsAStructOfALaterSchema() throws Exception {
    Struct event = Blobs.map(JSON).value();
    SchemaBuilder later = SchemaBuilder.struct().field("New", Schema.OPTIONAL_STRING_SCHEMA);
    event.schema().fields().forEach(field -> later.field(field.name(), field.schema()));
    Struct wider = new Struct(later.build());
    event.schema().fields().forEach(field -> wider.put(field.name(), event.get(field)));

    JsonFingerprint.assertSame(restorer.restore(wider), JSON);
  }

  @Test
  void readsAStructOfAnEarlierSchema() {
    Schema earlier =
        SchemaBuilder.struct()
            .field("Id", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                "AdditionalProperties",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build())
            .build();
    Struct event =
        new Struct(earlier)
            .put("Id", "e1")
            .put("AdditionalProperties", Map.of("RecordType", "2", "#2:Id", "\"e2\""));

    JsonFingerprint.assertSame(
        restorer.restore(event), "{\"Id\":\"e1\",\"RecordType\":2,\"Id\":\"e2\"}");
  }

  @Test
  void readsAMapAsConvertersWithoutSchemasMakeIt() throws Exception {
    Struct event = Blobs.map(JSON).value();
    JsonFingerprint.assertSame(restorer.restore((Map<?, ?>) asMap(event)), JSON);
  }

  @Test
  void writesEveryPrimitiveThatATransformMayAdd() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("byte", (byte) 1);
    event.put("short", (short) -2);
    event.put("float", 1.5f);
    event.put("double", -0.25);
    List<Object> withNull = new ArrayList<>();
    withNull.add(null);
    withNull.add(Map.of("a", true));
    event.put("list", withNull);

    assertThat(restorer.restore(event))
        .isEqualTo(
            "{\"byte\":1,\"short\":-2,\"float\":1.5,\"double\":-0.25,\"list\":[null,{\"a\":true}]}");
  }

  @Test
  void refusesWhatJsonHasNoFormFor() {
    for (Object value : new Object[] {new byte[1], Double.NaN, Map.of(1, "x"), new Object()}) {
      assertThatThrownBy(() -> restorer.restore(Map.of("field", value)))
          .isInstanceOf(DataException.class);
    }
    assertThatThrownBy(() -> restorer.restore(Map.of("AdditionalProperties", Map.of("a", 1))))
        .isInstanceOf(DataException.class);
  }

  /** The same value with Schema objects, lists and maps of its own. */
  private static Object copy(Object value) {
    if (value instanceof Struct struct) {
      Struct copy = new Struct(copy(struct.schema()));
      for (Field field : struct.schema().fields()) {
        Object part = struct.get(field);
        copy.put(field.name(), part == null ? null : copy(part));
      }
      return copy;
    }
    if (value instanceof List<?> list) {
      return new ArrayList<>(list.stream().map(AuditEventRestorerTest::copy).toList());
    }
    return value instanceof Map<?, ?> map ? new HashMap<>(map) : value;
  }

  private static Schema copy(Schema schema) {
    SchemaBuilder builder =
        switch (schema.type()) {
          case STRUCT -> {
            SchemaBuilder struct = SchemaBuilder.struct().name(schema.name());
            schema.fields().forEach(field -> struct.field(field.name(), copy(field.schema())));
            yield struct;
          }
          case ARRAY -> SchemaBuilder.array(copy(schema.valueSchema()));
          case MAP -> SchemaBuilder.map(copy(schema.keySchema()), copy(schema.valueSchema()));
          default -> new SchemaBuilder(schema.type());
        };
    if (schema.isOptional()) {
      builder.optional();
    }
    if (schema.doc() != null) {
      builder.doc(schema.doc());
    }
    if (schema.parameters() != null) {
      builder.parameters(schema.parameters());
    }
    return builder.build();
  }

  private static Object asMap(Object value) {
    if (value instanceof Struct struct) {
      Map<String, Object> map = new HashMap<>();
      for (Field field : struct.schema().fields()) {
        Object part = struct.get(field);
        map.put(field.name(), part == null ? null : asMap(part));
      }
      return map;
    }
    return value instanceof List<?> list
        ? list.stream().map(AuditEventRestorerTest::asMap).toList()
        : value;
  }
}
