package io.github.auditstream.connect.office365.feed.tenant;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * How many blobs of a tenant a task retrieves at once. A fetch beyond that waits, unless its blob
 * is the one whose records are due next: that one always runs, for all others may be waiting for
 * it. Safe for many threads.
 */
public final class FetchSlots {
  /** A retrieval that waits for its turn. */
  public interface Fetch {
    /** Whether the feed hands over this blob's records next. */
    boolean isHead();

    /** Retrieves the blob; calls {@link FetchSlots#done()} when it has ended in whatever way. */
    void run();
  }

  private final int limit;
  private final Executor executor;
  private final Deque<Fetch> waiting = new ArrayDeque<>();
  private int running;

  FetchSlots(int limit, Executor executor) {
    this.limit = limit;
    this.executor = executor;
  }

  public void submit(Fetch fetch) {
    synchronized (this) {
      if (running >= limit && !fetch.isHead()) {
        waiting.addLast(fetch);
        return;
      }
      running++;
    }
    executor.execute(fetch::run);
  }

  /** A fetch has ended: starts the one that waited longest. */
  public void done() {
    Fetch next;
    synchronized (this) {
      running--;
      next = running < limit ? waiting.pollFirst() : null;
      if (next == null) {
        return;
      }
      running++;
    }
    executor.execute(next::run);
  }

  /** Another blob may be at the head of its feed: the fetch of such a blob waits no longer. */
  public void headChanged() {
    Fetch next;
    synchronized (this) {
      next = waiting.stream().filter(Fetch::isHead).findFirst().orElse(null);
      if (next == null) {
        return;
      }
      waiting.remove(next);
      running++;
    }
    executor.execute(next::run);
  }
}
