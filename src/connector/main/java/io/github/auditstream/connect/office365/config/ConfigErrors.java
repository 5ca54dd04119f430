package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** The errors of one configuration, each on the key to change. Not safe for several threads. */
public final class ConfigErrors {
  private final Map<String, List<String>> messages = new LinkedHashMap<>();

  ConfigErrors() {}

  /**
   * Adds an error. Connect shows the message without the key, so the message begins with it.
   *
   * @param key the key to change, as the user wrote it
   * @param reason what is wrong, as the end of a sentence that begins with the key; never a secret
   * @param fix what to write instead
   */
  public void add(String key, String reason, String fix) {
    addMessage(key, key + " " + reason + ": " + fix + ".");
  }

  /** Adds an error that was described elsewhere, in whole sentences. */
  public void addDescribed(String key, String description) {
    addMessage(key, key + ": " + description);
  }

  /** Adds a value's error. */
  public void add(String key, InvalidValueException e) {
    add(key, e.reason(), e.fix());
  }

  private void addMessage(String key, String message) {
    List<String> ofKey = messages.computeIfAbsent(key, k -> new ArrayList<>());
    if (!ofKey.contains(message)) {
      ofKey.add(message);
    }
  }

  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Whether a key has an error. */
  public boolean has(String key) {
    return messages.containsKey(key);
  }

  /** Whether a key that begins like this has an error. */
  public boolean hasBelow(String prefix) {
    return messages.keySet().stream().anyMatch(key -> key.startsWith(prefix));
  }

  /** The messages by key, in the order of their first error. */
  Map<String, List<String>> byKey() {
    return messages;
  }

  /** Throws one exception with all errors, if there are any. */
  void throwIfAny() {
    if (!isEmpty()) {
      throw new ConfigException(
          messages.values().stream().flatMap(List::stream).collect(Collectors.joining("\n")));
    }
  }
}
