package io.github.auditstream.connect.office365.quickstart.chaos;

import java.util.List;
import java.util.Set;

/**
 * Why a task or the connector failed.
 *
 * @param name the first exception and the one at the root, without packages
 * @param root the class at the root
 * @param trace as the worker reports it
 */
record FailureCause(String name, String root, String trace) {
  private static final String CAUSED_BY = "Caused by: ";
  private static final String ERRORS = "org.apache.kafka.common.errors.";

  /**
   * What a task of any connector meets whose broker dies or stops, or whose successor has begun
   * elsewhere and fenced its producer off.
   */
  private static final Set<String> CLUSTER =
      Set.of(
          ERRORS + "ProducerFencedException",
          ERRORS + "InvalidProducerEpochException",
          ERRORS + "TimeoutException",
          ERRORS + "DisconnectException",
          ERRORS + "NetworkException");

  /**
   * Before it starts a task, a worker asks the leader for leave, which is refused where the leader
   * does not answer, a rebalance is on or newer configurations of the tasks have come. The leader
   * asks itself, so that its exceptions are wrapped another way.
   */
  private static final String NO_LEAVE =
      "org.apache.kafka.connect.runtime.rest.errors.ConnectRestException";

  private static final String FRAME = "at ";
  private static final String HERDER = FRAME + "org.apache.kafka.connect.runtime.distributed.";
  private static final String CONNECTOR = FRAME + "io.github.auditstream.";

  static FailureCause of(String trace) {
    List<String> exceptions =
        trace
            .lines()
            .map(String::strip)
            .filter(line -> !line.startsWith(FRAME) && !line.startsWith("..."))
            .toList();
    String first = exceptions.isEmpty() ? "unknown" : exceptions.get(0);
    String last =
        exceptions.stream()
            .filter(line -> line.startsWith(CAUSED_BY))
            .map(line -> line.substring(CAUSED_BY.length()))
            .reduce(first, (earlier, later) -> later);
    String name = simpleName(first);
    if (!last.equals(first)) {
      name += " < " + simpleName(last);
    }
    return new FailureCause(name, className(last), trace);
  }

  /** Whether a killed worker or a missing broker explains it, and nothing of the connector's. */
  boolean isTheCluster() {
    return CLUSTER.contains(root) || trace.startsWith(NO_LEAVE) || isTheHerderAlone();
  }

  /** The task was not begun: what runs a task has no frame of the herder's. */
  private boolean isTheHerderAlone() {
    return trace.contains(HERDER) && !trace.contains(CONNECTOR);
  }

  private static String className(String line) {
    int end = line.indexOf(':');
    return end < 0 ? line : line.substring(0, end);
  }

  private static String simpleName(String line) {
    String name = className(line);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
