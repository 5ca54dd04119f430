package io.github.auditstream.connect.office365.feed;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How many bytes of event JSON a task holds between the API and Kafka. Fetchers take, the task's
 * thread gives back. Safe for many threads.
 *
 * <p>Half of it is kept for the blobs whose records are due next, one of each feed, in equal
 * shares: so neither blobs further back nor a feed with a backlog can slow down what is due. The
 * rest goes to whoever comes. A blob that is due may always add one event when it has none waiting,
 * however full the budget is, or else nothing would ever move.
 */
final class ByteBudget {
  private final long commonLimitBytes;
  private final long dueLimitBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int shares; // guarded by lock
  private long commonBytes; // guarded by lock
  private long dueBytes; // guarded by lock

  ByteBudget(long limitBytes) {
    this.dueLimitBytes = limitBytes / 2;
    this.commonLimitBytes = limitBytes - dueLimitBytes;
  }

  /** A share for one more feed. */
  Share share() {
    lock.lock();
    try {
      shares++;
      return new Share();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the waiting ask again whether they are due next. */
  void lineMoved() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long usedBytes() {
    lock.lock();
    try {
      return commonBytes + dueBytes;
    } finally {
      lock.unlock();
    }
  }

  /** What one feed takes. */
  final class Share {
    private long ownBytes; // guarded by lock: of those kept for what is due

    private Share() {}

    /**
     * Waits until the bytes fit.
     *
     * @param due whether the taker's records are due next
     * @param starving whether the taker has none waiting; asked only where they are due
     * @throws InterruptedException if the task stops
     */
    void take(long bytes, BooleanSupplier due, BooleanSupplier starving)
        throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (!taken(bytes, due.getAsBoolean(), starving)) {
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Takes the bytes if they fit now. */
    boolean tryTake(long bytes, BooleanSupplier due, BooleanSupplier starving) {
      lock.lock();
      try {
        return taken(bytes, due.getAsBoolean(), starving);
      } finally {
        lock.unlock();
      }
    }

    private boolean taken(long bytes, boolean isDue, BooleanSupplier starving) {
      if (isDue && ownBytes + bytes <= dueLimitBytes / shares) {
        takeOwn(bytes);
      } else if (commonBytes + bytes <= commonLimitBytes || commonBytes + dueBytes == 0) {
        commonBytes += bytes;
      } else if (isDue && starving.getAsBoolean()) {
        takeOwn(bytes);
      } else {
        return false;
      }
      return true;
    }

    private void takeOwn(long bytes) {
      ownBytes += bytes;
      dueBytes += bytes;
    }

    /** Only what was due is given back, so what it took as its own comes first. */
    void giveBack(long bytes) {
      lock.lock();
      try {
        long own = Math.min(bytes, ownBytes);
        takeOwn(-own);
        commonBytes -= bytes - own;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
