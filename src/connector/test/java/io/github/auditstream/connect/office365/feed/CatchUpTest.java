package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A feed that takes a long backlog, in virtual time. */
class CatchUpTest {
  private static final Duration LONG = Duration.ofDays(1);
  private static final int PAGE_SIZE = 100;

  private static ModelWorld world(int requestsPerMinute, int mostWaiting, Duration pageLife) {
    return world(requestsPerMinute, mostWaiting, pageLife, CatchUpOrder.OLDEST_FIRST);
  }

  private static ModelWorld world(
      int requestsPerMinute, int mostWaiting, Duration pageLife, CatchUpOrder order) {
    return new ModelWorld(
        1,
        Duration.ofDays(7),
        Duration.ofMinutes(1),
        Duration.ofHours(6),
        32,
        requestsPerMinute,
        2_000,
        PAGE_SIZE,
        mostWaiting,
        pageLife,
        order,
        Duration.ofMillis(200),
        Duration.ZERO,
        true,
        true,
        1);
  }

  private static VirtualFeed caughtUp(VirtualFeed feed, int blobs) {
    feed.start();
    assertThat(feed.runUntil(() -> feed.readBlobs() == blobs, LONG))
        .as("%s of %s blobs were read", feed.readBlobs(), blobs)
        .isTrue();
    return feed;
  }

  @ParameterizedTest
  @CsvSource({"1, 2000", "3, 2000", "6, 2000"})
  void whatAFeedHoldsDoesNotGrowWithItsBacklog(int days, int blobsADay) {
    VirtualFeed feed = new VirtualFeed(world(6_000, 150, Duration.ofMinutes(5)));
    feed.history(Duration.ofDays(days), days * blobsADay);

    caughtUp(feed, days * blobsADay);

    assertThat(feed.mostListedAndUnread()).isLessThanOrEqualTo(150 + PAGE_SIZE + 64);
    assertThat(feed.longestOffset()).isLessThan(14_000);
  }

  @Test
  void manyBlobsOfOneSecondAreReadThoughTheirPagesExpire() {
    VirtualFeed feed = new VirtualFeed(world(6_000, 300, Duration.ofSeconds(3)));
    for (int i = 0; i < 3_000; i++) {
      feed.blob(feed.now().minus(Duration.ofHours(5)));
    }

    caughtUp(feed, 3_000);

    assertThat(feed.mostListedAndUnread()).isLessThanOrEqualTo(300 + PAGE_SIZE + 64);
    assertThat(feed.requests()).isLessThan(3_000 * 3 / 2);
    assertThat(feed.statuses()).allSatisfy(s -> assertThat(s.get("Problem")).isNull());
  }

  @Test
  void aQuietWeekTakesFewRequests() {
    VirtualFeed feed = new VirtualFeed(world(6_000, 2_000, Duration.ofMinutes(5)));
    feed.history(Duration.ofDays(6), 10);

    caughtUp(feed, 10);

    assertThat(feed.windows()).hasSizeLessThan(15);
  }

  @ParameterizedTest
  @CsvSource({"2000, 6000", "153, 900", "60, 400"})
  void whileThereIsABacklogAlmostTheWholeQuotaIsInUseAndNeverMore(
      int requestsPerMinute, int blobs) {
    VirtualFeed feed = new VirtualFeed(world(requestsPerMinute, 2_000, Duration.ofMinutes(5)));
    feed.history(Duration.ofDays(6), blobs);
    feed.start();
    feed.runUntil(() -> feed.readBlobs() > 50, LONG);

    int before = feed.requests();
    Duration minute = Duration.ofMinutes(1);
    feed.runUntil(() -> false, minute);
    int first = feed.requests();
    feed.runUntil(() -> false, minute);
    int second = feed.requests();

    assertThat(feed.readBlobs()).isLessThan(blobs);
    assertThat(List.of(first - before, second - first))
        .allSatisfy(used -> assertThat(used).isGreaterThanOrEqualTo(requestsPerMinute * 95 / 100));
    assertThat(feed.mostRequestsInAMinute()).isLessThanOrEqualTo(requestsPerMinute);
  }

  @Test
  void newestFirstReadsWhatIsNewThenTheRestFromItsNewestEnd() {
    VirtualFeed feed =
        new VirtualFeed(world(6_000, 300, Duration.ofMinutes(5), CatchUpOrder.NEWEST_FIRST));
    feed.history(Duration.ofDays(6), 12_000);
    feed.start();

    feed.runUntil(() -> feed.readBlobs() > 600, LONG);
    // The overlap of six hours, and up to one more: blob after blob.
    assertThat(feed.read().subList(0, 400))
        .allSatisfy(id -> assertThat(number(id)).isGreaterThan(11_400));
    feed.blob(feed.now().minusMillis(10));
    feed.runUntil(() -> feed.read().contains("blob12000"), Duration.ofMinutes(2));
    assertThat(feed.read()).contains("blob12000");
    int ahead = feed.readBlobs();
    assertThat(ahead).isLessThan(12_000);

    for (int restart = 0; restart < 20; restart++) {
      feed.kill();
      feed.start();
      int next = Math.min(feed.readBlobs() + 300, 12_001);
      assertThat(feed.runUntil(() -> feed.readBlobs() >= next, LONG)).isTrue();
    }
    feed.runUntil(() -> feed.readBlobs() == 12_001, LONG);

    assertThat(feed.readBlobs()).isEqualTo(12_001);
    List<String> read = feed.read();
    for (int i = ahead; i < read.size(); i++) {
      // Windows follow one another downwards; what is in work together may overtake.
      assertThat(number(read.get(i))).isBetween(12_000 - i - 1_000, 12_000 - i + 1_000);
    }
    assertThat(feed.mostListedAndUnread()).isLessThanOrEqualTo(2 * 300 + PAGE_SIZE + 64);
    assertThat(feed.longestOffset()).isLessThan(25_000);
    feed.runUntil(() -> false, Duration.ofMinutes(10));
    assertThat(feed.offset()).doesNotContainKey("backlogFrom");
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring("blob".length()));
  }

  @Test
  void aBacklogIsReportedUntilItIsDoneAndNeverAgainAtTheLiveEdge() {
    VirtualFeed feed = new VirtualFeed(world(2_000, 500, Duration.ofMinutes(5)));
    feed.history(Duration.ofDays(6), 6_000);

    caughtUp(feed, 6_000);
    feed.runUntil(() -> false, Duration.ofMinutes(30));

    List<Struct> reported =
        feed.statuses().stream()
            .map(status -> status.getStruct("CatchUp"))
            .filter(Objects::nonNull)
            .toList();
    assertThat(reported).hasSizeBetween(4, 12);
    Struct middle = reported.get(reported.size() - 2);
    long left = middle.getInt64("BlobsWaiting") + middle.getInt64("BlobsNotListed");
    assertThat(middle.getInt64("BlobsDone") + left).isBetween(5_000L, 7_500L);
    assertThat(middle.getInt64("EventsDone")).isEqualTo(middle.getInt64("BlobsDone"));
    assertThat(middle.getInt64("BlobsPerMinute")).isBetween(1_500L, 2_000L);
    assertThat(middle.getInt64("TimeLeftMs")).isBetween(left * 30, left * 40);
    List<Struct> all = feed.statuses();
    assertThat(all.subList(all.indexOf(last(all)) + 1, all.size()))
        .hasSizeGreaterThan(4)
        .allSatisfy(status -> assertThat(status.get("CatchUp")).isNull());
  }

  private static Struct last(List<Struct> statuses) {
    Struct last = statuses.get(0);
    for (Struct status : statuses) {
      last = status.get("CatchUp") == null ? last : status;
    }
    return last;
  }
}
