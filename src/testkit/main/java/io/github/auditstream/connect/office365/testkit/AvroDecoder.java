package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;

/**
 * Confluent's own Avro converter, loaded from its folder apart from our classes, as a sink's worker
 * would load it. Safe for many threads.
 */
public final class AvroDecoder implements AutoCloseable {
  private static final String CONVERTER = "io.confluent.connect.avro.AvroConverter";

  private final ChildFirstLoader loader;
  private final Converter converter;

  /**
   * @param converterFolder the converter's jars
   * @param registry where it finds the schemas
   */
  public AvroDecoder(Path converterFolder, URI registry) {
    this.loader = ChildFirstLoader.of(converterFolder);
    try {
      this.converter =
          (Converter) loader.loadClass(CONVERTER).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new StackException("There is no Avro converter in " + converterFolder, e);
    }
    Converter unused =
        within(
            () -> {
              converter.configure(Map.of("schema.registry.url", registry.toString()), false);
              return converter;
            });
  }

  /** The value as a sink connector would see it; {@code SchemaAndValue.NULL} for a tombstone. */
  public SchemaAndValue decode(String topic, byte[] value) {
    return within(() -> converter.toConnectData(topic, value));
  }

  /** As a worker does: Kafka looks for a plugin's further classes with the thread's loader. */
  private <T> T within(Supplier<T> call) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    try (loader) {
      converter.close();
    } catch (IOException e) {
      throw new StackException("the Avro converter's jars could not be closed", e);
    }
  }
}
