package io.github.auditstream.connect.office365.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
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
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and headers out of the original converters. */
class RecordKeysIT {
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final String AVRO = "io.confluent.connect.avro.AvroConverter";
  private static final String PROTOBUF = "io.confluent.connect.protobuf.ProtobufConverter";
  private static final String REGISTRY = "io.confluent.kafka.schemaregistry.client.";
  private static final String TOPIC = "keys";

  /** What the connectors' keys look like. */
  private static final List<String> TEXTS =
      List.of(
          "5f0c7b1e-3b52-4f0a-9a44-08dd08f3c2a1",
          "FFFFFFFF-3B52-4F0A-9A44-08DD08F3C2A1",
          "e1",
          "with \"quotes\" and \\ and /",
          "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "c0470505-0000-4000-8000-000000000001/Audit.Exchange/gap/2026-11-20T08:15:27.123Z",
          "20261120091204371008312$20261120091204371008312$audit_sharepoint$Audit_SharePoint$na0030",
          "x".repeat(128));

  @Test
  void stringConverters() {
    StringConverter strings = new StringConverter();
    strings.configure(Map.of(), true);

    KeyCounts counts = comesBack(strings);

    assertThat(counts).isEqualTo(new KeyCounts(2L * TEXTS.size(), 0, 0, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void jsonConverters(String schemas) throws Exception {
    try (URLClassLoader jars = jars(kafka())) {
      Converter json = (Converter) jars.loadClass(JSON).getConstructor().newInstance();
      json.configure(Map.of("schemas.enable", schemas), true);

      KeyCounts counts = comesBack(json);

      assertThat(counts).isEqualTo(new KeyCounts(0, 2L * TEXTS.size(), 0, 1, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    AVRO + ", plugins/confluent-avro-converter, connect.meta.data, false",
    AVRO + ", plugins/confluent-avro-converter, connect.meta.data, true",
    PROTOBUF + ", protobuf, optional.for.nullables, false",
    PROTOBUF + ", protobuf, optional.for.nullables, true",
    PROTOBUF + ", protobuf, wrapper.for.nullables, true"
  })
  void confluentsConverters(String className, String folder, String key, String value)
      throws Exception {
    try (URLClassLoader jars = jars(Repository.file("target").resolve(folder))) {
      KeyCounts counts = comesBack(confluents(jars, className, Map.of(key, value)));

      assertThat(counts).isEqualTo(new KeyCounts(0, 0, 2L * TEXTS.size(), 1, 0));
    }
  }

  /** Of the same length, but for the magic byte and the id. */
  @Test
  void confluentsAvroWithAnIdOfEightBytes() throws Exception {
    try (URLClassLoader jars = jars(Repository.file("target/plugins/confluent-avro-converter"))) {
      Converter avro = confluents(jars, AVRO, Map.of());
      RecordKeys keys = new RecordKeys();
      for (String text : TEXTS) {
        byte[] framed = avro.fromConnectData(TOPIC, Schema.OPTIONAL_STRING_SCHEMA, text);
        byte[] apicurios = new byte[framed.length + 4];
        System.arraycopy(framed, 1, apicurios, 5, framed.length - 1);

        assertThat(keys.text(apicurios)).contains(text);
      }
    }
  }

  @Test
  void headers() throws Exception {
    try (URLClassLoader jars = jars(kafka())) {
      List<HeaderConverter> converters = new ArrayList<>();
      converters.add(new SimpleHeaderConverter());
      converters.add(new StringConverter());
      for (String schemas : List.of("true", "false")) {
        HeaderConverter json =
            (HeaderConverter) jars.loadClass(JSON).getConstructor().newInstance();
        json.configure(Map.of("schemas.enable", schemas, "converter.type", "header"));
        converters.add(json);
      }
      for (HeaderConverter converter : converters) {
        for (String text : List.of("2026-11-20T08:15:27.123Z", "Audit.Exchange", TEXTS.get(0))) {
          byte[] written = converter.fromConnectHeader(TOPIC, "h", Schema.STRING_SCHEMA, text);

          assertThat(new RecordKeys().text(written)).as("%s", converter).contains(text);
        }
      }
    }
  }

  /** A key that a transform has made of an event is none of the connector's. */
  @Test
  void aStructIsUnreadable() throws Exception {
    Schema schema = SchemaBuilder.struct().name("Key").field("Id", Schema.STRING_SCHEMA).build();
    Object struct = new Struct(schema).put("Id", TEXTS.get(0));
    StringConverter strings = new StringConverter();
    strings.configure(Map.of(), true);
    RecordKeys keys = new RecordKeys();
    try (URLClassLoader jars = jars(kafka())) {
      for (String schemas : List.of("true", "false")) {
        Converter json = (Converter) jars.loadClass(JSON).getConstructor().newInstance();
        json.configure(Map.of("schemas.enable", schemas), true);
        assertThat(keys.text(json.fromConnectData(TOPIC, schema, struct))).isEmpty();
      }
    }
    assertThat(keys.text(strings.fromConnectData(TOPIC, schema, struct))).isEmpty();

    assertThat(keys.counts()).isEqualTo(new KeyCounts(0, 0, 0, 0, 3));
  }

  private static KeyCounts comesBack(Converter converter) {
    RecordKeys keys = new RecordKeys();
    for (Schema schema : List.of(Schema.OPTIONAL_STRING_SCHEMA, Schema.STRING_SCHEMA)) {
      // Two schemas of one subject are not compatible everywhere.
      String topic = TOPIC + (schema.isOptional() ? ".optional" : ".required");
      for (String text : TEXTS) {
        assertThat(keys.text(converter.fromConnectData(topic, schema, text)))
            .as("%s, optional %s", converter, schema.isOptional())
            .contains(text);
      }
    }
    assertThat(keys.text(converter.fromConnectData(TOPIC, Schema.OPTIONAL_STRING_SCHEMA, null)))
        .isEmpty();
    return keys.counts();
  }

  private static Converter confluents(
      URLClassLoader jars, String className, Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("schema.registry.url", "http://localhost");
    // As in a worker, where Kafka finds a plugin's classes through the thread.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(jars);
    try {
      Object registry =
          jars.loadClass(REGISTRY + "MockSchemaRegistryClient").getConstructor().newInstance();
      Converter converter =
          (Converter)
              jars.loadClass(className)
                  .getConstructor(jars.loadClass(REGISTRY + "SchemaRegistryClient"))
                  .newInstance(registry);
      converter.configure(all, true);
      return converter;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Path kafka() {
    return KafkaDistribution.in(Repository.file("target/kafka"), KafkaDistribution.NEWEST).libs();
  }

  private static URLClassLoader jars(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return new URLClassLoader(
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .map(RecordKeysIT::url)
              .toArray(URL[]::new),
          RecordKeysIT.class.getClassLoader());
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
