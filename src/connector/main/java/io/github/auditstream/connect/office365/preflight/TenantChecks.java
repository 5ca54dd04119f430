package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all tenants of a configuration, several at once.
 *
 * @param <R> what is found out of one
 */
public final class TenantChecks<R> {
  private static final Logger LOG = LoggerFactory.getLogger(TenantChecks.class);

  /** More would be a burst that looks like an attack; fewer would not end in time for many. */
  private static final int MOST_AT_ONCE = 16;

  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(2);

  private final List<TenantSettings> tenants;
  private final Check<R> check;
  private final BiFunction<TenantSettings, Duration, R> outOfTime;

  private interface Check<R> {
    R of(TenantSettings tenant) throws InterruptedException;
  }

  private TenantChecks(
      List<TenantSettings> tenants,
      Check<R> check,
      BiFunction<TenantSettings, Duration, R> outOfTime) {
    this.tenants = tenants;
    this.check = check;
    this.outOfTime = outOfTime;
  }

  /**
   * Whether the tenants' content can be read.
   *
   * @param access the way to a tenant
   * @param clock to compare the server's with
   */
  public static TenantChecks<TenantReport> ofFeeds(
      ConnectorSettings settings,
      Function<TenantSettings, TenantAccess> access,
      Depth depth,
      Clock clock) {
    return new TenantChecks<>(
        settings.tenants(),
        tenant -> new TenantCheck(settings, tenant, access.apply(tenant), depth, clock).run(),
        (tenant, deadline) -> TenantCheck.outOfTime(settings, tenant, deadline));
  }

  /**
   * Whether audit log queries can be made of the tenants.
   *
   * @param access the way to a tenant
   * @param clock to compare the server's with
   */
  public static TenantChecks<TenantHistoryReport> ofHistory(
      HistorySettings settings, Function<TenantSettings, QueryAccess> access, Clock clock) {
    return new TenantChecks<>(
        settings.tenants(),
        tenant -> new TenantHistoryCheck(settings, tenant, access.apply(tenant), clock).run(),
        (tenant, deadline) -> TenantHistoryCheck.outOfTime(settings, tenant, deadline));
  }

  /**
   * Asks, and leaves no thread behind. What is not answered by the deadline is broken off.
   *
   * @param deadline for all of it
   * @return one report for each tenant, in the configuration's order
   * @throws InterruptedException if the thread is interrupted; all is broken off then
   */
  public List<R> run(Duration deadline) throws InterruptedException {
    if (tenants.isEmpty()) {
      return List.of();
    }
    List<Callable<R>> checks = new ArrayList<>();
    for (TenantSettings tenant : tenants) {
      checks.add(() -> check.of(tenant));
    }
    ExecutorService executor = executor(Math.min(MOST_AT_ONCE, tenants.size()));
    try {
      List<Future<R>> answers =
          executor.invokeAll(checks, deadline.toNanos(), TimeUnit.NANOSECONDS);
      List<R> reports = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        reports.add(
            answers.get(i).isCancelled()
                ? outOfTime.apply(tenants.get(i), deadline)
                : resultOf(answers.get(i)));
      }
      return reports;
    } finally {
      end(executor);
    }
  }

  private static <R> R resultOf(Future<R> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a tenant could not be asked", e.getCause());
    }
  }

  private static ExecutorService executor(int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads,
        work -> {
          Thread thread = new Thread(work, "office365-preflight-" + number.getAndIncrement());
          thread.setDaemon(true);
          thread.setContextClassLoader(TenantChecks.class.getClassLoader());
          return thread;
        });
  }

  private static void end(ExecutorService executor) {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(PATIENCE_AT_THE_END.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("The preflight ended before all requests finished; they will end on their own");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
