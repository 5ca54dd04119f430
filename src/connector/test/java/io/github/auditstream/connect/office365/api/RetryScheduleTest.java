package io.github.auditstream.connect.office365.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

  @ParameterizedTest(name = "{0} failures, draw {1}: {2} ms")
  @CsvSource({
    "1, 0, 500",
    "1, 0.5, 750",
    "1, 0.999, 999",
    "2, 0, 1000",
    "2, 0.999, 1999",
    "4, 0.5, 6000",
    "6, 0.5, 24000",
    "7, 0, 30000",
    "7, 0.5, 45000",
    "1000, 0.999, 59970",
    "2147483647, 0.5, 45000",
  })
  void growsWithFailuresUpToTheCap(int failures, double draw, long expectedMs) {
    assertThat(SCHEDULE.delay(failures, draw, Optional.empty()))
        .isEqualTo(Duration.ofMillis(expectedMs));
  }

  @ParameterizedTest(name = "server asks {0} ms: {1} ms")
  @CsvSource({"1, 750", "750, 750", "751, 751", "3600000, 3600000"})
  void takesTheGreaterOfRetryAfterAndItsOwnPause(long askedMs, long expectedMs) {
    assertThat(SCHEDULE.delay(1, 0.5, Optional.of(Duration.ofMillis(askedMs))))
        .isEqualTo(Duration.ofMillis(expectedMs));
  }

  @Test
  void staysEvenWithAFactorOfOne() {
    var even = new RetrySchedule(Duration.ofSeconds(4), 1, Duration.ofSeconds(4));
    assertThat(even.delay(9, 0.5, Optional.empty())).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void refusesInvalidArguments() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrySchedule(Duration.ZERO, 2, second));
    assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(second, 0.9, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrySchedule(second, Double.NaN, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrySchedule(second, 2, Duration.ofMillis(999)));
    assertThatIllegalArgumentException().isThrownBy(() -> SCHEDULE.delay(0, 0.5, Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> SCHEDULE.delay(1, 1, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SCHEDULE.delay(1, -0.1, Optional.empty()));
  }
}
