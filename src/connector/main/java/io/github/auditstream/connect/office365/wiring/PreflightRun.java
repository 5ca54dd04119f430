package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.Quota;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Keys;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.http.OwnedHttpClient;
import io.github.auditstream.connect.office365.preflight.Depth;
import io.github.auditstream.connect.office365.preflight.OneToken;
import io.github.auditstream.connect.office365.preflight.TenantAccess;
import io.github.auditstream.connect.office365.preflight.TenantChecks;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import io.github.auditstream.connect.office365.preflight.Trouble;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries out a configuration against Microsoft, as its tasks would ask. Changes nothing there. */
public final class PreflightRun {
  private static final Logger LOG = LoggerFactory.getLogger(PreflightRun.class);

  /** Connect gives up on a request after 90 seconds, and whoever sent it sooner. */
  private static final Duration DEADLINE = Duration.ofSeconds(25);

  /** So that several questions fit into the deadline. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(2);

  private PreflightRun() {}

  /**
   * Asks all tenants. Costs one token each, and leaves no thread behind.
   *
   * @param deadline for all of it; no single answer is waited for longer than ten seconds
   * @return one report for each tenant, in the configuration's order
   * @throws ConfigException if a trust or key store cannot be used
   * @throws InterruptedException if the thread is interrupted; all is broken off then
   */
  public static List<TenantReport> run(
      ConnectorSettings settings, Depth depth, Duration deadline, Clock clock)
      throws InterruptedException {
    ConnectorSettings brisk = settings.with(settings.http().waitingAtMost(LONGEST_WAIT));
    OwnedHttpClient http = new OwnedHttpClient("preflight", brisk.http());
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(timerThread());
    try {
      return new TenantChecks(
              brisk,
              tenant -> access(brisk, tenant, http.client(), ApiThreads.with(timer), clock),
              depth,
              clock)
          .run(deadline);
    } finally {
      timer.shutdownNow();
      List<String> left = http.close(PATIENCE_AT_THE_END);
      if (!left.isEmpty()) {
        LOG.warn("The preflight ends without waiting for what still ends by itself: {}", left);
      }
    }
  }

  private static ThreadFactory timerThread() {
    return work -> {
      Thread thread = new Thread(work, "office365-preflight-timer");
      thread.setDaemon(true);
      thread.setContextClassLoader(PreflightRun.class.getClassLoader());
      return thread;
    };
  }

  private static TenantAccess access(
      ConnectorSettings settings,
      TenantSettings tenant,
      HttpClient http,
      ApiThreads threads,
      Clock clock) {
    TokenSource token =
        new OneToken(
            TenantApis.tokens(settings, tenant, tenant::credential, http, Runnable::run, clock));
    return new TenantAccess(
        token,
        new BlockingApi(
            TenantApis.wired(
                settings,
                tenant,
                token,
                http,
                Quota.perMinute(tenant.requestsPerMinute()),
                clock,
                threads,
                RequestObserver.NOBODY)));
  }

  /**
   * Asks Microsoft, where a configuration wants that and has no error so far. What is only worth
   * knowing is logged.
   */
  public static void check(
      Map<String, String> props, ConnectorSettings settings, ConfigErrors errors, Clock clock) {
    if (!errors.isEmpty() || !settings.validateConnection()) {
      return;
    }
    try {
      for (TenantReport report : run(settings, Depth.SHORT, DEADLINE, clock)) {
        for (Trouble trouble : report.troubles()) {
          if (trouble.weight() == Trouble.Weight.FAULT) {
            String key =
                Office365AuditSourceConfig.keyInUse(props, report.tenant().alias(), trouble.key());
            errors.addDescribed(key, trouble.words());
          } else {
            LOG.warn("Validation, {}: {}", trouble.key(), trouble.words());
          }
        }
      }
    } catch (ConfigException e) {
      errors.addDescribed(
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          "the ssl.* and proxy.* settings cannot be used on this worker: check the stores' files"
              + " and passwords.");
    } catch (RuntimeException e) {
      // Its message may quote what was asked with.
      errors.addDescribed(
          Keys.VALIDATE_CONNECTION,
          "Microsoft could not be asked from this worker ("
              + e.getClass().getSimpleName()
              + "): check the worker's open files and memory, or set it to false to go on without.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      errors.addDescribed(Keys.VALIDATE_CONNECTION, "interrupted before Microsoft had answered.");
    }
  }
}
