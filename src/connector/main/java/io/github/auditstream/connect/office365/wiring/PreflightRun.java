package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.HttpSettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.http.OwnedHttpClient;
import io.github.auditstream.connect.office365.preflight.Depth;
import io.github.auditstream.connect.office365.preflight.OneToken;
import io.github.auditstream.connect.office365.preflight.QueryAccess;
import io.github.auditstream.connect.office365.preflight.TenantAccess;
import io.github.auditstream.connect.office365.preflight.TenantChecks;
import io.github.auditstream.connect.office365.preflight.TenantHistoryReport;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries out a configuration against Microsoft, as its tasks would ask. Changes nothing there. */
public final class PreflightRun {
  private static final Logger LOG = LoggerFactory.getLogger(PreflightRun.class);

  /** So that several questions fit into the deadline. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(2);

  private PreflightRun() {}

  /**
   * Asks all tenants. Costs one token each, and leaves no thread behind.
   *
   * @param deadline for all of it; no single answer is waited for longer than ten seconds
   * @return one report for each tenant, in the configuration's order
   * @throws org.apache.kafka.common.config.ConfigException if a trust or key store cannot be used
   * @throws InterruptedException if the thread is interrupted; all is broken off then
   */
  public static List<TenantReport> run(
      ConnectorSettings settings, Depth depth, Duration deadline, Clock clock)
      throws InterruptedException {
    ConnectorSettings impatient = settings.with(settings.http().waitingAtMost(LONGEST_WAIT));
    Environment environment = Environment.of(clock);
    return asking(
        impatient.http(),
        environment,
        (http, threads) -> {
          TenantApis apis = new TenantApis(impatient, http, threads, Runnable::run, environment);
          return TenantChecks.ofFeeds(impatient, tenant -> access(apis, tenant), depth, clock)
              .run(deadline);
        });
  }

  /**
   * Asks whether the history of all tenants can be read. Costs one token each, creates no query,
   * and leaves no thread behind.
   *
   * @param deadline for all of it; no single answer is waited for longer than ten seconds
   * @return one report for each tenant, in the configuration's order
   * @throws org.apache.kafka.common.config.ConfigException if a trust or key store cannot be used
   * @throws InterruptedException if the thread is interrupted; all is broken off then
   */
  public static List<TenantHistoryReport> ofHistory(
      HistorySettings settings, Duration deadline, Clock clock) throws InterruptedException {
    HistorySettings impatient = settings.with(settings.http().waitingAtMost(LONGEST_WAIT));
    Environment environment = Environment.of(clock);
    return asking(
        impatient.http(),
        environment,
        (http, threads) -> {
          GraphClients graphs =
              new GraphClients(impatient, http, threads, Runnable::run, environment);
          return TenantChecks.ofHistory(impatient, tenant -> access(graphs, tenant), clock)
              .run(deadline);
        });
  }

  private interface Asking<R> {
    List<R> ask(HttpClient http, ApiThreads threads) throws InterruptedException;
  }

  private static <R> List<R> asking(
      HttpSettings settings, Environment environment, Asking<R> asking)
      throws InterruptedException {
    OwnedHttpClient http = new OwnedHttpClient("preflight", settings, environment.ticks());
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(PreflightRun::timerThread);
    try {
      return asking.ask(http.client(), ApiThreads.with(timer));
    } finally {
      timer.shutdownNow();
      List<String> left = http.close(PATIENCE_AT_THE_END);
      if (!left.isEmpty()) {
        LOG.warn(
            "The preflight ended before these threads finished; they will end on their own: {}",
            left);
      }
    }
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "office365-preflight-timer");
    thread.setDaemon(true);
    thread.setContextClassLoader(PreflightRun.class.getClassLoader());
    return thread;
  }

  private static TenantAccess access(TenantApis apis, TenantSettings tenant) {
    TokenSource token = new OneToken(apis.tokens(tenant, tenant::credential));
    return new TenantAccess(
        token,
        new BlockingApi(
            apis.api(tenant, token, tenant.requestsPerMinute(), RequestObserver.NOBODY)));
  }

  private static QueryAccess access(GraphClients graphs, TenantSettings tenant) {
    TokenSource token = new OneToken(graphs.tokens(tenant, tenant::credential));
    return new QueryAccess(token, graphs.open(tenant, token, RequestObserver.NOBODY));
  }
}
