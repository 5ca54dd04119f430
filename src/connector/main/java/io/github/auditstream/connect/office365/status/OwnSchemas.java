package io.github.auditstream.connect.office365.status;

import io.github.auditstream.connect.office365.event.AvscReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.kafka.connect.data.Schema;

/** The schemas of the records in which the connector speaks of its own work. */
final class OwnSchemas {
  private static final String FOLDER =
      "/io/github/auditstream/connect/office365/schemas/connector/";

  private OwnSchemas() {}

  static Schema read(String name) {
    String resource = FOLDER + name + ".avsc";
    try (InputStream avsc = OwnSchemas.class.getResourceAsStream(resource)) {
      if (avsc == null) {
        throw new IllegalStateException("the plugin's jar lacks " + resource);
      }
      return AvscReader.read(avsc, resource);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
