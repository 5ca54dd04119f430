package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** The faults of one configuration, each on the key to mend. Not safe for several threads. */
final class Problems {
  private final Map<String, List<String>> messages = new LinkedHashMap<>();

  /**
   * Notes a fault. Connect shows the message without the key, so the message begins with it.
   *
   * @param key the key to mend, as the user wrote it
   * @param fault what is wrong, as the end of a sentence that begins with the key; never a secret
   * @param mend what to write instead
   */
  void add(String key, String fault, String mend) {
    addMessage(key, key + " " + fault + ": " + mend + ".");
  }

  /** Notes a fault that was put into words elsewhere. */
  void addFound(String key, String words) {
    addMessage(key, key + ": " + words);
  }

  private void addMessage(String key, String message) {
    List<String> ofKey = messages.computeIfAbsent(key, k -> new ArrayList<>());
    if (!ofKey.contains(message)) {
      ofKey.add(message);
    }
  }

  void add(String key, Fault fault) {
    add(key, fault.fault(), fault.mend());
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  boolean has(String key) {
    return messages.containsKey(key);
  }

  /** The messages by key, in the order of their first fault. */
  Map<String, List<String>> byKey() {
    return messages;
  }

  /** Throws one exception with all faults, if there are any. */
  void throwIfAny() {
    if (!isEmpty()) {
      throw new ConfigException(
          messages.values().stream().flatMap(List::stream).collect(Collectors.joining("\n")));
    }
  }
}
