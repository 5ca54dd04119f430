package io.github.auditstream.connect.office365.status;

import java.time.Instant;

/**
 * What keeps a feed from working. The same failure again is the same problem with a higher count:
 * it is identified by kind and code, never by its text.
 *
 * @param kind of failure
 * @param code AF or AADSTS code; empty text where there was none
 * @param httpStatus of the answer; 0 where none came
 * @param reason what happened, what it means and what to do, as it was said last
 * @param since when it was first seen
 * @param times how often it was seen, at least 1
 */
public record Problem(
    String kind, String code, int httpStatus, String reason, Instant since, long times) {

  /** The first sight of a problem. */
  public static Problem first(
      String kind, String code, int httpStatus, String reason, Instant now) {
    return new Problem(kind, code, httpStatus, reason, now, 1);
  }

  public boolean isOf(String otherKind, String otherCode) {
    return kind.equals(otherKind) && code.equals(otherCode);
  }

  /** The same problem, seen once more. */
  public Problem again(String lastReason) {
    return new Problem(kind, code, httpStatus, lastReason, since, times + 1);
  }

  /** Whether it is worth a line in the log: the 1st, 2nd, 4th, 8th time and so on. */
  public boolean shouldLog() {
    return Long.bitCount(times) == 1;
  }
}
