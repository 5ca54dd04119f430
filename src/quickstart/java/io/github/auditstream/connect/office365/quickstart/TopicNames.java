package io.github.auditstream.connect.office365.quickstart;

import java.util.Map;
import java.util.Set;

/**
 * The connector's topics as its configuration names them.
 *
 * @param prefix what the names of the topics with events begin with, before a dot
 * @param others those of receipts, status and dead letters
 */
record TopicNames(String prefix, Set<String> others) {
  static TopicNames of(Map<String, String> config) {
    String prefix = config.getOrDefault("topic.prefix", "office365");
    return new TopicNames(
        prefix,
        Set.of(
            config.getOrDefault("receipts.topic", prefix + ".receipts"),
            config.getOrDefault("status.topic", prefix + ".status"),
            config.getOrDefault("deadletter.topic", prefix + ".deadletter")));
  }

  boolean isOurs(String topic) {
    return topic.startsWith(prefix + ".") || others.contains(topic);
  }

  boolean isEvents(String topic) {
    return isOurs(topic) && !others.contains(topic);
  }
}
