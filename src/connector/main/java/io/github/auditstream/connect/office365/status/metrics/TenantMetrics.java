package io.github.auditstream.connect.office365.status.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a task counts of one tenant's requests and tokens. Safe for many threads, without locks. */
public final class TenantMetrics {
  private static final double MILLIS = 1000;
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final String tenant;
  private final Clock clock;
  private final Map<String, LongAdder> requests = new LinkedHashMap<>();
  private final LongAdder tokenFailures = new LongAdder();
  private final LastMinute lastMinute;
  private volatile @Nullable Instant tokenEnds;
  private volatile @Nullable Instant secretEnds;
  private volatile boolean secretHasEnded;

  /**
   * @param tenant its id
   * @param outcomes how requests can end
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   */
  public TenantMetrics(String tenant, List<String> outcomes, Clock clock, LongSupplier nanos) {
    this.tenant = tenant;
    this.clock = clock;
    this.lastMinute = new LastMinute(nanos);
    outcomes.forEach(outcome -> requests.put(outcome, new LongAdder()));
  }

  /**
   * A request has ended.
   *
   * @param outcome one of those named at the start
   */
  public void request(String outcome) {
    LongAdder count = requests.get(outcome);
    if (count != null) {
      count.increment();
    }
    lastMinute.add();
  }

  /** There is a token, so that the secret is still good. */
  public void token(Instant ends) {
    if (!ends.equals(tokenEnds)) {
      tokenEnds = ends;
      secretHasEnded = false;
    }
  }

  /**
   * There is no token. That the secret has ended stays true whatever fails next.
   *
   * @param forTheSecretHasEnded whether Entra ID says that this is why
   */
  public void noToken(boolean forTheSecretHasEnded) {
    tokenFailures.increment();
    if (forTheSecretHasEnded) {
      secretHasEnded = true;
    }
  }

  /**
   * When the secret or certificate in use ends.
   *
   * @param ends empty if unknown
   */
  public void secretEnds(Optional<Instant> ends) {
    secretEnds = ends.orElse(null);
  }

  /**
   * Its metrics, to be registered.
   *
   * @param requestsPerMinute the quota now
   * @param paused whether nothing is sent since the last answer was throttled
   */
  public List<Reading> readings(DoubleSupplier requestsPerMinute, BooleanSupplier paused) {
    List<Reading> readings = readings(paused);
    readings.add(reading(Metric.QUOTA_REQUESTS_PER_MINUTE, requestsPerMinute::getAsDouble));
    readings.add(
        reading(
            Metric.QUOTA_LEFT_REQUESTS,
            () ->
                paused.getAsBoolean()
                    ? 0
                    : Math.max(0, (long) requestsPerMinute.getAsDouble() - lastMinute.count())));
    return readings;
  }

  /**
   * Its metrics where there is no quota of requests a minute.
   *
   * @param paused whether nothing is sent since the last answer was throttled
   */
  public List<Reading> readings(BooleanSupplier paused) {
    List<Reading> readings = new ArrayList<>();
    requests.forEach(
        (outcome, count) ->
            readings.add(reading(Metric.REQUESTS_TOTAL, count::sum).tagged("outcome", outcome)));
    readings.add(reading(Metric.THROTTLED, () -> paused.getAsBoolean() ? 1 : 0));
    readings.add(reading(Metric.TOKEN_SECONDS_LEFT, () -> millisUntil(tokenEnds) / MILLIS));
    readings.add(reading(Metric.TOKEN_FAILURES_TOTAL, tokenFailures::sum));
    readings.add(reading(Metric.SECRET_DAYS_LEFT, this::secretDaysLeft));
    return readings;
  }

  private double secretDaysLeft() {
    double left = millisUntil(secretEnds) / DAY_MILLIS;
    return secretHasEnded ? (left < 0 ? left : 0) : left;
  }

  private double millisUntil(@Nullable Instant end) {
    return end == null ? Double.NaN : Duration.between(clock.instant(), end).toMillis();
  }

  private Reading reading(Metric metric, Supplier<Number> value) {
    return Reading.of(metric, value).tagged("tenant", tenant);
  }
}
