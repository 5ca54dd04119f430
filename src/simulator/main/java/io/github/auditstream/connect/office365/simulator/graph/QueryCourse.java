package io.github.auditstream.connect.office365.simulator.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a query goes on: its status when it is created, and after each poll. The last one stays.
 *
 * @param statuses at least one; also such as Graph does not document
 */
public record QueryCourse(List<String> statuses) {
  static final String NOT_STARTED = "notStarted";
  static final String RUNNING = "running";
  static final String SUCCEEDED = "succeeded";
  static final String FAILED = "failed";
  static final String CANCELLED = "cancelled";

  public QueryCourse {
    statuses = List.copyOf(statuses);
    if (statuses.isEmpty()) {
      throw new IllegalArgumentException("a query always has a status");
    }
  }

  /** These statuses, one after each poll. */
  public static QueryCourse of(String... statuses) {
    return new QueryCourse(List.of(statuses));
  }

  /** Succeeds when it is polled for the nth time; 0 for a query that is done when it is created. */
  public static QueryCourse succeedsAtPoll(int n) {
    return endsAtPoll(n, SUCCEEDED);
  }

  /** Fails when it is polled for the nth time. */
  public static QueryCourse failsAtPoll(int n) {
    return endsAtPoll(n, FAILED);
  }

  /** Is cancelled when it is polled for the nth time. */
  public static QueryCourse cancelledAtPoll(int n) {
    return endsAtPoll(n, CANCELLED);
  }

  /** Runs for ever. */
  public static QueryCourse stuck() {
    return of(NOT_STARTED, RUNNING);
  }

  /** Never starts. */
  public static QueryCourse neverStarts() {
    return of(NOT_STARTED);
  }

  /** A status that is not documented comes first. */
  public static QueryCourse queued() {
    return of("queued", "queued", RUNNING, SUCCEEDED);
  }

  /** The value that Graph's enumerations keep for the future comes in between. */
  public static QueryCourse unknown() {
    return of(NOT_STARTED, "unknownFutureValue", SUCCEEDED);
  }

  String after(int polls) {
    return statuses.get(Math.min(polls, statuses.size() - 1));
  }

  static boolean ended(String status) {
    return List.of(SUCCEEDED, FAILED, CANCELLED).contains(status);
  }

  private static QueryCourse endsAtPoll(int n, String end) {
    List<String> statuses = new ArrayList<>();
    if (n > 0) {
      statuses.add(NOT_STARTED);
      statuses.addAll(Collections.nCopies(n - 1, RUNNING));
    }
    statuses.add(end);
    return new QueryCourse(statuses);
  }
}
