package io.github.auditstream.connect.office365.feed.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowLengthTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final WindowLength length = new WindowLength(100);

  @Test
  void anEmptyWindowLetsTheNextBeFourTimesAsLongUpToADay() {
    length.yielded(window(Duration.ofHours(1)), 0);
    assertThat(length.next()).hasHours(4);

    length.yielded(window(Duration.ofHours(4)), 0);
    assertThat(length.next()).hasHours(16);

    length.yielded(window(Duration.ofHours(16)), 0);
    assertThat(length.next()).hasHours(24);
  }

  @Test
  void aWindowThatBringsMuchMakesTheNextShorter() {
    length.yielded(window(Duration.ofHours(1)), 200);

    assertThat(length.next()).hasMinutes(30);
  }

  /** At the live edge each is cut off by the present: else a quiet feed took many to look back. */
  @Test
  void aShortWindowWithLittleInItMakesTheNextNoShorter() {
    length.yielded(window(Duration.ofSeconds(7)), 0);
    assertThat(length.next()).hasHours(1);

    length.yielded(window(Duration.ofMinutes(10)), 5);
    assertThat(length.next()).hasHours(1);
  }

  @Test
  void aShortWindowWithMuchInItMakesTheNextShorter() {
    length.yielded(window(Duration.ofMinutes(10)), 50);

    assertThat(length.next()).hasMinutes(20);
  }

  @Test
  void aWindowThatIsGivenUpMakesTheNextAtMostAQuarterAsLong() {
    length.tooLong(window(Duration.ofHours(1)), 101);

    assertThat(length.next()).hasMinutes(15);
  }

  private static ListingWindow window(Duration span) {
    return new ListingWindow(START, START.plus(span));
  }
}
