package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.storage.Converter;

/**
 * Confluent's own Avro converter with the registry that Confluent ships for use within a process,
 * loaded from its folder as a worker would load it.
 */
public final class InProcessAvro implements AutoCloseable {
  private static final String CONVERTER = "io.confluent.connect.avro.AvroConverter";
  private static final String CLIENT =
      "io.confluent.kafka.schemaregistry.client.SchemaRegistryClient";
  private static final String REGISTRY =
      "io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient";

  private final ChildFirstLoader loader;
  private final Converter converter;

  /**
   * @param converterFolder the converter's jars
   * @throws StackException if they are not there
   */
  public InProcessAvro(Path converterFolder) {
    this.loader = ChildFirstLoader.of(converterFolder);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object registry = loader.loadClass(REGISTRY).getConstructor().newInstance();
      this.converter =
          (Converter)
              loader
                  .loadClass(CONVERTER)
                  .getConstructor(loader.loadClass(CLIENT))
                  .newInstance(registry);
      converter.configure(Map.of("schema.registry.url", "http://localhost"), false);
    } catch (ReflectiveOperationException e) {
      throw new StackException("There is no Avro converter in " + converterFolder, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The converter for record values. Safe for many threads, like the one in a worker. */
  public Converter converter() {
    return converter;
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
