package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ActivityApi;
import io.github.auditstream.connect.office365.api.ApiSettings;
import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.Quota;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.http.HttpClients;
import io.github.auditstream.connect.office365.model.Version;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * Makes the APIs of a configuration's tenants: the same for a task, the preflight and the tools.
 *
 * @param http shared by all requests
 * @param threads handle the answers
 * @param tokenThreads wait for tokens
 */
public record TenantApis(
    ConnectorSettings settings,
    HttpClient http,
    ApiThreads threads,
    Executor tokenThreads,
    Environment environment) {

  /**
   * One tenant's API, for a program beside the connector.
   *
   * @param requestsPerMinute the program's share of the tenant's quota, at least 1
   * @param executor runs the HTTP client's own work and handles its answers, with two threads or
   *     more; the caller closes it after the last request
   */
  public static BlockingApi open(
      ConnectorSettings settings,
      TenantSettings tenant,
      int requestsPerMinute,
      ScheduledExecutorService executor,
      Clock clock) {
    TenantApis apis =
        new TenantApis(
            settings,
            HttpClients.create(settings.http(), executor),
            ApiThreads.with(executor),
            Runnable::run,
            Environment.of(clock));
    return new BlockingApi(
        apis.api(
            tenant,
            apis.tokens(tenant, tenant::credential),
            requestsPerMinute,
            RequestObserver.NOBODY));
  }

  /**
   * A tenant's tokens.
   *
   * @param credential asked before each token request
   */
  TokenSource tokens(TenantSettings tenant, Supplier<Credential> credential) {
    return TokenSource.create(
        tenant,
        settings.cloud(),
        credential,
        http,
        settings.http().requestTimeout(),
        tokenThreads,
        threads.timer(),
        environment.clock());
  }

  /** A tenant's API, asked with these tokens; to be closed. */
  ActivityApi api(
      TenantSettings tenant, TokenSource tokens, int requestsPerMinute, RequestObserver observer) {
    ApiSettings apiSettings =
        new ApiSettings(
            settings.cloud().management(),
            tenant.tenantId(),
            tenant.publisherId(),
            settings.http().requestTimeout(),
            "kafka-connect-office365/" + Version.version());
    return new ActivityApi(
        apiSettings,
        http,
        tokens,
        new Quota(requestsPerMinute, environment.ticks()),
        environment.clock(),
        environment.ticks(),
        threads,
        observer);
  }
}
