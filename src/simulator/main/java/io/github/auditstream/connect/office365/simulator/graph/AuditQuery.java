package io.github.auditstream.connect.office365.simulator.graph;

import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** An audit log query of a tenant. Thread-safe. */
public final class AuditQuery {

  /** Whose it is and how it goes on. */
  record Origin(
      String id,
      long number,
      String version,
      Instant created,
      QueryRequest request,
      QueryFilter filter,
      QueryCourse course,
      Duration shortest) {}

  private final Origin origin;
  private final AuditStore store;
  private final QuerySettings settings;
  private final long seed;
  private final LongAdder recordsSent = new LongAdder();
  private int polls;
  private String status = "";
  private AuditStore.@Nullable Terms terms;
  private SoftReference<SearchResult> result = new SoftReference<>(null);

  AuditQuery(Origin origin, AuditStore store, QuerySettings settings, long seed) {
    this.origin = origin;
    this.store = store;
    this.settings = settings;
    this.seed = seed;
    goOn(origin.created());
  }

  public String id() {
    return origin.id();
  }

  /** The order of creation in its tenant, from 1. */
  public long number() {
    return origin.number();
  }

  /** The version of the API that it was created on. */
  public String version() {
    return origin.version();
  }

  public Instant created() {
    return origin.created();
  }

  public QueryRequest request() {
    return origin.request();
  }

  public synchronized String status() {
    return status;
  }

  /** How often its status was asked for. */
  public synchronized int polls() {
    return polls;
  }

  public synchronized boolean succeeded() {
    return status.equals(QueryCourse.SUCCEEDED);
  }

  synchronized boolean ended() {
    return QueryCourse.ended(status);
  }

  /** How many records its pages held, a record that was sent twice counted twice. */
  public long recordsSent() {
    return recordsSent.sum();
  }

  public void sent(int records) {
    recordsSent.add(records);
  }

  /**
   * Counts a poll and lets the query go on.
   *
   * @return whether it has just succeeded
   */
  public synchronized boolean poll(Instant now) {
    boolean before = succeeded();
    polls++;
    goOn(now);
    return !before && succeeded();
  }

  private synchronized void goOn(Instant now) {
    String wanted = origin.course().after(polls);
    boolean tooSoon = now.isBefore(origin.created().plus(origin.shortest()));
    status =
        QueryCourse.ended(wanted) && tooSoon
            ? (polls == 0 ? QueryCourse.NOT_STARTED : QueryCourse.RUNNING)
            : wanted;
    if (succeeded() && terms == null) {
      terms = terms(now);
    }
  }

  private AuditStore.Terms terms(Instant now) {
    return new AuditStore.Terms(
        store.snapshot(now), settings.recordLimit(), settings.retention(), seed);
  }

  /**
   * What it found: the same each time once it has succeeded, the first half of what there is
   * before.
   */
  public synchronized SearchResult result(Instant now) {
    if (terms == null) {
      SearchResult all = store.search(origin.filter(), terms(now));
      AuditStore.Terms half =
          new AuditStore.Terms(store.snapshot(now), all.size() / 2, settings.retention(), seed);
      return store.search(origin.filter(), half);
    }
    SearchResult known = result.get();
    if (known == null) {
      known = store.search(origin.filter(), terms);
      result = new SoftReference<>(known);
    }
    return known;
  }

  /** As Graph shows it. */
  public Map<String, @Nullable Object> properties(Instant now) {
    QueryRequest asked = request();
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("id", id());
    properties.put("displayName", asked.displayName());
    properties.put("filterStartDateTime", asked.start().map(Instant::toString).orElse(null));
    properties.put("filterEndDateTime", asked.end().map(Instant::toString).orElse(null));
    properties.put("recordTypeFilters", asked.recordTypes());
    properties.put("keywordFilter", asked.keyword());
    properties.put("serviceFilters", asked.services());
    properties.put("operationFilters", asked.operations());
    properties.put("userPrincipalNameFilters", asked.users());
    properties.put("ipAddressFilters", asked.addresses());
    properties.put("objectIdFilters", asked.objects());
    properties.put("administrativeUnitIdFilters", asked.administrativeUnits());
    synchronized (this) {
      properties.put("status", status);
      if (settings.countFields()) {
        SearchResult found = succeeded() ? result(now) : null;
        properties.put(
            "approximateReturnedRecordCount",
            found == null ? 0L : Math.max(0, found.found() + settings.countsOffBy()));
        properties.put("isRecordCountLimitExceeded", found != null && found.truncated());
        properties.put("recordCountLimit", terms == null ? settings.recordLimit() : terms.limit());
      }
    }
    return properties;
  }

  @Override
  public String toString() {
    return "query "
        + id()
        + " of "
        + request().start().map(Instant::toString).orElse("any time")
        + " to "
        + request().end().map(Instant::toString).orElse("now");
  }
}
