package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * A token source whose callers wait for each token, and ask on their own threads where they are the
 * first.
 */
public record BlockingTokens(TokenSource source) {
  static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "waited-tokens-timer");
            thread.setDaemon(true);
            return thread;
          });

  /** See {@link TokenSource#create}. */
  public static BlockingTokens create(
      TenantSettings tenant,
      CloudEndpoints cloud,
      Supplier<Credential> credential,
      HttpClient http,
      Duration requestTimeout,
      Clock clock) {
    return new BlockingTokens(
        TokenSource.create(
            tenant, cloud, credential, http, requestTimeout, Runnable::run, TIMER, clock));
  }

  public AccessToken token() throws TokenException {
    return TokenSource.await(source.token());
  }

  public AccessToken instead(AccessToken refused) throws TokenException {
    return TokenSource.await(source.instead(refused));
  }
}
