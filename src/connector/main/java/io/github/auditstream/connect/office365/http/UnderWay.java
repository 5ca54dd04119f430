package io.github.auditstream.connect.office365.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The requests and bodies that have not ended, to be broken off with the task: up to JDK 20 the
 * HTTP client cannot do that, and would leave their connections open. Safe for many threads.
 */
public final class UnderWay {
  private final Set<Runnable> ends = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  /**
   * Something has begun.
   *
   * @param breakOff ends it; called at once where all has been broken off already
   */
  public void add(Runnable breakOff) {
    synchronized (this) {
      if (!closed) {
        ends.add(breakOff);
        return;
      }
    }
    breakOff.run();
  }

  /** It has ended by itself. */
  public synchronized void remove(Runnable breakOff) {
    ends.remove(breakOff);
  }

  /** Breaks off all that is under way, and from now on what begins. */
  public void close() {
    List<Runnable> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(ends);
      ends.clear();
    }
    all.forEach(Runnable::run);
  }
}
