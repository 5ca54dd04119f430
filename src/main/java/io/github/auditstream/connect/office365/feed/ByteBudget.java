package io.github.auditstream.connect.office365.feed;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How many bytes of event JSON a task holds between the API and Kafka. Fetchers take, the task's
 * thread gives back. Safe for many threads.
 *
 * <p>The blob whose records are due next may always add one event when it has none waiting, however
 * full the budget is: otherwise blobs further back could fill it and nothing would ever move.
 */
final class ByteBudget {
  private final long limitBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long usedBytes;

  ByteBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Waits until the bytes fit, or until the taker is next in line.
   *
   * @throws InterruptedException if the task stops
   */
  void take(long bytes, BooleanSupplier nextInLine) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (usedBytes + bytes > limitBytes && usedBytes > 0 && !nextInLine.getAsBoolean()) {
        changed.await();
      }
      usedBytes += bytes;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(long bytes) {
    lock.lock();
    try {
      usedBytes -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the waiting ask again whether they are next in line. */
  void lineMoved() {
    giveBack(0);
  }

  long usedBytes() {
    lock.lock();
    try {
      return usedBytes;
    } finally {
      lock.unlock();
    }
  }
}
