package io.github.auditstream.connect.office365.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connector's configuration as Connect's REST API takes it: an object with {@code name} and
 * {@code config}. It may name what only a running simulator knows as <code>${simulator.…}</code>,
 * and the broker as <code>${kafka.…}</code>; other placeholders are left for the worker's
 * configuration providers.
 */
record ConnectorFile(String name, Map<String, String> config) {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{((?:simulator|kafka)\\.[^}:]+)\\}");

  static ConnectorFile read(Path file) {
    JsonNode root = parsed(file);
    JsonNode name = root.path("name");
    JsonNode entries = root.path("config");
    if (!name.isTextual() || !entries.isObject()) {
      throw new QuickStartException(
          file
              + " is not a connector's configuration: it needs a text \"name\" and an object"
              + " \"config\", see config/quickstart.json");
    }
    Map<String, String> config = new LinkedHashMap<>();
    entries.fields().forEachRemaining(entry -> config.put(entry.getKey(), text(file, entry)));
    return new ConnectorFile(name.asText(), config);
  }

  private static JsonNode parsed(Path file) {
    try {
      return JsonMapper.builder().build().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the file, and the file can hold a secret.
      throw new QuickStartException(
          "%s is not JSON: see line %d, column %d"
              .formatted(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new QuickStartException("cannot read " + file + ": " + e, e);
    }
  }

  private static String text(Path file, Map.Entry<String, JsonNode> entry) {
    if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
      throw new QuickStartException(
          file + ": the value of " + entry.getKey() + " is not a text, number or boolean");
    }
    return entry.getValue().asText();
  }

  /** Whether it names anything of a simulator. */
  boolean needsSimulator() {
    return config.values().stream().anyMatch(value -> PLACEHOLDER.matcher(value).find());
  }

  /** The same with a simulator's values in place of their names. */
  ConnectorFile filled(Map<String, String> values) {
    Map<String, String> filled = new LinkedHashMap<>();
    config.forEach((key, value) -> filled.put(key, filled(key, value, values)));
    return new ConnectorFile(name, filled);
  }

  private static String filled(String key, String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String value = values.get(found.group(1));
              if (value == null) {
                throw new QuickStartException(
                    "%s: the simulator has no ${%s}, but %s"
                        .formatted(key, found.group(1), new TreeSet<>(values.keySet())));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** The same with other values of some keys. */
  ConnectorFile with(Map<String, String> values) {
    Map<String, String> changed = new LinkedHashMap<>(config);
    changed.putAll(values);
    return new ConnectorFile(name, changed);
  }

  TopicNames topics() {
    return TopicNames.of(config);
  }
}
