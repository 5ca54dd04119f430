package io.github.auditstream.connect.office365.api;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Tells an interrupted read from a broken one. */
final class Interruption {
  private Interruption() {}

  /**
   * Turns the sign of an interrupted read back into what it was.
   *
   * @throws InterruptedException if the thread was interrupted while it read; its flag is cleared
   */
  static void rethrow(IOException e) throws InterruptedException {
    if (e instanceof InterruptedIOException && Thread.interrupted()) {
      InterruptedException interrupted = new InterruptedException("interrupted while reading");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
