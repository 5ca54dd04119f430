package io.github.auditstream.connect.office365.simulator;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What was asked for and how it ended. Thread-safe; keeps the latest requests one by one. */
public final class RequestLog {
  private static final int KEPT = 10_000;

  private final ArrayDeque<ServedRequest> latest = new ArrayDeque<>();
  private final Map<Operation, Map<String, Long>> counts = new TreeMap<>();
  private long total;

  RequestLog() {}

  synchronized void add(ServedRequest request) {
    total++;
    counts
        .computeIfAbsent(request.operation(), any -> new TreeMap<>())
        .merge(request.outcome(), 1L, Long::sum);
    latest.addLast(request);
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
  }

  /** All requests, whatever their end. */
  public synchronized long total() {
    return total;
  }

  /** The requests of an operation, whatever their end. */
  public synchronized long count(Operation operation) {
    return counts.getOrDefault(operation, Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * The requests of an operation that ended in a certain way.
   *
   * @param outcome as in {@link ServedRequest#outcome}, for example {@code 200} or {@code 403
   *     AF429}
   */
  public synchronized long count(Operation operation, String outcome) {
    return counts.getOrDefault(operation, Map.of()).getOrDefault(outcome, 0L);
  }

  /** Operation to outcome to number. */
  public synchronized Map<Operation, Map<String, Long>> counts() {
    Map<Operation, Map<String, Long>> copy = new TreeMap<>();
    counts.forEach((operation, outcomes) -> copy.put(operation, Map.copyOf(outcomes)));
    return copy;
  }

  /** The latest 10,000 requests in the order of their answers. */
  public synchronized List<ServedRequest> latest() {
    return List.copyOf(latest);
  }

  /** Those of the latest 10,000 requests that fit. */
  public List<ServedRequest> latest(Predicate<ServedRequest> wanted) {
    return latest().stream().filter(wanted).toList();
  }

  /** Those of the latest 10,000 requests that are of an operation. */
  public List<ServedRequest> latest(Operation operation) {
    return latest(request -> request.operation() == operation);
  }
}
