package io.github.auditstream.connect.office365.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.auditstream.connect.office365.testkit.AvroDecoder;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.Struct;

/** Which events have arrived, by which connector, and what the history's ledger says. */
final class HistoryTally {
  private static final String ORIGIN = "origin";

  private final TopicNames names;
  private final AvroDecoder decoder;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, TenantProgress> tenants = new LinkedHashMap<>();
  private long live;
  private long history;
  private long twice;

  /**
   * How a tenant's history is getting on.
   *
   * @param sent events that the history has sent
   * @param alreadyThere events that were in the topics before
   * @param reason what is wrong; empty text for nothing
   */
  record TenantProgress(
      String state, int slices, int done, long sent, long alreadyThere, String reason) {}

  HistoryTally(TopicNames names, AvroDecoder decoder) {
    this.names = names;
    this.decoder = decoder;
  }

  void add(ConsumerRecord<String, byte[]> record) {
    if (names.isEvents(record.topic())) {
      addEvent(record);
    } else if (record.topic().equals(names.ledger())
        && decoder.decode(record.topic(), record.value()).value() instanceof Struct entry
        && "TENANT".equals(entry.get("Kind"))) {
      tenants.put(record.key(), progress(entry));
    }
  }

  private void addEvent(ConsumerRecord<String, byte[]> record) {
    Header origin = record.headers().lastHeader(ORIGIN);
    if (origin != null && new String(origin.value(), UTF_8).equals("history")) {
      history++;
    } else {
      live++;
    }
    if (!ids.add(record.key())) {
      twice++;
    }
  }

  private static TenantProgress progress(Struct entry) {
    String reason = entry.getString("Reason");
    return new TenantProgress(
        entry.getString("State"),
        entry.getInt32("Slices"),
        entry.getInt32("SlicesDone"),
        entry.getInt64("Sent"),
        entry.getInt64("AlreadyThere"),
        reason == null ? "" : reason);
  }

  /** The latest of each tenant. */
  List<TenantProgress> tenants() {
    return List.copyOf(tenants.values());
  }

  /** How many of these have not arrived. */
  long missing(Collection<String> offered) {
    return offered.stream().filter(id -> !ids.contains(id)).count();
  }

  long live() {
    return live;
  }

  long history() {
    return history;
  }

  /** Records of events that had arrived before. */
  long twice() {
    return twice;
  }
}
