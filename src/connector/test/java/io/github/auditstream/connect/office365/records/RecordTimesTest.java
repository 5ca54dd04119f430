package io.github.auditstream.connect.office365.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordTimesTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final Instant BLOB = NOW.minusSeconds(60);
  private static final Instant AHEAD = NOW.plus(Duration.ofMinutes(30));

  private static Instant ofEvent(Optional<Instant> creationTime, Instant otherwise) {
    return Instant.ofEpochMilli(RecordTimes.ofEvent(creationTime, otherwise, NOW));
  }

  @Test
  void anEventHasItsOwnTimeWhereABrokerTakesIt() {
    for (Instant sound : new Instant[] {Instant.EPOCH, NOW.minusSeconds(1), AHEAD}) {
      assertThat(ofEvent(Optional.of(sound), BLOB)).isEqualTo(sound);
    }
  }

  @Test
  void anEventWithoutASoundTimeHasTheOther() {
    assertThat(ofEvent(Optional.empty(), BLOB)).isEqualTo(BLOB);
    assertThat(ofEvent(Optional.of(AHEAD.plusMillis(1)), BLOB)).isEqualTo(BLOB);
    assertThat(ofEvent(Optional.of(Instant.EPOCH.minusMillis(1)), BLOB)).isEqualTo(BLOB);
  }

  @Test
  void whereNeitherIsSoundItIsNow() {
    assertThat(ofEvent(Optional.of(Instant.MAX), Instant.MIN)).isEqualTo(NOW);
    assertThat(ofEvent(Optional.empty(), AHEAD.plusMillis(1))).isEqualTo(NOW);
  }
}
