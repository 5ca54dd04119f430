package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.fixtures.HostileEvents;
import io.github.auditstream.connect.office365.fixtures.JsonFingerprint;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Confluent's Avro converter, the original jars, between the connector and a sink. */
class AvroConverterIT {

  private static final String ALL = "io.github.auditstream.connect.office365.event.Workloads#all";
  private static final String TOPIC = "office365.test";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static URLClassLoader jars;
  private static Converter converter;

  private final AuditEventRestorer restorer = new AuditEventRestorer();

  @BeforeAll
  static void loadTheConverter() throws Exception {
    Path folder = Repository.file("target/plugins/confluent-avro-converter");
    try (Stream<Path> files = Files.list(folder)) {
      jars =
          new URLClassLoader(
              files
                  .filter(file -> file.toString().endsWith(".jar"))
                  .map(AvroConverterIT::url)
                  .toArray(URL[]::new),
              AvroConverterIT.class.getClassLoader());
    }
    // As in a worker, where Kafka finds a plugin's classes through the thread.
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(jars);
    try {
      converter = newConverter();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static Converter newConverter() throws Exception {
    Class<?> client =
        jars.loadClass("io.confluent.kafka.schemaregistry.client.SchemaRegistryClient");
    Object registry =
        jars.loadClass("io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient")
            .getConstructor()
            .newInstance();
    Converter avro =
        (Converter)
            jars.loadClass("io.confluent.connect.avro.AvroConverter")
                .getConstructor(client)
                .newInstance(registry);
    avro.configure(Map.of("schema.registry.url", "http://localhost"), false);
    return avro;
  }

  @AfterAll
  static void unloadTheConverter() throws Exception {
    if (jars != null) {
      jars.close();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void registersTheSchemaOfTheFile(Workload workload) throws Exception {
    Object registered = avroOf(new EventSchemas().forWorkload(workload));
    Object file = parse(avsc(workload));

    assertThat(canonical(registered)).isEqualTo(canonical(file));
    assertThat(withoutConnectProperties(registered)).isEqualTo(withoutConnectProperties(file));
  }

  /** A registry that compares texts finds the file by what the converter asks for. */
  @ParameterizedTest
  @MethodSource(ALL)
  void asksForTheTextOfTheFileWithoutItsWhiteSpace(Workload workload) throws Exception {
    Class<?> config = jars.loadClass("io.confluent.connect.avro.AvroDataConfig");
    Object settings =
        config.getConstructor(Map.class).newInstance(Map.of("connect.meta.data", "false"));
    Class<?> avroData = jars.loadClass("io.confluent.connect.avro.AvroData");
    Object asked =
        avroData
            .getMethod("fromConnectSchema", Schema.class)
            .invoke(
                avroData.getConstructor(config).newInstance(settings),
                new EventSchemas().forWorkload(workload));

    assertThat(JSON.readTree(avsc(workload)).toString()).isEqualTo(asked.toString());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void carriesGeneratedEvents(Workload workload) throws Exception {
    GeneratedEvents events = new GeneratedEvents(workload.hashCode());
    String contentType = workload.equals(Workloads.DLP) ? "DLP.All" : "Audit.General";
    carry(events.full(workload), contentType);
    for (int i = 0; i < 10; i++) {
      carry(events.some(workload), contentType);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void carriesEventsOfAnyShape(Workload workload) throws Exception {
    String contentType = workload.equals(Workloads.DLP) ? "DLP.All" : "Audit.General";
    for (long seed = 0; seed < 30; seed++) {
      carry(
          new HostileEvents(seed).event(workload.name(), new EventSchemas().forWorkload(workload)),
          contentType);
    }
  }

  @Test
  void carriesEveryRealEvent() throws Exception {
    for (String json : SharedEvents.all()) {
      carry(json, "Audit.General");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void carriesEventsThatComeFromNoBlob(Workload workload) throws Exception {
    GeneratedEvents events = new GeneratedEvents(workload.hashCode());
    for (int i = 0; i < 10; i++) {
      String json = events.some(workload);
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      boolean dlp = workload.equals(Workloads.DLP);
      Struct sent =
          Blobs.MAPPER.singleEvents().map(bytes, 0, bytes.length, dlp, Long.MAX_VALUE).value();

      assertThat(carry(json, sent).get(EventSchemas.CONTENT_BLOB)).isNull();
    }
  }

  private void carry(String json, String contentType) throws Exception {
    carry(json, Blobs.map(json, Blobs.origin(contentType)).value());
  }

  private Struct carry(String json, Struct sent) throws Exception {
    byte[] bytes = converter.fromConnectData(TOPIC, sent.schema(), sent);
    SchemaAndValue received = converter.toConnectData(TOPIC, bytes);

    JsonFingerprint.assertSame(restorer.restore((Struct) received.value()), json);
    return (Struct) received.value();
  }

  private static Object avroOf(Schema schema) throws Exception {
    Class<?> avroData = jars.loadClass("io.confluent.connect.avro.AvroData");
    Object data = avroData.getConstructor(int.class).newInstance(10);
    return avroData.getMethod("fromConnectSchema", Schema.class).invoke(data, schema);
  }

  private static String avsc(Workload workload) throws Exception {
    String resource =
        "/io/github/auditstream/connect/office365/schemas/" + workload.topicSuffix() + ".avsc";
    try (InputStream file = EventSchemas.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Object parse(String avsc) throws Exception {
    Class<?> parser = jars.loadClass("org.apache.avro.Schema$Parser");
    return parser
        .getMethod("parse", String.class)
        .invoke(parser.getConstructor().newInstance(), avsc);
  }

  private static String canonical(Object avro) throws Exception {
    Method form =
        jars.loadClass("org.apache.avro.SchemaNormalization")
            .getMethod("toParsingForm", jars.loadClass("org.apache.avro.Schema"));
    return (String) form.invoke(null, avro);
  }

  /** Names, types, docs and defaults, as Avro itself writes them. */
  private static JsonNode withoutConnectProperties(Object avro) throws Exception {
    JsonNode tree = JSON.readTree(avro.toString());
    removeConnectProperties(tree);
    return tree;
  }

  private static void removeConnectProperties(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.stream().filter(name -> name.startsWith("connect.")).forEach(object::remove);
    }
    node.forEach(AvroConverterIT::removeConnectProperties);
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
