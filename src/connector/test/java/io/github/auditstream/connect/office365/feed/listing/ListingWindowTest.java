package io.github.auditstream.connect.office365.feed.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.feed.offset.Blobs;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ListingWindowTest {
  private static final Instant NOW = Blobs.NOON.plusMillis(345);

  @Property(tries = 500)
  void everyWindowKeepsTheDocumentedLimitsAndTheyFollowWithoutAGap(
      @ForAll @LongRange(min = 0, max = 900_000_000) long backMillis,
      @ForAll @LongRange(min = 0, max = 100_000) long aheadMillis) {
    Instant until = NOW.plusMillis(aheadMillis);
    Instant cursor = NOW.minusMillis(backMillis);
    Instant earliest = ListingWindow.earliestStart(NOW);
    Instant expected = cursor.getEpochSecond() < earliest.getEpochSecond() ? earliest : cursor;
    int windows = 0;
    for (var window = ListingWindow.between(cursor, until, ListingWindow.LONGEST, NOW);
        window.isPresent();
        window = ListingWindow.between(cursor, until, ListingWindow.LONGEST, NOW)) {
      Instant start = window.get().start();
      Instant end = window.get().end();
      assertThat(Duration.between(start, end))
          .isPositive()
          .isLessThanOrEqualTo(Duration.ofHours(24));
      assertThat(start).isAfter(NOW.minus(Duration.ofDays(7)));
      assertThat(start).isEqualTo(start.truncatedTo(ChronoUnit.SECONDS));
      assertThat(end).isEqualTo(end.truncatedTo(ChronoUnit.SECONDS));
      if (windows == 0) {
        assertThat(start.getEpochSecond()).isEqualTo(expected.getEpochSecond());
      } else {
        assertThat(start).isEqualTo(cursor);
      }
      cursor = end;
      windows++;
    }
    assertThat(windows).isLessThanOrEqualTo(8);
    if (windows > 0) {
      assertThat(cursor.getEpochSecond()).isEqualTo(until.getEpochSecond());
    }
  }

  @Test
  void listsNothingInTheSameSecond() {
    assertThat(
            ListingWindow.between(
                Blobs.NOON, Blobs.NOON.plusMillis(999), ListingWindow.LONGEST, NOW))
        .isEmpty();
  }

  @Test
  void aWindowThatWaitedForTheQuotaIsNotAskedWhenItWouldBeRefused() {
    ListingWindow oldest =
        ListingWindow.between(NOW.minus(Duration.ofDays(8)), NOW, ListingWindow.LONGEST, NOW)
            .orElseThrow();

    assertThat(oldest.canBeAsked(NOW)).isTrue();
    assertThat(oldest.canBeAsked(NOW.plus(Duration.ofMinutes(3)))).isTrue();
    assertThat(oldest.canBeAsked(NOW.plus(Duration.ofMinutes(5)))).isFalse();
  }
}
