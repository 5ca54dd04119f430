package io.github.auditstream.connect.office365.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the topics' names, and keeps them apart. */
record TopicReader(Values values) {
  private static final String RECEIPTS = "receipts";
  private static final String STATUS = "status";
  private static final String DEADLETTER = "deadletter";
  private static final String LEDGER = "history";

  /** Workload topics end so; these words are no workloads. */
  private static final Pattern WORKLOAD = Pattern.compile("[a-z0-9]+");

  private static final Set<String> NO_WORKLOADS = Set.of(RECEIPTS, STATUS, DEADLETTER, LEDGER);

  TopicSettings read() {
    String prefix = values.value(CommonKeys.TOPIC_PREFIX);
    TopicSettings topics =
        new TopicSettings(
            prefix,
            values.find(FeedKeys.RECEIPTS_TOPIC).orElse(prefix + "." + RECEIPTS),
            values.find(CommonKeys.STATUS_TOPIC).orElse(prefix + "." + STATUS),
            values.find(CommonKeys.DEADLETTER_TOPIC).orElse(prefix + "." + DEADLETTER));
    Map<String, String> byKey = new LinkedHashMap<>();
    byKey.put(FeedKeys.RECEIPTS_TOPIC.key(), topics.receipts());
    byKey.put(CommonKeys.STATUS_TOPIC.key(), topics.status());
    byKey.put(CommonKeys.DEADLETTER_TOPIC.key(), topics.deadLetter());
    keepApart(byKey, prefix);
    return topics;
  }

  HistoryTopics readHistory() {
    String prefix = values.value(CommonKeys.TOPIC_PREFIX);
    HistoryTopics topics =
        new HistoryTopics(
            prefix,
            values.find(CommonKeys.DEADLETTER_TOPIC).orElse(prefix + "." + DEADLETTER),
            values.find(CommonKeys.STATUS_TOPIC).orElse(prefix + "." + STATUS),
            values.find(HistoryKeys.LEDGER_TOPIC).orElse(prefix + "." + LEDGER));
    Map<String, String> byKey = new LinkedHashMap<>();
    // Where the live connector has them unless it is told otherwise.
    byKey.put(FeedKeys.RECEIPTS_TOPIC.key(), prefix + "." + RECEIPTS);
    byKey.put(CommonKeys.STATUS_TOPIC.key(), topics.status());
    byKey.put(CommonKeys.DEADLETTER_TOPIC.key(), topics.deadLetter());
    byKey.put(HistoryKeys.LEDGER_TOPIC.key(), topics.ledger());
    keepApart(byKey, prefix);
    return topics;
  }

  private void keepApart(Map<String, String> byKey, String prefix) {
    refuseSameNames(byKey);
    byKey.forEach((key, topic) -> refuseWorkloadsTopic(key, topic, prefix));
  }

  private void refuseSameNames(Map<String, String> byKey) {
    Map<String, String> firstKey = new LinkedHashMap<>();
    byKey.forEach(
        (key, topic) -> {
          String other = firstKey.putIfAbsent(asMetricsSeeIt(topic), key);
          if (other != null) {
            values.refuse(
                values.isSet(key) ? key : other,
                "names the topic of " + (values.isSet(key) ? other : key),
                "write a name that differs in more than a dot for an underscore");
          }
        });
  }

  private void refuseWorkloadsTopic(String key, String topic, String prefix) {
    String stem = asMetricsSeeIt(prefix + ".");
    String name = asMetricsSeeIt(topic);
    if (!name.startsWith(stem)) {
      return;
    }
    String rest = name.substring(stem.length());
    if (WORKLOAD.matcher(rest).matches() && !NO_WORKLOADS.contains(rest)) {
      values.refuse(
          key,
          "could be the topic of a workload's events",
          "write a name that does not start with '"
              + prefix
              + ".', or put a hyphen into the part after it");
    }
  }

  /** Kafka's metrics hold names that differ in this only for one, and brokers refuse the second. */
  private static String asMetricsSeeIt(String topic) {
    return topic.replace('.', '_');
  }
}
