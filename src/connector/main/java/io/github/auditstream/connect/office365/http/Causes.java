package io.github.auditstream.connect.office365.http;

import java.util.concurrent.CompletionException;

/** What a future has failed with. */
public final class Causes {
  private Causes() {}

  /** The failure itself, without the {@link CompletionException}s that stages wrap it in. */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
