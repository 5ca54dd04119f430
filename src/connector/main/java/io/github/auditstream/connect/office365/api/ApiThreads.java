package io.github.auditstream.connect.office365.api;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the answers of the API are handled with. Its owner closes all after the last request.
 *
 * @param timer ends waits; never does the work itself
 * @param work reads answers that are there as a whole, and does not wait
 * @param bodies looks into blobs' bodies, and may wait for their next bytes; must not queue one
 *     behind another
 */
public record ApiThreads(ScheduledExecutorService timer, Executor work, Executor bodies) {
  /** Answers are read by whichever thread brings them. */
  public static ApiThreads with(ScheduledExecutorService timer) {
    return new ApiThreads(timer, Runnable::run, Runnable::run);
  }
}
