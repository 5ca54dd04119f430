package io.github.auditstream.connect.office365.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Gives the bearer token of one tenant. Safe for many threads. */
public interface TokenSource {

  /**
   * The current token, acquired or renewed where needed; there at once where that is not, and
   * otherwise after the configured time-outs at the latest.
   *
   * @return completes exceptionally with a {@link TokenException} if Entra ID cannot be asked, or
   *     refuses
   */
  CompletableFuture<AccessToken> token();

  /**
   * A token in place of one that the API refused. Many callers refused at once cause one request.
   * The same object again means that there is no other.
   *
   * @param refused the token that the API answered 401 to
   * @return completes exceptionally with a {@link TokenException} if Entra ID cannot be asked, or
   *     refuses
   */
  CompletableFuture<AccessToken> instead(AccessToken refused);

  /**
   * Waits for a token.
   *
   * @throws TokenException if Entra ID cannot be asked, or refuses; also if the thread is
   *     interrupted, whose flag is set then
   */
  static AccessToken await(CompletableFuture<AccessToken> wanted) throws TokenException {
    try {
      return wanted.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TokenException why) {
        throw why;
      }
      throw new IllegalStateException("the token request failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenException(
          TokenException.Kind.UNAVAILABLE, null, "interrupted while waiting for a token", e);
    }
  }
}
