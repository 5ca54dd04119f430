package io.github.auditstream.connect.office365.quickstart;

import java.util.Map;

/**
 * The connector's topics as its configuration names them.
 *
 * @param prefix what the names of the topics with events begin with, before a dot
 * @param ledger the history connector's
 */
record TopicNames(
    String prefix, String receipts, String status, String deadLetters, String ledger) {
  static TopicNames of(Map<String, String> config) {
    String prefix = config.getOrDefault("topic.prefix", "office365");
    return new TopicNames(
        prefix,
        config.getOrDefault("receipts.topic", prefix + ".receipts"),
        config.getOrDefault("status.topic", prefix + ".status"),
        config.getOrDefault("deadletter.topic", prefix + ".deadletter"),
        config.getOrDefault("history.topic", prefix + ".history"));
  }

  boolean isOurs(String topic) {
    return topic.startsWith(prefix + ".") || isBeside(topic);
  }

  boolean isEvents(String topic) {
    return isOurs(topic) && !isBeside(topic);
  }

  private boolean isBeside(String topic) {
    return topic.equals(receipts)
        || topic.equals(status)
        || topic.equals(deadLetters)
        || topic.equals(ledger);
  }
}
