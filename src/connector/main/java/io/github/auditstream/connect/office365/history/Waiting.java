package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.api.Pause;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits on the thread of a step. */
final class Waiting {
  private Waiting() {}

  /** Waits for an answer; breaks the request off if the thread is interrupted. */
  static <T> T on(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request ended by a programming error", e.getCause());
    }
  }

  static void pause(Duration pause) throws InterruptedException {
    Pause.of(pause);
  }

  /** The same as an interrupt of the thread, whose flag is cleared. */
  static InterruptedException interrupted(InterruptedIOException e) {
    boolean flagged = Thread.interrupted();
    InterruptedException interrupted =
        new InterruptedException(
            flagged ? "interrupted while reading" : "the reading was broken off");
    interrupted.initCause(e);
    return interrupted;
  }
}
