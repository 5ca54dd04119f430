package io.github.auditstream.connect.office365.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A breath between two looks at another process's state, where nothing could tell this one that it
 * has changed.
 */
public final class Pause {
  private Pause() {}

  /** Returns after that time at the latest; fails where the thread is interrupted. */
  public static void of(Duration limit) {
    LockSupport.parkNanos(limit.toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw new StackException("interrupted while waiting");
    }
  }
}
