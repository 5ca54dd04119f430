package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.status.metrics.Metric;
import io.github.auditstream.connect.office365.status.metrics.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a task's history, and the counters behind them. What the ledger says of a slice
 * begins anew where it is read again, so what only grows is counted here. Safe for many threads.
 */
final class HistoryReadings {
  private final String deadLetterTopic;
  private final Map<String, Sent> tenants = new LinkedHashMap<>();
  private final Sent imports = new Sent();
  private final LongAdder alreadyThere = new LongAdder();
  private volatile @Nullable KnownEvents known;

  /** What was handed to Kafka Connect. */
  private record Sent(LongAdder events, LongAdder deadLetters) {
    Sent() {
      this(new LongAdder(), new LongAdder());
    }
  }

  /**
   * @param tenants those whose queries the task runs
   */
  HistoryReadings(String deadLetterTopic, Collection<String> tenants) {
    this.deadLetterTopic = deadLetterTopic;
    tenants.forEach(tenant -> this.tenants.put(tenant, new Sent()));
  }

  /** The same known events, counted. */
  KnownEvents counting(KnownEvents events) {
    KnownEvents counted =
        new KnownEvents() {
          @Override
          public boolean add(String id) {
            boolean isNew = events.add(id);
            if (!isNew) {
              alreadyThere.increment();
            }
            return isNew;
          }

          @Override
          public void catchUp() throws InterruptedException, KnownEventsException {
            events.catchUp();
          }

          @Override
          public void reachBackTo(Instant from) {
            events.reachBackTo(from);
          }

          @Override
          public long size() {
            return events.size();
          }
        };
    known = counted;
    return counted;
  }

  /** Kafka Connect takes the records. */
  List<SourceRecord> taken(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      String origin = header(record, HistoryRecords.ORIGIN_HEADER);
      Sent sent =
          HistoryRecords.Source.IMPORT.equals(origin)
              ? imports
              : tenants.get(header(record, HistoryRecords.TENANT_HEADER));
      // The ledger's records have no such headers.
      if (sent != null && !origin.isEmpty()) {
        (record.topic().equals(deadLetterTopic) ? sent.deadLetters() : sent.events()).increment();
      }
    }
    return records;
  }

  private static String header(SourceRecord record, String name) {
    Header header = record.headers().lastWithName(name);
    return header == null ? "" : String.valueOf(header.value());
  }

  /**
   * To be registered.
   *
   * @param ledgers by tenant; empty as long as there is none
   */
  List<Reading> all(Function<String, Optional<Ledger>> ledgers) {
    List<Reading> readings = new ArrayList<>();
    tenants.forEach(
        (tenant, sent) -> readings.addAll(ofTenant(tenant, sent, () -> ledgers.apply(tenant))));
    readings.add(Reading.of(Metric.HISTORY_EVENTS_ALREADY_THERE_TOTAL, alreadyThere::sum));
    readings.add(
        Reading.of(
            Metric.KNOWN_EVENT_IDS,
            () -> {
              KnownEvents events = known;
              return events == null ? Double.NaN : (double) events.size();
            }));
    readings.add(Reading.of(Metric.IMPORT_EVENTS_PRODUCED_TOTAL, imports.events()::sum));
    readings.add(Reading.of(Metric.IMPORT_DEAD_LETTERS_TOTAL, imports.deadLetters()::sum));
    return readings;
  }

  private static List<Reading> ofTenant(
      String tenant, Sent sent, Supplier<Optional<Ledger>> ledger) {
    List<Reading> readings = new ArrayList<>();
    readings.add(of(ledger, Metric.HISTORY_SLICES, found -> found.progress().all()));
    readings.add(of(ledger, Metric.HISTORY_SLICES_DONE, found -> found.progress().done()));
    readings.add(
        of(ledger, Metric.HISTORY_SLICES_INCOMPLETE, found -> found.progress().incomplete()));
    readings.add(
        of(
            ledger,
            Metric.HISTORY_SECONDS_LEFT,
            found -> found.secondsLeft().stream().asDoubleStream().findFirst().orElse(Double.NaN)));
    readings.add(of(ledger, Metric.HISTORY_QUERIES_TODAY, Ledger::queriesToday));
    readings.add(of(ledger, Metric.HISTORY_TROUBLED, found -> found.isTroubled() ? 1 : 0));
    readings.add(Reading.of(Metric.HISTORY_EVENTS_PRODUCED_TOTAL, sent.events()::sum));
    readings.add(Reading.of(Metric.HISTORY_DEAD_LETTERS_TOTAL, sent.deadLetters()::sum));
    return readings.stream().map(reading -> reading.tagged("tenant", tenant)).toList();
  }

  private static Reading of(
      Supplier<Optional<Ledger>> ledger, Metric metric, ToDoubleFunction<Ledger> value) {
    return Reading.of(metric, () -> ledger.get().map(value::applyAsDouble).orElse(Double.NaN));
  }
}
