package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-08-01T10:00:00, 2026-08-01T10:00:00Z",
    "2024-02-29T23:59:59, 2024-02-29T23:59:59Z",
    "2026-08-01T10:00:00Z, 2026-08-01T10:00:00Z",
    "2026-08-01T10:00:00.1, 2026-08-01T10:00:00.1Z",
    "2026-08-01T10:00:00.1234567, 2026-08-01T10:00:00.123456700Z",
    "2026-08-01T10:00:00.0000000Z, 2026-08-01T10:00:00Z",
    "2026-08-01T10:00:00+02:00, 2026-08-01T08:00:00Z",
    "2026-08-01T10:00:00.5-05:30, 2026-08-01T15:30:00.5Z",
    "1969-12-31T23:59:59, 1969-12-31T23:59:59Z"
  })
  void readsTimesAsEventsWriteThem(String text, Instant time) {
    assertThat(EventTimes.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "9/30/2024 6:16:41 AM",
        "2026-13-01T10:00:00",
        "2026-02-30T10:00:00",
        "2026-08-01T24:00:01",
        "2026-08-01 10:00:00",
        "2026-08-01T10:0a:00",
        "2026-08-01T10:00:00+99:00",
        "２０２６-08-01T10:00:00"
      })
  void readsNothingElse(String text) {
    assertThat(EventTimes.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-01T10:00:00Z, 2026-08-01T10:00:00.000Z",
    "2026-08-01T10:00:00.120Z, 2026-08-01T10:00:00.120Z",
    "2026-08-01T10:00:00.123456Z, 2026-08-01T10:00:00.123456Z"
  })
  void writesTimesAsTheApiDoes(Instant time, String text) {
    assertThat(EventTimes.contentCreated(time)).isEqualTo(text);
  }
}
