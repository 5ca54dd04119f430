package io.github.auditstream.connect.office365.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A tenant's audit log queries, and how many it may have. Thread-safe. */
public final class AuditQueries {
  private static final Duration DAY = Duration.ofHours(24);

  /** How long a query can be read. */
  private static final Duration LIFE = Duration.ofDays(30);

  /** What became of a request to create a query. */
  public sealed interface Creation {

    record Created(AuditQuery query) implements Creation {}

    /**
     * Refused: as many queries as the tenant may have are not done.
     *
     * @param own how many of them came through the simulator
     */
    record NoSlot(int slots, int own) implements Creation {}

    /**
     * Refused: as many queries as the tenant may create were created in the last 24 hours.
     *
     * @param own how many of them came through the simulator
     */
    record QuotaUsed(int quota, int own) implements Creation {}
  }

  private final AuditStore store;
  private final QuerySettings settings;
  private final long seed;
  private final Map<String, AuditQuery> queries = new LinkedHashMap<>();
  private final List<Instant> creations = new ArrayList<>();
  private long created;
  private Instant asksToWaitUntil = Instant.MIN;

  /**
   * No queries yet.
   *
   * @param seed decides the ids of queries and the order of their records
   */
  public AuditQueries(AuditStore store, QuerySettings settings, long seed) {
    this.store = store;
    this.settings = settings;
    this.seed = seed;
  }

  /**
   * Creates a query, if there is room for one more.
   *
   * @param workloads the only ones that it may find; empty where it may find all
   */
  public synchronized Creation create(
      QueryRequest request, String version, Optional<Set<String>> workloads, Instant now) {
    creations.removeIf(each -> !each.isAfter(now.minus(DAY)));
    if (creations.size() + settings.createdByOthers() >= settings.creationsADay()) {
      return new Creation.QuotaUsed(settings.creationsADay(), creations.size());
    }
    int running = running(now);
    if (running + settings.slotsOfOthers() >= settings.slots()) {
      return new Creation.NoSlot(settings.slots(), running);
    }
    creations.add(now);
    created++;
    String id = new UUID(seed * 0x9E3779B97F4A7C15L + created, ~seed ^ created << 17).toString();
    AuditQuery query =
        new AuditQuery(
            new AuditQuery.Origin(
                id,
                created,
                version,
                now,
                request,
                new QueryFilter(request, settings.endIncluded(), workloads),
                settings.courseOf(request),
                settings.shortest()),
            store,
            settings,
            seed ^ created);
    queries.put(id, query);
    return new Creation.Created(query);
  }

  /** Asks the next creations to wait, if the settings say so; answers for how long. */
  public synchronized Optional<Duration> askToWait(Instant now) {
    Optional<Duration> wait = settings.retryAfter();
    wait.ifPresent(duration -> asksToWaitUntil = now.plus(duration));
    return wait;
  }

  /** Until when a refused creation was last asked to wait. */
  public synchronized Instant asksToWaitUntil() {
    return asksToWaitUntil;
  }

  /** The queries that keep a slot: one that nobody asks for any more does so for a day. */
  private int running(Instant now) {
    return (int)
        queries.values().stream()
            .filter(query -> !query.ended() && query.created().plus(DAY).isAfter(now))
            .count();
  }

  /** A query that can still be read. */
  public synchronized Optional<AuditQuery> find(String id, Instant now) {
    return Optional.ofNullable(queries.get(id))
        .filter(query -> query.created().plus(LIFE).isAfter(now));
  }

  /** The queries that can be read, the newest first. */
  public synchronized List<AuditQuery> list(Instant now) {
    return queries.values().stream()
        .filter(query -> query.created().plus(LIFE).isAfter(now))
        .sorted(Comparator.comparingLong(AuditQuery::number).reversed())
        .toList();
  }

  /** All queries that were created and not forgotten, in order. */
  public synchronized List<AuditQuery> all() {
    return List.copyOf(queries.values());
  }

  /** How many queries were ever created, forgotten ones too. */
  public synchronized long created() {
    return created;
  }

  /** Takes a query away: it is not found from now on. */
  public synchronized boolean forget(String id) {
    return queries.remove(id) != null;
  }

  /** Takes all queries away: none is found from now on. */
  public synchronized void forgetAll() {
    queries.clear();
  }

  /**
   * The Ids of the events that a search would find now which nothing truncates.
   *
   * @param until not in the range
   */
  public List<String> idsBetween(Instant from, Instant until, Instant now) {
    QueryRequest request =
        new QueryRequest(
            "",
            Optional.of(from),
            Optional.of(until),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            List.of());
    SearchResult found =
        store.search(
            new QueryFilter(request, false, Optional.empty()),
            new AuditStore.Terms(store.snapshot(now), Integer.MAX_VALUE, settings.retention(), 0));
    List<String> ids = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      ids.add(found.id(i));
    }
    return ids;
  }
}
