package io.github.auditstream.connect.office365.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/**
 * The record schema of each workload, read once from the {@code .avsc} files that the connector
 * ships. Every instance hands out the same Schema objects, since converters cache by them.
 * Thread-safe.
 */
public final class EventSchemas {

  /** The struct that says which blob an event came from. */
  public static final String CONTENT_BLOB = "ContentBlob";

  /** The map of what the schema has no room for, property name to JSON text. */
  public static final String ADDITIONAL_PROPERTIES = "AdditionalProperties";

  /** The field that says which route an event takes. Every schema has it. */
  static final String WORKLOAD = "Workload";

  private static final String FOLDER = "/io/github/auditstream/connect/office365/schemas/";

  private static final class Shipped {
    static final Map<Workload, Schema> SCHEMAS = load();
  }

  /** The route's schema: a required struct named after the workload. */
  public Schema forWorkload(Workload workload) {
    Schema schema = Shipped.SCHEMAS.get(workload);
    if (schema == null) {
      throw new IllegalArgumentException("No schema is shipped for " + workload);
    }
    return schema;
  }

  /** Every route. */
  public List<Workload> all() {
    return Workloads.all();
  }

  private static Map<Workload, Schema> load() {
    Map<Workload, Schema> schemas = new LinkedHashMap<>();
    for (Workload workload : Workloads.all()) {
      String resource = FOLDER + workload.topicSuffix() + ".avsc";
      try (InputStream avsc = EventSchemas.class.getResourceAsStream(resource)) {
        if (avsc == null) {
          throw new IllegalStateException("The connector's archive lacks the schema " + resource);
        }
        schemas.put(workload, AvscReader.read(avsc, resource));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return schemas;
  }
}
