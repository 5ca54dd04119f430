package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.FeedKeys;
import io.github.auditstream.connect.office365.config.HistoryKeys;
import io.github.auditstream.connect.office365.config.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A connector's configuration, as it was PUT or as {@code GET .../config} answers it.
 *
 * @param config with its placeholders
 */
record ConnectorFile(Map<String, String> config) {
  static ConnectorFile read(Path file) {
    try {
      ObjectNode json = Json.readObject(Files.readString(file));
      return of(json.get("config") instanceof ObjectNode posted ? posted : json);
    } catch (IOException e) {
      throw new ToolException(
          "The connector's configuration %s cannot be read as a JSON object (%s)"
              .formatted(file, WorkerFile.name(e)),
          e);
    }
  }

  static ConnectorFile of(ObjectNode json) {
    Map<String, String> config = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> setting : json.properties()) {
      JsonNode value = setting.getValue();
      if (!value.isNull()) {
        config.put(setting.getKey(), value.isValueNode() ? value.asText() : value.toString());
      }
    }
    return new ConnectorFile(config);
  }

  /**
   * The names of its topics.
   *
   * @param prefix a former prefix, in place of the configured one. What has a name of its own, as
   *     by {@code receipts.topic}, keeps it
   * @param worker resolves placeholders
   */
  TopicSettings topics(Optional<String> prefix, WorkerFile worker) {
    Map<String, String> resolved = names(prefix, worker);
    String stem = text(resolved, CommonKeys.TOPIC_PREFIX.key(), "office365");
    return new TopicSettings(
        stem,
        text(resolved, FeedKeys.RECEIPTS_TOPIC.key(), stem + ".receipts"),
        text(resolved, CommonKeys.STATUS_TOPIC.key(), stem + ".status"),
        text(resolved, CommonKeys.DEADLETTER_TOPIC.key(), stem + ".deadletter"));
  }

  /** The topic of the history's ledger, which this or a history connector of its own writes. */
  String ledger(Optional<String> prefix, WorkerFile worker) {
    Map<String, String> resolved = names(prefix, worker);
    return text(
        resolved,
        HistoryKeys.LEDGER_TOPIC.key(),
        text(resolved, CommonKeys.TOPIC_PREFIX.key(), "office365") + ".history");
  }

  private Map<String, String> names(Optional<String> prefix, WorkerFile worker) {
    Map<String, String> names = new LinkedHashMap<>(config);
    names
        .keySet()
        .removeIf(name -> !name.equals(CommonKeys.TOPIC_PREFIX.key()) && !name.endsWith(".topic"));
    prefix.ifPresent(former -> names.put(CommonKeys.TOPIC_PREFIX.key(), former));
    return worker.resolved(names);
  }

  private static String text(Map<String, String> names, String key, String otherwise) {
    String text = names.getOrDefault(key, "").strip();
    return text.isEmpty() ? otherwise : text;
  }
}
