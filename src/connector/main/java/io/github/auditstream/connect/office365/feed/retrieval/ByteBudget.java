package io.github.auditstream.connect.office365.feed.retrieval;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How many bytes of the heap a task's elements take between the API and Kafka. Fetchers take, the
 * task's thread gives back. Safe for many threads.
 *
 * <p>Half of it is kept for the blobs whose records are due next, one of each feed, in equal
 * shares: so neither blobs further back nor a feed with a backlog can slow down what is due. The
 * rest goes to whoever comes. A blob that is due and has no element waiting may add one that does
 * not fit, or else nothing would ever move; but not while that half is over its limit already,
 * which ends as soon as the task's thread takes what is due. So there is never more than the limit
 * and one element, and one more where a first element is larger than the half for all.
 */
public final class ByteBudget {
  private final long commonLimitBytes;
  private final long dueLimitBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int shares; // guarded by lock
  private long commonBytes; // guarded by lock
  private long dueBytes; // guarded by lock
  private final LargeEventGate largeEvents = new LargeEventGate();
  private final long keptLimitBytes;
  private long keptBytes; // guarded by lock

  public ByteBudget(long limitBytes) {
    this.dueLimitBytes = limitBytes / 2;
    this.commonLimitBytes = limitBytes - dueLimitBytes;
    this.keptLimitBytes = limitBytes / 4;
  }

  /** A share for one more feed. */
  public Share share() {
    lock.lock();
    try {
      shares++;
      return new Share();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the waiting ask again whether they are due next. */
  public void headChanged() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    largeEvents.headChanged();
  }

  /** Where blobs' readers ask before they hold a large element. */
  LargeEventGate largeEvents() {
    return largeEvents;
  }

  /**
   * Takes bytes for what is kept for long and can be done without: a quarter of the limit, beside
   * it.
   */
  boolean tryKeep(long bytes) {
    lock.lock();
    try {
      boolean fits = keptBytes + bytes <= keptLimitBytes;
      keptBytes += fits ? bytes : 0;
      return fits;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what {@link #tryKeep} took. */
  void letGo(long bytes) {
    lock.lock();
    try {
      keptBytes -= bytes;
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
  public final class Share {
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
      } else if (isDue && dueBytes <= dueLimitBytes && starving.getAsBoolean()) {
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
    public void giveBack(long bytes) {
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
