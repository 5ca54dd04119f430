package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ActivityApi;
import io.github.auditstream.connect.office365.api.ApiSettings;
import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.Quota;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.auth.TokenSources;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.feed.TaskThreads;
import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.http.HttpClients;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** The Management Activity API of a connector's tenants, asked as its tasks ask it. */
public final class TenantApis {
  private TenantApis() {}

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
    HttpClient http = HttpClients.create(settings.http(), executor);
    return new BlockingApi(
        wired(
            settings,
            tenant,
            tokens(settings, tenant, tenant::credential, http, Runnable::run, clock),
            http,
            Quota.perMinute(requestsPerMinute),
            clock,
            ApiThreads.with(executor),
            RequestObserver.NOBODY));
  }

  static ActivityApi wired(
      ConnectorSettings settings,
      TenantSettings tenant,
      Supplier<Credential> credential,
      HttpClient http,
      Quota quota,
      Clock clock,
      TaskThreads threads,
      ObservedTenant observed) {
    TokenSource tokens =
        tokens(settings, tenant, observed.credential(credential), http, threads.tokens(), clock);
    return wired(
        settings,
        tenant,
        observed.tokens(tokens),
        http,
        quota,
        clock,
        new ApiThreads(threads.timer(), threads.listing(), threads.fetching()),
        observed);
  }

  static TokenSource tokens(
      ConnectorSettings settings,
      TenantSettings tenant,
      Supplier<Credential> credential,
      HttpClient http,
      Executor executor,
      Clock clock) {
    return TokenSources.create(
        tenant,
        settings.cloud(),
        credential,
        http,
        settings.http().requestTimeout(),
        executor,
        clock);
  }

  static ActivityApi wired(
      ConnectorSettings settings,
      TenantSettings tenant,
      TokenSource tokens,
      HttpClient http,
      Quota quota,
      Clock clock,
      ApiThreads threads,
      RequestObserver observer) {
    ApiSettings apiSettings =
        new ApiSettings(
            settings.cloud().management(),
            tenant.tenantId(),
            tenant.publisherId(),
            settings.http().requestTimeout(),
            "kafka-connect-office365/" + Version.version());
    return new ActivityApi(
        apiSettings, http, tokens, quota, clock, System::nanoTime, threads, observer);
  }
}
