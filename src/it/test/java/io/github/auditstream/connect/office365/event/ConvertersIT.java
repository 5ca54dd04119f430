package io.github.auditstream.connect.office365.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.it.SharedStack;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.transforms.RestoreEvent;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What common converters keep of an event, with their original jars and a real registry: what
 * {@code docs/topics-and-schemas.md} says of each. Confluent's Avro converter has {@code
 * AvroConverterIT} and {@code LosslessIT}.
 */
@ExtendWith(SharedStack.class)
class ConvertersIT {
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final String PROTOBUF = "io.confluent.connect.protobuf.ProtobufConverter";
  private static final String TOPIC = "converters.test";

  /** What Kafka's JSON converter reads back, by a limit of Jackson's. */
  private static final int LONGEST_NAME = 50_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AuditEventRestorer restorer = new AuditEventRestorer();

  /** As the API writes it, with an empty list, an empty text, a zero and a null of its own. */
  private static final String EVENT =
      "{\"Id\":\"e1\",\"Workload\":\"Exchange\",\"RecordType\":1,\"Scope\":0,\"UserId\":\"\","
          + "\"ModifiedProperties\":[],\"ClientIP\":null}";

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void jsonCarriesEventsOfAnyShape(String schemas, ConnectStack stack) throws Exception {
    try (URLClassLoader jars = jars(stack.folders().kafka(KafkaDistribution.NEWEST).libs())) {
      Converter json = converter(jars, JSON, Map.of("schemas.enable", schemas));
      for (String event : events()) {
        Object received = carried(json, Blobs.map(event).value()).value();

        String restored =
            received instanceof Struct struct
                ? restorer.restore(struct)
                : restorer.restore((Map<?, ?>) received);
        JsonFingerprint.assertSame(restored, event);
      }
    }
  }

  /** Its defaults make an empty text or a zero of every property that an event has not. */
  @Test
  void protobufInventsValuesByDefault(ConnectStack stack) throws Exception {
    JsonNode restored = MAPPER.readTree(throughProtobuf(Map.of(), stack));

    assertThat(restored.path("ResultStatus").asText("absent")).isEmpty();
    assertThat(restored.path("UserType").asText("absent")).isEqualTo("0");
  }

  /** With this key it keeps them apart, but knows no list that is not there. */
  @ParameterizedTest
  @ValueSource(strings = {"optional.for.nullables", "wrapper.for.nullables"})
  void protobufMakesEmptyListsOfAbsentOnesAtBest(String key, ConnectStack stack) throws Exception {
    JsonNode restored = MAPPER.readTree(throughProtobuf(Map.of(key, "true"), stack));

    List<String> invented = new ArrayList<>();
    JsonNode original = MAPPER.readTree(EVENT);
    restored.fieldNames().forEachRemaining(invented::add);
    original.fieldNames().forEachRemaining(invented::remove);
    assertThat(invented).isNotEmpty().allMatch(name -> restored.path(name).isArray());
    original
        .fieldNames()
        .forEachRemaining(
            name -> assertThat(restored.path(name)).as(name).isEqualTo(original.path(name)));
  }

  /** A text is a text in Protobuf, too: so this is the way for it. */
  @Test
  void protobufCarriesTheTextThatRestoreEventAddsAtTheSource(ConnectStack stack) throws Exception {
    try (URLClassLoader jars = jars(protobufFolder())) {
      Converter protobuf = protobuf(jars, Map.of("optional.for.nullables", "true"), stack);
      RestoreEvent<SourceRecord> restore = new RestoreEvent<>();
      restore.configure(Map.of("field", "OriginalJson"));
      for (String event : events()) {
        Struct sent = (Struct) restore.apply(record(Blobs.map(event).value())).value();

        String topic = "converters.restored." + sent.schema().name();
        Struct received = (Struct) carried(protobuf, topic, sent).value();

        JsonFingerprint.assertSame(received.getString("OriginalJson"), event);
      }
    }
  }

  @Test
  void stringConverterIsUnreadableUnlessTheEventIsRestoredBefore() throws Exception {
    StringConverter strings = new StringConverter();
    strings.configure(Map.of(), false);
    RestoreEvent<SourceRecord> restore = new RestoreEvent<>();
    restore.configure(Map.of());
    SourceRecord record = record(Blobs.map(EVENT).value());
    SourceRecord restored = restore.apply(record);

    assertThat(text(strings, record)).startsWith("Struct{");
    JsonFingerprint.assertSame(text(strings, restored), EVENT);
  }

  /** The text in the topic is plain JSON, and a sink that writes texts restores it. */
  @Test
  void jsonWithoutSchemasIsTextForSinksAndOthers(ConnectStack stack) throws Exception {
    try (URLClassLoader jars = jars(stack.folders().kafka(KafkaDistribution.NEWEST).libs())) {
      Converter json = converter(jars, JSON, Map.of("schemas.enable", "false"));
      SourceRecord record = record(Blobs.map(EVENT).value());
      String text = text(json, record);
      RestoreEvent<SinkRecord> restore = new RestoreEvent<>();
      restore.configure(Map.of());

      Object value = json.toConnectData(record.topic(), text.getBytes(UTF_8)).value();
      Object restored =
          restore.apply(new SinkRecord(record.topic(), 0, null, null, null, value, 0)).value();

      assertThat(MAPPER.readTree(text).path("Id").asText()).isEqualTo("e1");
      JsonFingerprint.assertSame((String) restored, EVENT);
    }
  }

  private String throughProtobuf(Map<String, String> settings, ConnectStack stack)
      throws Exception {
    try (URLClassLoader jars = jars(protobufFolder())) {
      Converter protobuf = protobuf(jars, settings, stack);
      // The same subject with other settings would be another schema, which the registry refuses.
      String topic = "converters.protobuf." + String.join(".", settings.keySet());
      Struct received = (Struct) carried(protobuf, topic, Blobs.map(EVENT).value()).value();
      return restorer.restore(received);
    }
  }

  private static List<String> events() {
    List<String> events = new ArrayList<>();
    events.add(EVENT);
    for (Workload workload : Workloads.all()) {
      GeneratedEvents generated = new GeneratedEvents(workload.hashCode());
      events.add(generated.full(workload));
      HostileEvents hostile = new HostileEvents(workload.hashCode());
      for (int i = 0; i < 10; i++) {
        events.add(generated.some(workload));
        events.add(hostile.event(workload.name(), new EventSchemas().forWorkload(workload)));
      }
    }
    events.removeIf(event -> event.contains("n".repeat(LONGEST_NAME)));
    return events;
  }

  private static SourceRecord record(Struct value) {
    return new SourceRecord(Map.of(), Map.of(), TOPIC, value.schema(), value);
  }

  private static String text(Converter converter, SourceRecord record) {
    return new String(
        converter.fromConnectData(record.topic(), record.valueSchema(), record.value()), UTF_8);
  }

  private static SchemaAndValue carried(Converter converter, Struct value) {
    return carried(converter, TOPIC, value);
  }

  private static SchemaAndValue carried(Converter converter, String topic, Struct value) {
    return converter.toConnectData(topic, converter.fromConnectData(topic, value.schema(), value));
  }

  private static Path protobufFolder() {
    return Repository.file("target/protobuf");
  }

  private static Converter protobuf(
      URLClassLoader jars, Map<String, String> settings, ConnectStack stack) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("schema.registry.url", stack.registry().url().toString());
    return converter(jars, PROTOBUF, all);
  }

  private static Converter converter(
      URLClassLoader jars, String className, Map<String, String> settings) throws Exception {
    // As in a worker, where Kafka finds a plugin's classes through the thread.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(jars);
    try {
      Converter converter =
          (Converter) jars.loadClass(className).getDeclaredConstructor().newInstance();
      converter.configure(settings, false);
      return converter;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URLClassLoader jars(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return new URLClassLoader(
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .map(ConvertersIT::url)
              .toArray(URL[]::new),
          ConvertersIT.class.getClassLoader());
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
