package io.github.auditstream.connect.office365.it.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A shipped connector file. Nothing in it is changed but the folder of the secrets, which is the
 * test's.
 */
record SinkFile(String name, Map<String, String> config) {
  static final Path FOLDER = Repository.file("config", "sinks");
  static final String SECRETS = "/etc/kafka-connect/secrets";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static SinkFile read(String file, Path secrets) throws IOException {
    JsonNode root =
        MAPPER.readTree(
            Files.readString(FOLDER.resolve(file)).replace(SECRETS, secrets.toString()));
    Map<String, String> config = new LinkedHashMap<>();
    root.path("config")
        .fields()
        .forEachRemaining(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    return new SinkFile(root.path("name").asText(), config);
  }
}
