package io.github.auditstream.connect.office365.it;

import io.github.auditstream.connect.office365.testkit.ReadRecord;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/** What a live connector and a history connector have written to the topics of one prefix. */
record HistoryTopicsView(TopicReader reader, String prefix) {
  /** The records of events, of both. */
  List<ReadRecord> events() {
    Set<String> beside =
        Set.of(
            prefix + ".receipts", prefix + ".status", prefix + ".deadletter", prefix + ".history");
    return reader.readAll(
        reader.topics(prefix + ".").stream().filter(topic -> !beside.contains(topic)).toList());
  }

  static boolean isOfHistory(ReadRecord event) {
    return "history".equals(event.headers().get("origin"));
  }

  /** The ledger as a compacted topic has it. */
  Map<String, Struct> ledger() {
    Map<String, Struct> latest = new LinkedHashMap<>();
    reader
        .readAll(prefix + ".history")
        .forEach(entry -> latest.put(Objects.requireNonNull(entry.key()), entry.struct()));
    return latest;
  }

  /** The queries whose records are being read. */
  Set<String> beingRead() {
    return ledger().values().stream()
        .filter(entry -> "SLICE".equals(entry.get("Kind")) && "READING".equals(entry.get("State")))
        .map(entry -> entry.getString("QueryId"))
        .collect(Collectors.toSet());
  }

  /** How many events have come of those queries. */
  long eventsOf(Set<String> queries) {
    return events().stream()
        .filter(event -> queries.contains(event.headers().getOrDefault("queryId", "")))
        .count();
  }
}
