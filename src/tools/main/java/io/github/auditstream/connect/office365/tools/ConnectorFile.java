package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connector's configuration, as it was PUT or as {@code GET .../config} answers it. */
final class ConnectorFile {
  private static final String DEFAULT_PREFIX = "office365";

  private ConnectorFile() {}

  static Map<String, String> read(Path file) {
    try {
      Map<String, @Nullable Object> read = JsonText.readObject(Files.readString(file));
      return flat(
          read.get("config") instanceof Map<?, ?> ? JsonText.object(read.get("config")) : read);
    } catch (IOException e) {
      throw new ToolException(
          "The connector's configuration "
              + file
              + " cannot be read as a JSON object ("
              + WorkerFile.name(e)
              + ")",
          e);
    }
  }

  static Map<String, String> flat(Map<String, @Nullable Object> json) {
    Map<String, String> config = new LinkedHashMap<>();
    json.forEach(
        (name, value) -> {
          if (value != null) {
            config.put(name, value.toString());
          }
        });
    return config;
  }

  /** The names of its topics. */
  static TopicSettings topics(Map<String, String> config, WorkerFile worker) {
    Map<String, String> names = new LinkedHashMap<>(config);
    names
        .keySet()
        .removeIf(name -> !name.equals(CommonKeys.TOPIC_PREFIX.key()) && !name.endsWith(".topic"));
    return topics(worker.resolved(names));
  }

  /**
   * The names of its topics.
   *
   * @param prefix a former prefix, in place of the configured one. What has a name of its own, as
   *     by {@code receipts.topic}, keeps it
   */
  static TopicSettings topics(
      Map<String, String> config, Optional<String> prefix, WorkerFile worker) {
    Map<String, String> former = new LinkedHashMap<>(config);
    prefix.ifPresent(name -> former.put(CommonKeys.TOPIC_PREFIX.key(), name));
    return topics(former, worker);
  }

  static TopicSettings topics(Map<String, String> names) {
    String prefix = text(names, CommonKeys.TOPIC_PREFIX.key(), DEFAULT_PREFIX);
    return new TopicSettings(
        prefix,
        text(names, CommonKeys.RECEIPTS_TOPIC.key(), prefix + ".receipts"),
        text(names, CommonKeys.STATUS_TOPIC.key(), prefix + ".status"),
        text(names, CommonKeys.DEADLETTER_TOPIC.key(), prefix + ".deadletter"));
  }

  private static String text(Map<String, String> names, String key, String otherwise) {
    String text = names.getOrDefault(key, "").strip();
    return text.isEmpty() ? otherwise : text;
  }
}
