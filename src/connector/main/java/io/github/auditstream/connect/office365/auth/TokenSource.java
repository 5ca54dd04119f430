package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Gives the bearer token of one tenant. Safe for many threads. */
public interface TokenSource {
  /**
   * A token source for one tenant. Owns no thread and needs no closing.
   *
   * @param tenant whose audit log the token is for; its own credential is not used
   * @param cloud the authority to ask, and the audience to ask for
   * @param credential asked before each token request, so that a rotated secret is taken up; what
   *     it throws becomes a {@link TokenException}
   * @param http sends the requests
   * @param requestTimeout the longest wait for one answer of Entra ID
   * @param executor runs token requests, which wait for their answers: the caller's own, to wait
   *     itself
   * @param timer ends the wait for an answer's body; never does the work itself
   * @param clock decides when a token is due for renewal
   */
  static TokenSource create(
      TenantSettings tenant,
      CloudEndpoints cloud,
      Supplier<Credential> credential,
      HttpClient http,
      Duration requestTimeout,
      Executor executor,
      ScheduledExecutorService timer,
      Clock clock) {
    EntraTokenRequest request =
        new EntraTokenRequest(tenant, cloud, credential, http, requestTimeout, timer, clock);
    return new RenewingTokenSource(request::send, executor, clock);
  }

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
