package io.github.auditstream.connect.office365.auth;

/** Asks for a new token, past every cache. */
interface TokenRequest {

  /**
   * Blocks until the answer is there or its time is up. Can be interrupted: then it throws, and the
   * thread's interrupt flag is set.
   */
  AccessToken send() throws TokenException;
}
