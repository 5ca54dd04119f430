package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.status.HistoryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * What is known of a tenant's slices: read from the source offsets at the start, and written to the
 * ledger's topic and the offsets at each change. Safe for many threads.
 */
final class Ledger {
  private static final String SUMMARY = "history";
  private static final String UNTIL = "until";
  private static final String CREATIONS = "creations";

  private final String tenant;
  private final HistoryTools tools;
  private final StoredOffsets stored;
  private final CatchUpOrder order;
  private final Supplier<Instant> now;
  private final Map<Slice, SliceEntry> entries = new LinkedHashMap<>();
  private final Instant until;
  private final Creations creations;
  private List<Slice> inOrder = List.of();
  private Optional<String> problem = Optional.empty();
  private long doneSinceStart;
  private final Instant started;

  /**
   * @param creationsPerDay how many queries may be created in 24 hours
   * @param now server time
   */
  Ledger(
      String tenant,
      HistoryTools tools,
      StoredOffsets stored,
      CatchUpOrder order,
      int creationsPerDay,
      Supplier<Instant> now) {
    this.tenant = tenant;
    this.tools = tools;
    this.stored = stored;
    this.order = order;
    this.now = now;
    this.started = now.get();
    Map<String, String> partition = partition();
    Map<String, Object> summary =
        Optional.ofNullable(stored.of(List.of(partition)).get(partition)).orElse(Map.of());
    try {
      this.until = summary.get(UNTIL) instanceof String text ? Instant.parse(text) : started;
      this.creations =
          new Creations(
              creationsPerDay,
              summary.get(CREATIONS) instanceof String text ? Creations.parse(text) : List.of());
    } catch (RuntimeException e) {
      throw unreadable(partition, e);
    }
  }

  private Map<String, String> partition() {
    return SourcePartitions.of(tenant, SUMMARY, "summary");
  }

  private static ConnectException unreadable(Map<String, String> partition, RuntimeException e) {
    return new ConnectException(
        "The offset of the source partition "
            + partition
            + " is not one that the history connector wrote; remove it, and what it stood for is"
            + " read anew without sending anything twice",
        e);
  }

  /** The tenant's id. */
  String tenant() {
    return tenant;
  }

  /** When the history was started first: the end of the range where none is configured. */
  Instant firstStart() {
    return until;
  }

  /** Takes slices in, with what is stored of them and of their parts. */
  synchronized void plan(Collection<Slice> slices) {
    List<Slice> level = slices.stream().filter(slice -> !entries.containsKey(slice)).toList();
    while (!level.isEmpty()) {
      Map<Map<String, String>, Map<String, Object>> offsets =
          stored.of(level.stream().map(Slice::sourcePartition).toList());
      List<Slice> parts = new ArrayList<>();
      for (Slice slice : level) {
        Map<String, Object> offset = offsets.get(slice.sourcePartition());
        SliceEntry entry;
        try {
          entry = offset == null ? SliceEntry.NEW : SliceEntry.of(offset);
        } catch (IllegalArgumentException e) {
          throw unreadable(slice.sourcePartition(), e);
        }
        entries.put(slice, entry);
        if (entry.state() == SliceState.SPLIT) {
          parts.addAll(slice.parts());
        }
      }
      level = parts.stream().filter(slice -> !entries.containsKey(slice)).toList();
    }
    sort();
  }

  private void sort() {
    inOrder =
        SlicePlan.inOrder(
            entries.entrySet().stream()
                .filter(entry -> !isOver(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList(),
            order);
  }

  private static boolean isOver(SliceEntry entry) {
    return entry.state().isEnd() || entry.state() == SliceState.SPLIT;
  }

  /** The slices that are left, those first that have a query, else in the order of reading. */
  synchronized List<Slice> left() {
    return inOrder.stream()
        .filter(slice -> !isOver(entry(slice)))
        .sorted(Comparator.comparing(slice -> entry(slice).query().isEmpty()))
        .toList();
  }

  synchronized SliceEntry entry(Slice slice) {
    return entries.getOrDefault(slice, SliceEntry.NEW);
  }

  /** Whether any slice of the tenant has had events. */
  synchronized boolean hasRecords() {
    return entries.values().stream().anyMatch(entry -> entry.counts().records() > 0);
  }

  /** Notes how far a slice is. A slice that is split is succeeded by its parts. */
  synchronized void put(Slice slice, SliceEntry entry) {
    entries.put(slice, entry);
    Instant time = now.get();
    if (entry.state() == SliceState.DONE) {
      doneSinceStart++;
    }
    tools
        .outbox()
        .putNow(
            tools
                .records()
                .ledger(
                    status(slice, entry, time),
                    new HistoryRecords.Place(slice.sourcePartition(), entry.toSourceOffset())));
    if (entry.state() == SliceState.SPLIT) {
      plan(slice.parts());
    }
    report();
  }

  private static HistoryStatus status(Slice slice, SliceEntry entry, Instant time) {
    return new HistoryStatus(
        HistoryStatus.Kind.SLICE,
        slice.key(),
        Optional.of(slice.tenant()),
        Optional.of(new HistoryStatus.Span(slice.from(), slice.until())),
        slice.recordTypes(),
        Optional.empty(),
        entry.state().name(),
        time,
        entry.query().map(ref -> new HistoryStatus.Query(ref.id(), entry.attempt())),
        entry.counts().toStatus(),
        Optional.empty(),
        entry.reason().isEmpty() ? Optional.empty() : Optional.of(entry.reason()));
  }

  /** How long until another query may be created. */
  synchronized Duration untilCreation() {
    return creations.untilNext(now.get());
  }

  /** A query was created, or may have been. */
  synchronized void created() {
    creations.add(now.get());
  }

  /** What keeps the tenant from being read; empty once nothing does. */
  synchronized void problem(Optional<String> reason) {
    boolean changed = !reason.equals(problem);
    problem = reason;
    if (changed) {
      report();
    }
  }

  /** Writes how the tenant is getting on. */
  synchronized void report() {
    Instant time = now.get();
    Map<String, Object> offset = new HashMap<>();
    offset.put(UNTIL, until.toString());
    offset.put(CREATIONS, creations.text());
    tools
        .outbox()
        .putNow(
            tools.records().ledger(summary(time), new HistoryRecords.Place(partition(), offset)));
  }

  private HistoryStatus summary(Instant time) {
    Progress progress = progress();
    String state =
        problem.isPresent()
            ? "TROUBLED"
            : progress.left() > 0 ? "RUNNING" : progress.incomplete() > 0 ? "INCOMPLETE" : "DONE";
    return new HistoryStatus(
        HistoryStatus.Kind.TENANT,
        tenant,
        Optional.of(tenant),
        span(),
        List.of(),
        Optional.empty(),
        state,
        time,
        Optional.empty(),
        progress.counts().toStatus(),
        Optional.of(
            new HistoryStatus.Progress(
                progress.all(),
                progress.done(),
                progress.incomplete(),
                creations.count(time),
                secondsLeft(progress, time))),
        problem);
  }

  private Optional<HistoryStatus.Span> span() {
    Set<Slice> all = entries.keySet();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HistoryStatus.Span(
                all.stream().map(Slice::from).min(Instant::compareTo).orElseThrow(),
                all.stream().map(Slice::until).max(Instant::compareTo).orElseThrow()));
  }

  /**
   * How a tenant gets on.
   *
   * @param counts of all slices together
   */
  record Progress(int all, int done, int incomplete, SliceCounts counts) {
    int left() {
      return all - done - incomplete;
    }
  }

  synchronized Progress progress() {
    int all = 0;
    int done = 0;
    int incomplete = 0;
    SliceCounts sum = SliceCounts.NONE;
    for (Map.Entry<Slice, SliceEntry> each : entries.entrySet()) {
      SliceEntry entry = each.getValue();
      sum = sum.plus(entry.counts());
      boolean split = entry.state() == SliceState.SPLIT;
      // Its parts can be done, and something of it missing.
      boolean leavesOut = split && each.getKey().partsLeaveOut();
      all += !split || leavesOut ? 1 : 0;
      done += entry.state() == SliceState.DONE ? 1 : 0;
      incomplete += entry.state() == SliceState.INCOMPLETE || leavesOut ? 1 : 0;
    }
    return new Progress(all, done, incomplete, sum);
  }

  /** From how fast it went since the start, but no faster than the budget of queries. */
  private OptionalLong secondsLeft(Progress progress, Instant time) {
    if (progress.left() == 0) {
      return OptionalLong.of(0);
    }
    if (doneSinceStart == 0) {
      return OptionalLong.empty();
    }
    long elapsed = Math.max(1, Duration.between(started, time).toSeconds());
    return OptionalLong.of(
        Math.max(
            elapsed * progress.left() / doneSinceStart,
            creations.secondsFor(progress.left(), time)));
  }

  /** About how long the rest takes; empty if unknown. */
  synchronized OptionalLong secondsLeft() {
    return secondsLeft(progress(), now.get());
  }

  /** Queries that were created within the last 24 hours. */
  synchronized int queriesToday() {
    return creations.count(now.get());
  }

  /** Whether something keeps the tenant from being read. */
  synchronized boolean isTroubled() {
    return problem.isPresent();
  }
}
