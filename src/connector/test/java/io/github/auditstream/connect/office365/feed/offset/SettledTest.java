package io.github.auditstream.connect.office365.feed.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettledTest {

  @Test
  void knowsWhatWasSettledAndNothingElse() {
    Settled settled = Settled.none().with(Blobs.blob("a")).with(Blobs.blob("b"));

    assertThat(settled.contains(Blobs.blob("a"))).isTrue();
    assertThat(settled.contains(Blobs.blob("b"))).isTrue();
    assertThat(settled.contains(Blobs.blob("c"))).isFalse();
    assertThat(Settled.none().contains(Blobs.blob("a"))).isFalse();
  }

  @Property(tries = 200)
  void readsBackWhatItWrote(@ForAll @Size(max = 60) Set<@IntRange(max = 500) Integer> numbers) {
    Settled settled = Settled.none();
    for (int number : numbers) {
      settled = settled.with(Blobs.blob("id" + number, Blobs.NOON.plusSeconds(number * 600L)));
    }

    Settled read = Settled.decode(settled.encode());

    assertThat(read).isEqualTo(settled);
    assertThat(read.size()).isEqualTo(numbers.size());
    for (int number = 0; number < 500; number++) {
      assertThat(read.contains(Blobs.blob("id" + number, Blobs.NOON.plusSeconds(number * 600L))))
          .isEqualTo(numbers.contains(number));
    }
  }

  @Test
  void forgetsOnlyHoursEntirelyBefore() {
    Settled settled =
        Settled.none()
            .with(Blobs.blob("old", Blobs.NOON.minus(Duration.ofMinutes(1))))
            .with(Blobs.blob("sameHour", Blobs.NOON.plus(Duration.ofMinutes(1))))
            .with(Blobs.blob("later", Blobs.NOON.plus(Duration.ofHours(3))));

    Settled since = settled.since(Blobs.NOON.plus(Duration.ofMinutes(30)));

    assertThat(since.size()).isEqualTo(2);
    assertThat(since.contains(Blobs.blob("sameHour", Blobs.NOON.plus(Duration.ofMinutes(1)))))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT3H, 2",
    "PT0.000000001S, PT3H, 3",
    "PT30M, PT2H59M, 4",
    "PT0S, PT2H, 3",
    "PT-1H, PT5H, 0",
    "PT2H, PT2H, 5"
  })
  void forgetsOnlyHoursEntirelyBetween(Duration from, Duration until, int left) {
    Settled settled = Settled.none();
    for (int hour = -1; hour < 4; hour++) {
      settled =
          settled.with(Blobs.blob("id" + hour, Blobs.NOON.plusSeconds(hour * 3_600L + 1_800)));
    }

    assertThat(settled.without(Blobs.NOON.plus(from), Blobs.NOON.plus(until)).size())
        .isEqualTo(left);
  }

  @Test
  void twentyThousandBlobsStayUnder256Kilobytes() {
    Settled settled = Settled.none();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String id = "20261121120000" + i + "$20261121120000" + i + "$audit_exchange$Audit_Exchange";
      ids.add(id);
      settled = settled.with(Blobs.blob(id, Blobs.NOON.plusMillis(i * 4_320L)));
    }

    assertThat(settled.size()).isEqualTo(ids.size());
    assertThat(settled.encode().length()).isLessThan(256 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "2026-11-21T10", "2026-11-21T10:AAAA", "10:AAAAAAAAAAA", "2026-11-21T10:%%"})
  void refusesWhatItDidNotWrite(String text) {
    assertThatThrownBy(() -> Settled.decode(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
