package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A feed with nothing to read, in virtual time. */
class LiveEdgeTest {
  private static final Duration POLL_INTERVAL = Duration.ofMinutes(1);
  private static final Duration ANSWERED = Duration.ofSeconds(2);

  private static VirtualFeed startedFeed(long seed) {
    VirtualFeed feed =
        new VirtualFeed(
            new ModelWorld(
                1,
                Duration.ZERO,
                POLL_INTERVAL,
                Duration.ofHours(6),
                32,
                2_000,
                2_000,
                100,
                2_000,
                Duration.ofMinutes(5),
                CatchUpOrder.OLDEST_FIRST,
                Duration.ofMillis(200),
                Duration.ZERO,
                true,
                true,
                seed));
    feed.start();
    return feed;
  }

  @Test
  void aQuietFeedTakesOneRequestInAnInterval() {
    VirtualFeed feed = startedFeed(1);

    feed.runUntil(() -> false, POLL_INTERVAL.multipliedBy(60));

    List<VirtualFeed.Window> windows = feed.windows();
    assertThat(windows).hasSizeBetween(55, 65);
    for (int i = 1; i < windows.size(); i++) {
      assertThat(Duration.between(windows.get(i - 1).at(), windows.get(i).at()))
          .as("between listings %s and %s", i - 1, i)
          .isLessThanOrEqualTo(POLL_INTERVAL.plus(ANSWERED));
    }
  }

  @Test
  void feedsThatBeganTogetherAreNotListedTogether() {
    Set<Long> seconds = new HashSet<>();
    for (int seed = 1; seed <= 50; seed++) {
      VirtualFeed feed = startedFeed(seed);
      Instant began = feed.now();
      feed.runUntil(() -> feed.windows().size() > 4, POLL_INTERVAL.multipliedBy(5));
      Duration fourth = Duration.between(began, feed.windows().get(3).at());
      seconds.add(fourth.toSeconds() % POLL_INTERVAL.toSeconds());
    }

    assertThat(seconds).hasSizeGreaterThan(20);
  }
}
