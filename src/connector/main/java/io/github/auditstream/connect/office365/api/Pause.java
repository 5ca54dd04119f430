package io.github.auditstream.connect.office365.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait between two questions to a server. It ends early by an interrupt only. */
public final class Pause {
  private Pause() {}

  /** Waits that long; at once for zero or less. */
  public static void of(Duration duration) throws InterruptedException {
    // Nobody counts it down: only an interrupt ends it early.
    boolean counted =
        new CountDownLatch(1).await(Math.max(0, duration.toNanos()), TimeUnit.NANOSECONDS);
    assert !counted;
  }
}
