package io.github.auditstream.connect.office365.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before the next attempt. Arithmetic only: it keeps no count, draws no random
 * number and does not wait.
 *
 * @param first the longest wait after the first failure
 * @param factor by how much each further failure lengthens it, at least 1
 * @param cap the longest wait of all, unless the server asks for more
 */
public record RetrySchedule(Duration first, double factor, Duration cap) {
  public RetrySchedule {
    if (first.isZero() || first.isNegative()) {
      throw new IllegalArgumentException("first must be positive");
    }
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("factor must be at least 1");
    }
    if (cap.compareTo(first) < 0) {
      throw new IllegalArgumentException("cap must not be shorter than first");
    }
  }

  /**
   * The greater of the server's wish and our own, which lies between half and the whole of a
   * doubling ceiling, so that many who failed together do not come back together.
   *
   * @param failures failures in a row so far, at least 1
   * @param draw a random number in [0, 1), the caller's
   * @param serverAsks what the server's {@code Retry-After} asks for, if anything
   */
  public Duration delay(int failures, double draw, Optional<Duration> serverAsks) {
    if (failures < 1) {
      throw new IllegalArgumentException("failures must be at least 1");
    }
    if (!(draw >= 0 && draw < 1)) {
      throw new IllegalArgumentException("draw must be in [0, 1)");
    }
    double ceiling =
        Math.min((double) cap.toMillis(), first.toMillis() * Math.pow(factor, failures - 1));
    Duration own = Duration.ofMillis((long) (ceiling * (0.5 + draw / 2)));
    return serverAsks.filter(asked -> asked.compareTo(own) > 0).orElse(own);
  }
}
