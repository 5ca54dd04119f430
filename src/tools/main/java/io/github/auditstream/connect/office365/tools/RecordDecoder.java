package io.github.auditstream.connect.office365.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;

/**
 * Turns records back with the converters that the connector's records were written with: the
 * connector's own where it has any, else the worker's. For one thread.
 */
record RecordDecoder(Converter values, Converter keys, @Nullable HeaderConverter headers)
    implements AutoCloseable {
  private static final String VALUE = "value.converter";
  private static final String KEY = "key.converter";
  private static final String HEADER = "header.converter";

  /** Connect's default; it writes text into headers as it is. */
  private static final String SIMPLE = "org.apache.kafka.connect.storage.SimpleHeaderConverter";

  private static final Set<String> PLAIN =
      Set.of(SIMPLE, "org.apache.kafka.connect.storage.StringConverter");

  /**
   * @param connector the connector's configuration, with its placeholders
   */
  static RecordDecoder create(WorkerFile worker, ConnectorFile connector) {
    return new RecordDecoder(
        converter(VALUE, worker, connector, false),
        converter(KEY, worker, connector, true),
        headerConverter(worker, connector));
  }

  private static Converter converter(
      String key, WorkerFile worker, ConnectorFile connector, boolean ofKeys) {
    Map<String, String> settings = settings(key, worker, connector);
    String className = settings.get(key);
    if (className == null) {
      throw new ToolException("Neither the worker nor the connector has a " + key);
    }
    return WorkerFile.configured(
        className,
        Converter.class,
        key,
        converter -> converter.configure(WorkerFile.below(settings, key + "."), ofKeys));
  }

  private static @Nullable HeaderConverter headerConverter(
      WorkerFile worker, ConnectorFile connector) {
    Map<String, String> settings = settings(HEADER, worker, connector);
    String className = settings.getOrDefault(HEADER, SIMPLE);
    if (PLAIN.contains(className)) {
      return null;
    }
    Map<String, Object> own = new HashMap<>(WorkerFile.below(settings, HEADER + "."));
    own.put("converter.type", "header");
    return WorkerFile.configured(
        className, HeaderConverter.class, HEADER, converter -> converter.configure(own));
  }

  private static Map<String, String> settings(
      String key, WorkerFile worker, ConnectorFile connector) {
    if (connector.config().containsKey(key)) {
      Map<String, String> own = new LinkedHashMap<>(connector.config());
      own.keySet().removeIf(name -> !name.startsWith(key));
      return worker.resolved(own);
    }
    return worker.resolved(name -> name.startsWith(key));
  }

  /**
   * The value.
   *
   * @throws ToolException if the converter does not understand it
   */
  Fields value(ConsumerRecord<byte[], byte[]> record) {
    String where = where(record);
    try {
      return Fields.of(values.toConnectData(record.topic(), record.value()).value(), where);
    } catch (KafkaException e) {
      // No message: it may quote the record.
      throw new ToolException(
          ("%s cannot be read with the value.converter (%s): is it the one that wrote it, and"
                  + " are its settings and its registry right?")
              .formatted(where, WorkerFile.name(e)),
          e);
    }
  }

  /** The key as text; empty if it has none that can be read. */
  Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(record.key())
          .map(key -> keys.toConnectData(record.topic(), key).value())
          .map(Object::toString);
    } catch (KafkaException e) {
      return Optional.empty();
    }
  }

  /** A header as text. */
  Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    if (headers == null) {
      return Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
    try {
      return Optional.ofNullable(
              headers.toConnectHeader(record.topic(), name, header.value()).value())
          .map(Object::toString);
    } catch (KafkaException e) {
      throw new ToolException(
          "A header of %s cannot be read with the header.converter (%s)"
              .formatted(where(record), WorkerFile.name(e)),
          e);
    }
  }

  private static String where(ConsumerRecord<?, ?> record) {
    return "Record " + record.offset() + " of " + record.topic() + "-" + record.partition();
  }

  @Override
  public void close() {
    try {
      if (headers != null) {
        headers.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the header converter cannot be closed", e);
    }
  }
}
