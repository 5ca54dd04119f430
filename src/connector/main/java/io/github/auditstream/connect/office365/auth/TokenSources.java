package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Makes token sources over MSAL4J. */
public final class TokenSources {
  private TokenSources() {}

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
  public static TokenSource create(
      TenantSettings tenant,
      CloudEndpoints cloud,
      Supplier<Credential> credential,
      HttpClient http,
      Duration requestTimeout,
      Executor executor,
      ScheduledExecutorService timer,
      Clock clock) {
    return new RenewingTokenSource(
        new EntraTokenRequest(tenant, cloud, credential, http, requestTimeout, timer, clock),
        executor,
        clock);
  }
}
