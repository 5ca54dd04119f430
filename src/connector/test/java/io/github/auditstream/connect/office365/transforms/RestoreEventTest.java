package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.BlobOrigin;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestoreEventTest {

  private static final String JSON =
      "{\"Id\":\"e1\",\"RecordType\":1,\"Workload\":\"Exchange\",\"ResultStatus\":null}";

  @Test
  void putsTheEventsTextInPlaceOfTheValue() throws Exception {
    SinkRecord record = record(event().schema(), event());

    SinkRecord restored = transform(Map.of()).apply(record);

    assertThat(restored.value()).isEqualTo(JSON);
    assertThat(restored.valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(restored.topic()).isEqualTo(record.topic());
    assertThat(restored.kafkaPartition()).isEqualTo(record.kafkaPartition());
    assertThat(restored.kafkaOffset()).isEqualTo(record.kafkaOffset());
    assertThat(restored.key()).isEqualTo(record.key());
    assertThat(restored.keySchema()).isEqualTo(record.keySchema());
    assertThat(restored.timestamp()).isEqualTo(record.timestamp());
    assertThat(restored.headers()).isEqualTo(record.headers());
  }

  @Test
  void addsTheEventsTextAsAField() throws Exception {
    Struct event = event();

    SinkRecord restored = transform(Map.of("field", "raw")).apply(record(event.schema(), event));

    Struct value = (Struct) restored.value();
    value.validate();
    assertThat(value.getString("raw")).isEqualTo(JSON);
    assertThat(value.schema()).isSameAs(restored.valueSchema());
    assertThat(value.schema().name()).isEqualTo(event.schema().name());
    assertThat(value.schema().doc()).isEqualTo(event.schema().doc());
    assertThat(value.schema().parameters()).isEqualTo(event.schema().parameters());
    event
        .schema()
        .fields()
        .forEach(field -> assertThat(value.get(field.name())).isEqualTo(event.get(field)));
    assertThat(event.schema().field("raw")).as("the record given is left alone").isNull();
  }

  @Test
  void buildsASchemaOnce() throws Exception {
    Transformation<SinkRecord> transform = transform(Map.of("field", "raw"));

    Schema first = transform.apply(record(event().schema(), event())).valueSchema();
    Schema second = transform.apply(record(event().schema(), event())).valueSchema();

    assertThat(second).isSameAs(first);
  }

  @Test
  void keepsTwoInstancesApart() throws Exception {
    Transformation<SinkRecord> one = transform(Map.of("field", "one"));
    Transformation<SinkRecord> two = transform(Map.of("field", "two"));

    Struct first = (Struct) one.apply(record(event().schema(), event())).value();
    Struct second = (Struct) two.apply(record(event().schema(), event())).value();

    assertThat(first.schema().field("two")).isNull();
    assertThat(second.schema().field("one")).isNull();
  }

  @Test
  void keepsAnOptionalSchemaOptional() {
    Schema optional =
        SchemaBuilder.struct()
            .field("Id", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                "AdditionalProperties",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build())
            .optional()
            .build();

    SinkRecord restored =
        transform(Map.of("field", "raw"))
            .apply(record(optional, new Struct(optional).put("Id", "e2")));

    assertThat(restored.valueSchema().isOptional()).isTrue();
    assertThat(((Struct) restored.value()).getString("raw")).isEqualTo("{\"Id\":\"e2\"}");
  }

  @Test
  void restoresWhatAConverterWithoutSchemasMade() {
    Map<String, Object> event = new HashMap<>();
    event.put("Id", "e3");
    event.put("UserId", null);
    event.put("ContentBlob", Map.of("Tenant", "t", "Index", 4L));
    event.put("AdditionalProperties", null);

    assertThat(transform(Map.of()).apply(record(null, event)).value()).isEqualTo("{\"Id\":\"e3\"}");

    SinkRecord widened = transform(Map.of("field", "raw")).apply(record(null, event));
    assertThat(widened.valueSchema()).isNull();
    assertThat(widened.value())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("raw", "{\"Id\":\"e3\"}")
        .containsAllEntriesOf(event);
  }

  @Test
  void restoresEventsThatComeFromNoBlob() throws Exception {
    for (String json :
        List.of(JSON, "{\"Id\":\"e4\",\"RecordType\":1,\"Workload\":\"Exchange\"}")) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      Struct event =
          new AuditEventMapper(new EventSchemas())
              .singleEvents()
              .map(bytes, 0, bytes.length, false, Long.MAX_VALUE)
              .value();
      Map<String, Object> converted = new LinkedHashMap<>();
      event.schema().fields().forEach(field -> converted.put(field.name(), event.get(field)));

      assertThat(event.get("ContentBlob")).isNull();
      assertThat(transform(Map.of()).apply(record(event.schema(), event)).value()).isEqualTo(json);
      assertThat(transform(Map.of()).apply(record(null, converted)).value()).isEqualTo(json);
    }
  }

  @Test
  void passesEverythingElse() {
    Schema receipt = SchemaBuilder.struct().field("contentId", Schema.STRING_SCHEMA).build();
    for (SinkRecord record :
        List.of(
            record(null, null),
            record(Schema.STRING_SCHEMA, "text"),
            record(receipt, new Struct(receipt).put("contentId", "b1")),
            record(null, Map.of("contentId", "b1", "AdditionalProperties", "no map")))) {
      assertThat(transform(Map.of()).apply(record)).isSameAs(record);
      assertThat(transform(Map.of("field", "raw")).apply(record)).isSameAs(record);
    }
  }

  @Test
  void refusesAFieldThatTheEventHas() throws Exception {
    Struct event = event();

    assertThatThrownBy(
            () -> transform(Map.of("field", "UserId")).apply(record(event.schema(), event)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("UserId", "field");
    assertThatThrownBy(
            () ->
                transform(Map.of("field", "Id"))
                    .apply(record(null, Map.of("Id", "x", "ContentBlob", Map.of()))))
        .isInstanceOf(DataException.class);
  }

  @Test
  void refusesTheConnectorsOwnFieldsAtOnce() {
    assertThatThrownBy(() -> transform(Map.of("field", "ContentBlob")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("field");
    assertThatThrownBy(() -> transform(Map.of("field", "AdditionalProperties")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void documentsItsConfiguration() {
    try (RestoreEvent<SinkRecord> transform = new RestoreEvent<>()) {
      assertThat(transform.config().configKeys().values())
          .isNotEmpty()
          .allSatisfy(
              key -> {
                assertThat(key.documentation).isNotBlank();
                assertThat(key.group).isNotBlank();
                assertThat(key.displayName).isNotBlank();
              });
    }
  }

  @Test
  void isFoundAsAServiceWithTheBuildsVersion() {
    assertThat(ServiceLoader.load(Transformation.class))
        .filteredOn(RestoreEvent.class::isInstance)
        .singleElement()
        .satisfies(
            found -> assertThat(((RestoreEvent<?>) found).version()).isEqualTo(Version.version()));
  }

  private static Transformation<SinkRecord> transform(Map<String, String> config) {
    RestoreEvent<SinkRecord> transform = new RestoreEvent<>();
    transform.configure(config);
    return transform;
  }

  private static Struct event() throws Exception {
    byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
    BlobOrigin origin =
        new BlobOrigin("t", "Audit.Exchange", "b1", Instant.parse("2026-08-01T10:00:00Z"));
    return new AuditEventMapper(new EventSchemas()).map(json, 0, json.length, origin, 0).value();
  }

  private static SinkRecord record(@Nullable Schema schema, @Nullable Object value) {
    SinkRecord record = Records.of(schema, value);
    record.headers().addString("tenant", "t");
    return record;
  }
}
