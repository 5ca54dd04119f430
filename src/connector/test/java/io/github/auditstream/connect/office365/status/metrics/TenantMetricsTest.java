package io.github.auditstream.connect.office365.status.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TenantMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final SettableClock clock = new SettableClock(NOW);
  private final AtomicBoolean paused = new AtomicBoolean();
  private final TenantMetrics metrics =
      new TenantMetrics("t", List.of("ok", "throttled"), clock, () -> 0);

  private double value(Metric metric) {
    return value(metric, Map.of("tenant", "t"));
  }

  private double value(Metric metric, Map<String, String> tags) {
    return metrics.readings(() -> 100, paused::get).stream()
        .filter(reading -> reading.metric() == metric && reading.tags().equals(tags))
        .findFirst()
        .orElseThrow()
        .value()
        .get()
        .doubleValue();
  }

  @Test
  void countsRequestsByOutcomeAndWhatTheyLeaveOfTheQuota() {
    metrics.request("ok");
    metrics.request("ok");
    metrics.request("throttled");

    assertThat(value(Metric.REQUESTS_TOTAL, Map.of("tenant", "t", "outcome", "ok"))).isEqualTo(2);
    assertThat(value(Metric.REQUESTS_TOTAL, Map.of("tenant", "t", "outcome", "throttled")))
        .isEqualTo(1);
    assertThat(value(Metric.QUOTA_REQUESTS_PER_MINUTE)).isEqualTo(100);
    assertThat(value(Metric.QUOTA_LEFT_REQUESTS)).isEqualTo(97);
  }

  @Test
  void leavesNothingOfTheQuotaDuringAPause() {
    assertThat(value(Metric.THROTTLED)).isZero();
    paused.set(true);

    assertThat(value(Metric.THROTTLED)).isEqualTo(1);
    assertThat(value(Metric.QUOTA_LEFT_REQUESTS)).isZero();
  }

  @Test
  void doesNotGuessUnknownValues() {
    assertThat(value(Metric.TOKEN_SECONDS_LEFT)).isNaN();
    assertThat(value(Metric.SECRET_DAYS_LEFT)).isNaN();
    metrics.secretEnds(Optional.of(NOW));
    metrics.secretEnds(Optional.empty());

    assertThat(value(Metric.SECRET_DAYS_LEFT)).isNaN();
  }

  @Test
  void countsDownToTheEndsOfTokenAndSecret() {
    metrics.token(NOW.plusSeconds(3600));
    metrics.secretEnds(Optional.of(NOW.plus(Duration.ofDays(30))));
    clock.advance(Duration.ofHours(12));

    assertThat(value(Metric.TOKEN_SECONDS_LEFT)).isEqualTo(-11 * 3600);
    assertThat(value(Metric.SECRET_DAYS_LEFT)).isEqualTo(29.5);
  }

  @Test
  void reportsAnExpiredSecretUntilThereIsAToken() {
    metrics.secretEnds(Optional.of(NOW.plus(Duration.ofDays(30))));
    metrics.token(NOW.plusSeconds(10));
    metrics.noToken(true);

    assertThat(value(Metric.TOKEN_FAILURES_TOTAL)).isEqualTo(1);
    assertThat(value(Metric.SECRET_DAYS_LEFT)).isZero();
    metrics.noToken(false);
    assertThat(value(Metric.SECRET_DAYS_LEFT)).isZero();

    metrics.token(NOW.plusSeconds(20));
    assertThat(value(Metric.SECRET_DAYS_LEFT)).isEqualTo(30);
  }

  @Test
  void knowsThatASecretOfUnknownExpiryHasExpired() {
    metrics.noToken(true);

    assertThat(value(Metric.SECRET_DAYS_LEFT)).isZero();
  }
}
