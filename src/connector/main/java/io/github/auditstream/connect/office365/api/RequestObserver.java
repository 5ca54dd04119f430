package io.github.auditstream.connect.office365.api;

/**
 * Is notified of every request that was sent, once each. Must be quick, and safe for many threads.
 */
public interface RequestObserver {
  /** Looks away. */
  RequestObserver NOBODY = outcome -> {};

  /**
   * The head of an answer has come, or none has. What is wrong with a body behind it shows only to
   * its reader.
   */
  void ended(ApiOutcome<?> outcome);
}
