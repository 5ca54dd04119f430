package io.github.auditstream.connect.office365.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The events of a tenant, those that it published as blobs and those that only a search finds.
 * Thread-safe.
 */
public final class AuditStore {

  /**
   * What a search can see.
   *
   * @param batches how many batches were there
   */
  record Snapshot(Instant at, int batches) {}

  /**
   * How a search that ended is to be read; the same every time.
   *
   * @param limit of the records that it gives out
   * @param retention how long before it events are kept
   * @param seed decides the order
   */
  record Terms(Snapshot snapshot, int limit, Duration retention, long seed) {}

  private record Batch(Instant searchableFrom, Supplier<AuditEvents> events) {}

  private final List<Batch> batches = new ArrayList<>();

  /**
   * Adds a blob's events.
   *
   * @param searchableFrom before, no search finds the events
   * @param events made when first searched, and the same ever after
   */
  public synchronized void add(Instant searchableFrom, Supplier<AuditEvents> events) {
    batches.add(new Batch(searchableFrom, events));
  }

  synchronized Snapshot snapshot(Instant now) {
    return new Snapshot(now, batches.size());
  }

  private synchronized List<Batch> batches(Snapshot snapshot) {
    return List.copyOf(batches.subList(0, snapshot.batches()));
  }

  /** Finds each event once, in an order that means nothing. */
  SearchResult search(QueryFilter filter, Terms terms) {
    Instant oldest = terms.snapshot().at().minus(terms.retention());
    SearchResult.Collector found = new SearchResult.Collector();
    Map<EventFacts, Boolean> matching = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (Batch batch : batches(terms.snapshot())) {
      if (batch.searchableFrom().isAfter(terms.snapshot().at())) {
        continue;
      }
      AuditEvents events = batch.events().get();
      if (!filter.canHold(events.earliest(), events.latest())) {
        continue;
      }
      found.begin(events);
      for (int i = 0; i < events.size(); i++) {
        Instant time = events.creationTime(i);
        if (filter.holds(time)
            && !time.isBefore(oldest)
            && matching.computeIfAbsent(events.facts(i), filter::matches)
            && ids.add(events.id(i))) {
          found.add(i);
        }
      }
    }
    return found.result(new SplittableRandom(terms.seed()), terms.limit());
  }
}
