package io.github.auditstream.connect.office365.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A pause between two polls of the state of another process, which cannot notify this one when it
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
