package io.github.auditstream.connect.office365.graph;

import java.util.Locale;

/**
 * How far a query is.
 *
 * @param state what to act on
 * @param text as Graph said it
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-auditlogquery">
 *     auditLogQuery</a>
 */
public record QueryStatus(State state, String text) {
  /** A closed set, with a place for what Graph may say some day. */
  public enum State {
    /** {@code notStarted}, or {@code queued}, which is seen but not documented. */
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Anything else: as good as running, until whoever waits gives up. */
    UNKNOWN;

    /** Whether there is nothing to wait for any more. */
    public boolean isEnd() {
      return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
  }

  private static final int LONGEST = 64;

  static QueryStatus of(String text) {
    State state =
        switch (text.toLowerCase(Locale.ROOT)) {
          case "notstarted", "queued" -> State.WAITING;
          case "running" -> State.RUNNING;
          case "succeeded" -> State.SUCCEEDED;
          case "failed" -> State.FAILED;
          case "cancelled" -> State.CANCELLED;
          default -> State.UNKNOWN;
        };
    String shown = text.replaceAll("[^\\x20-\\x7e]", "?");
    return new QueryStatus(state, shown.substring(0, Math.min(LONGEST, shown.length())));
  }
}
