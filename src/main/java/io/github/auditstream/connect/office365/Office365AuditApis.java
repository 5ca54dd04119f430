package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.api.ActivityApi;
import io.github.auditstream.connect.office365.api.ApiSettings;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.api.Quota;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.auth.TokenSources;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The Management Activity API of a connector's tenants, asked as its tasks ask it. */
public final class Office365AuditApis {
  private Office365AuditApis() {}

  /**
   * One tenant's API, for a program beside the connector.
   *
   * @param requestsPerMinute the program's share of the tenant's quota, at least 1
   * @param executor runs the HTTP client's own work; the caller closes it after the last request
   */
  public static ManagementApi open(
      ConnectorSettings settings,
      TenantSettings tenant,
      int requestsPerMinute,
      Executor executor,
      Clock clock) {
    return wired(
        settings,
        tenant,
        tenant::credential,
        HttpClients.create(settings.http(), executor),
        Quota.perMinute(requestsPerMinute),
        clock,
        new ObservedTenant(tenant.tenantId().toString(), clock, System::nanoTime));
  }

  static ManagementApi wired(
      ConnectorSettings settings,
      TenantSettings tenant,
      Supplier<Credential> credential,
      HttpClient http,
      Quota quota,
      Clock clock,
      ObservedTenant observed) {
    Duration requestTimeout = settings.http().requestTimeout();
    TokenSource tokens =
        observed.tokens(
            TokenSources.create(
                tenant,
                settings.cloud(),
                observed.credential(credential),
                http,
                requestTimeout,
                clock));
    ApiSettings apiSettings =
        new ApiSettings(
            settings.cloud().management(),
            tenant.tenantId(),
            tenant.publisherId(),
            requestTimeout,
            "kafka-connect-office365/" + Version.version());
    return new ActivityApi(apiSettings, http, tokens, quota, clock, observed);
  }
}
