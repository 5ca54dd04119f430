package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.event.LargeElements;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets one large event of a task at a time be gathered, mapped and handed over to the {@link
 * ByteBudget}, and only of a blob whose records leave next in its feed. So nobody who is let in
 * waits for anybody who is not: whatever such a blob waits for comes from the API, or leaves with
 * the task's thread. Safe for many threads.
 */
final class LargeEventGate {
  /** The largest element then comes at 53 KiB a second at least. */
  static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private boolean taken; // guarded by lock
  private volatile long takenNanos;
  private final LongSupplier nanos;

  LargeEventGate() {
    this(System::nanoTime);
  }

  /**
   * @param nanos a clock that only goes forward
   */
  LargeEventGate(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * The gate for one attempt to read a blob.
   *
   * @param due whether the blob's records leave next in its feed
   */
  LargeElements of(BooleanSupplier due) {
    return new LargeElements() {
      @Override
      public void enter() throws InterruptedIOException {
        take(due);
      }

      @Override
      public void leave() {
        giveBack();
      }

      @Override
      public boolean isOverdue() {
        return nanos.getAsLong() - takenNanos > LONGEST_NANOS;
      }
    };
  }

  private void take(BooleanSupplier due) throws InterruptedIOException {
    try {
      lock.lockInterruptibly();
      try {
        while (taken || !due.getAsBoolean()) {
          changed.await();
        }
        taken = true;
        takenNanos = nanos.getAsLong();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted before a large event");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private void giveBack() {
    lock.lock();
    try {
      taken = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the waiting ask again whether they are due next. */
  void headChanged() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
