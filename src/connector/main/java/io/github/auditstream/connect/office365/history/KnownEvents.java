package io.github.auditstream.connect.office365.history;

import java.time.Instant;

/**
 * The Ids of the events and the keys of the dead letters that are in the topics, or on their way
 * there. Safe for many threads.
 */
public interface KnownEvents {
  /**
   * Takes an Id in.
   *
   * @return whether it was not known
   */
  boolean add(String id);

  /**
   * Takes in what was written to the topics since the last time; to begin with, all of it.
   *
   * @throws KnownEventsException if the topics cannot be read now
   */
  void catchUp() throws InterruptedException, KnownEventsException;

  /** Has the next {@link #catchUp} take in what is there from an earlier time on, too. */
  void reachBackTo(Instant from);

  /** How many are known. */
  long size();
}
