package io.github.auditstream.connect.office365.api;

/** A link in the chain that a request goes through. Safe for many threads. */
interface Exchange {
  /**
   * Sends the call, or ends it here.
   *
   * @throws InterruptedException if the thread is interrupted; the request is then abandoned
   */
  ApiOutcome<Answer> send(Call call) throws InterruptedException;
}
