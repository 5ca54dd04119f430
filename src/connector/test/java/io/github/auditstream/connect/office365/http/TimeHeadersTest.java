package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeHeadersTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-08-07T12:00:00Z"), ZoneOffset.UTC);

  private static HttpHeaders headers(String... namesAndValues) {
    Map<String, List<String>> all = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return HttpHeaders.of(all, (name, value) -> true);
  }

  private static Optional<Duration> retryAfter(String... namesAndValues) {
    return TimeHeaders.retryAfter(headers(namesAndValues), CLOCK);
  }

  @Test
  void takesSecondsUpToAnHour() {
    assertThat(retryAfter("Retry-After", " 17 ")).contains(Duration.ofSeconds(17));
    assertThat(retryAfter("Retry-After", "3601")).contains(Duration.ofHours(1));
    assertThat(retryAfter("Retry-After", "999999999")).contains(Duration.ofHours(1));
  }

  @Test
  void countsADateFromTheAnswersOwnAndElseFromTheClock() {
    String at = "Fri, 07 Aug 2026 12:10:00 GMT";

    assertThat(retryAfter("Retry-After", at, "Date", "Fri, 07 Aug 2026 12:08:00 GMT"))
        .contains(Duration.ofMinutes(2));
    assertThat(retryAfter("Retry-After", at)).contains(Duration.ofMinutes(10));
    assertThat(retryAfter("Retry-After", at, "Date", "marker")).contains(Duration.ofMinutes(10));
    assertThat(retryAfter("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT"))
        .contains(Duration.ofHours(1));
  }

  @Test
  void takesNoPauseFromAnInvalidRetryAfter() {
    assertThat(retryAfter()).isEmpty();
    for (String none : List.of("0", "-5", "soon", "", "Fri, 07 Aug 2026 11:59:00 GMT")) {
      assertThat(retryAfter("Retry-After", none)).as(none).isEmpty();
    }
  }
}
