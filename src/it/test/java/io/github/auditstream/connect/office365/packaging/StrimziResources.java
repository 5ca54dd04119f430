package io.github.auditstream.connect.office365.packaging;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is shipped for Strimzi. */
final class StrimziResources {
  static final Path FOLDER = Repository.file("deploy/strimzi");

  /** Namespace, Secret and key. */
  static final Pattern SECRET = Pattern.compile("\\$\\{secrets:([^/}]+)/([^:}]+):([^}]+)}");

  private StrimziResources() {}

  static Map<?, ?> connect() throws IOException {
    return Yaml.file(FOLDER.resolve("kafka-connect.yaml").toString());
  }

  static Map<?, ?> connector() throws IOException {
    return Yaml.file(FOLDER.resolve("kafka-connector.yaml").toString());
  }

  /** The worker properties of {@code spec.config}. */
  static Map<String, String> workerConfig() throws IOException {
    return texts(Yaml.at(connect(), "spec", "config"));
  }

  /** What the operator sends to Connect's REST interface. */
  static Map<String, String> connectorConfig() throws IOException {
    Map<?, ?> connector = connector();
    Map<String, String> config = texts(Yaml.at(connector, "spec", "config"));
    config.put("connector.class", Yaml.at(connector, "spec", "class").toString());
    config.put("tasks.max", Yaml.at(connector, "spec", "tasksMax").toString());
    return config;
  }

  private static Map<String, String> texts(Object object) {
    Map<String, String> texts = new TreeMap<>();
    ((Map<?, ?>) object).forEach((key, value) -> texts.put(key.toString(), value.toString()));
    return texts;
  }
}
