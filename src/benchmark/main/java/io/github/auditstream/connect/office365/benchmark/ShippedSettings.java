package io.github.auditstream.connect.office365.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the shipped configuration of a connector says. */
final class ShippedSettings {
  private static final String FILE = "office365.shipped";
  private static final String PRODUCER = "producer.override.";

  private ShippedSettings() {}

  /** Its settings of the producer; the build names the file. */
  static Map<String, String> producerOverrides() {
    Path file =
        Path.of(System.getProperty(FILE, Repository.file("config/example-tenant.json").toString()));
    try {
      JsonNode config = new ObjectMapper().readTree(file.toFile()).path("config");
      Map<String, String> overrides = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> key : config.properties()) {
        if (key.getKey().startsWith(PRODUCER)) {
          overrides.put(key.getKey(), key.getValue().asText());
        }
      }
      return overrides;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
