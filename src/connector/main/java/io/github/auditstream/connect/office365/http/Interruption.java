package io.github.auditstream.connect.office365.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletionException;

/** Tells an interrupted read from a broken one. */
public final class Interruption {
  private Interruption() {}

  /**
   * Turns the sign of an interrupted read back into what it was, as a future's stage can throw it.
   *
   * @throws CompletionException with an {@link InterruptedException} if the thread was interrupted
   *     while it read; its flag is left as it is
   */
  public static void rethrow(IOException e) {
    if (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
      InterruptedException interrupted = new InterruptedException("interrupted while reading");
      interrupted.initCause(e);
      throw new CompletionException(interrupted);
    }
  }
}
