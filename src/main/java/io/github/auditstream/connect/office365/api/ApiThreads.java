package io.github.auditstream.connect.office365.api;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the answers of the API are handled with. Its owner closes both after the last request.
 *
 * @param timer ends waits; never does the work itself
 * @param work reads answers once they are there; does not wait for the network, but for what of a
 *     blob's body does not begin as the API's do
 */
public record ApiThreads(ScheduledExecutorService timer, Executor work) {
  /** Answers are read by whichever thread brings them. */
  public static ApiThreads with(ScheduledExecutorService timer) {
    return new ApiThreads(timer, Runnable::run);
  }
}
