package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.Audience;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.ApiVersion;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import io.github.auditstream.connect.office365.graph.GraphClient;
import io.github.auditstream.connect.office365.graph.GraphSettings;
import io.github.auditstream.connect.office365.graph.GraphVersion;
import io.github.auditstream.connect.office365.graph.ServedVersion;
import io.github.auditstream.connect.office365.graph.UnitBudget;
import io.github.auditstream.connect.office365.model.Version;
import java.net.http.HttpClient;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Makes the Graph clients of a configuration's tenants: the same for a task and the preflight.
 *
 * @param http shared by all requests
 * @param threads handle the answers
 * @param tokenThreads wait for tokens
 */
record GraphClients(
    HistorySettings settings,
    HttpClient http,
    ApiThreads threads,
    Executor tokenThreads,
    Environment environment) {
  /** Far below the least that Graph gives an application and tenant, 3,500. */
  private static final int UNITS_IN_TEN_SECONDS = 1_000;

  /**
   * A tenant's client; to be closed.
   *
   * @param credential asked before each token request
   * @param observed told of requests, tokens and the credential
   */
  GraphClient open(
      TenantSettings tenant, Supplier<Credential> credential, ObservedTenant observed) {
    return open(tenant, observed.tokens(tokens(tenant, observed.credential(credential))), observed);
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
        Audience.graph(settings.cloud(), AuditLogQueries.PERMISSION),
        credential,
        http,
        settings.http().requestTimeout(),
        tokenThreads,
        threads.timer(),
        environment.clock());
  }

  /** A tenant's client, asked with these tokens; to be closed. */
  GraphClient open(TenantSettings tenant, TokenSource tokens, RequestObserver observer) {
    return new GraphClient(
        new GraphSettings(
            settings.cloud().graph(),
            tenant.tenantId(),
            settings.http().requestTimeout(),
            "kafka-connect-office365/" + Version.version(),
            settings.queries().pageSize(),
            GraphSettings.DEFAULT_LARGEST_RECORD_BYTES),
        http,
        tokens,
        version(settings.queries().version()),
        new UnitBudget(UNITS_IN_TEN_SECONDS, environment.ticks()),
        UUID::randomUUID,
        environment.clock(),
        environment.ticks(),
        threads,
        observer);
  }

  private static ServedVersion version(ApiVersion version) {
    return switch (version) {
      case AUTO -> ServedVersion.auto();
      case V1_0 -> ServedVersion.always(GraphVersion.V1);
      case BETA -> ServedVersion.always(GraphVersion.BETA);
    };
  }
}
