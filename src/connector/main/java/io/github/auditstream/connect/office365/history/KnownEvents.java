package io.github.auditstream.connect.office365.history;

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

  /** How many are known. */
  long size();
}
