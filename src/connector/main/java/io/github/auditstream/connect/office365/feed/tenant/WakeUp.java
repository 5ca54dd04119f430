package io.github.auditstream.connect.office365.feed.tenant;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the task's thread that there is something to hand over. Signals do not add up. */
public final class WakeUp {
  private final Semaphore signal = new Semaphore(0);

  public void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  /** Waits for a signal, for at most the given time. */
  public void await(Duration longest) throws InterruptedException {
    if (signal.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
      signal.drainPermits();
    }
  }
}
