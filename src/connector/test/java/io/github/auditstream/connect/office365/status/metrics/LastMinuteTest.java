package io.github.auditstream.connect.office365.status.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastMinuteTest {
  private final AtomicLong nanos = new AtomicLong(-Duration.ofHours(3).toNanos());
  private final LastMinute minute = new LastMinute(nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void add(int times) {
    for (int i = 0; i < times; i++) {
      minute.add();
    }
  }

  @Test
  void isEmptyBeforeAnythingHappens() {
    assertThat(minute.count()).isZero();
    pass(Duration.ofHours(1));
    assertThat(minute.count()).isZero();
  }

  @Test
  void dropsCountsOlderThanAMinute() {
    add(3);
    pass(Duration.ofSeconds(30));
    add(2);
    assertThat(minute.count()).isEqualTo(5);

    pass(Duration.ofSeconds(29));
    assertThat(minute.count()).isEqualTo(5);
    pass(Duration.ofSeconds(1));
    assertThat(minute.count()).isEqualTo(2);
    pass(Duration.ofSeconds(30));
    assertThat(minute.count()).isZero();
  }

  @Test
  void countsASecondAnewInEachMinute() {
    for (int i = 0; i < 10; i++) {
      add(7);
      assertThat(minute.count()).isEqualTo(7);
      pass(Duration.ofMinutes(1));
    }
  }
}
