package io.github.auditstream.connect.office365.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MINUTE = 60 * SECOND;

  private long now = 1_000;

  @Property(tries = 300)
  void neverExceedsTheLimitInAnyMinuteWhateverHappens(
      @ForAll @IntRange(min = 1, max = 3_000) int limit,
      @ForAll @IntRange(min = 1, max = 40) int callers,
      @ForAll long seed) {
    now = seed;
    List<Long> sent = history(new Quota(limit, () -> now), callers, new Random(seed));

    sent.sort((a, b) -> Long.compare(a - seed, b - seed));
    for (int first = 0, last = 0; last < sent.size(); last++) {
      while (sent.get(last) - sent.get(first) >= MINUTE) {
        first++;
      }
      assertThat(last - first + 1)
          .as("requests in the minute before request %d", last)
          .isLessThanOrEqualTo(limit);
    }
  }

  /** Callers that reserve, wait, send up to two seconds late, are answered, and pause at random. */
  private List<Long> history(Quota quota, int callers, Random random) {
    record Caller(long atNanos) {}
    long start = now;
    PriorityQueue<Caller> agenda =
        new PriorityQueue<>((a, b) -> Long.compare(a.atNanos() - start, b.atNanos() - start));
    for (int i = 0; i < callers; i++) {
      agenda.add(new Caller(start));
    }
    double throttledShare = random.nextBoolean() ? 0 : random.nextDouble() / 5;
    double idleShare = random.nextDouble() / 10;
    List<Long> sent = new ArrayList<>();
    for (int step = 0; step < 4_000; step++) {
      now = agenda.remove().atNanos();
      if (random.nextDouble() < throttledShare) {
        quota.throttled(
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(random.nextInt(90_000))));
      } else {
        quota.succeeded();
      }
      long late = (long) (random.nextDouble() * random.nextDouble() * 2 * SECOND);
      long sendAt = now + quota.reserve().toNanos() + late;
      sent.add(sendAt);
      long pause = random.nextDouble() < idleShare ? random.nextLong(3 * MINUTE) : 0;
      agenda.add(new Caller(sendAt + random.nextLong(SECOND / 5) + pause));
    }
    return sent;
  }

  @Property(tries = 200)
  void givesMoreThanNinetyFivePercentOfTheLimitWhereNothingIsThrottled(
      @ForAll @IntRange(min = 1, max = 60_000) int limit) {
    now = 0;
    Quota quota = new Quota(limit, () -> now);
    Stream.generate(quota::reserve).limit(20).forEach(wait -> now += wait.toNanos());
    long start = now;
    int slots = 1_000;
    for (int slot = 0; slot < slots; slot++) {
      now += quota.reserve().toNanos();
    }
    assertThat((double) slots * MINUTE / (now - start)).isBetween(limit * 0.96, (double) limit);
  }

  @Test
  void givesTheFirstSlotAtOnceAndTheNextOnesInEvenSteps() {
    Quota quota = new Quota(60, () -> now);
    assertThat(quota.reserve()).isZero();
    Duration step = quota.reserve();
    assertThat(step).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_100));
    assertThat(quota.reserve()).isEqualTo(step.multipliedBy(2));
    now += step.toNanos();
    assertThat(quota.reserve()).isEqualTo(step.multipliedBy(2));
  }

  @Test
  void allowsASmallBurstAfterAPauseAndNoMore() {
    Quota quota = new Quota(1_000, () -> now);
    now += 10 * MINUTE;
    List<Duration> waits = Stream.generate(quota::reserve).limit(6).toList();
    assertThat(waits.subList(0, 5)).containsOnly(Duration.ZERO);
    assertThat(waits.get(5)).isPositive();
  }

  @Test
  void worksWhereTicksAreNegativeAndWrapAround() {
    now = Long.MAX_VALUE - SECOND;
    Quota quota = new Quota(60, () -> now);
    quota.reserve();
    Duration wait = quota.reserve();
    now += wait.toNanos();
    assertThat(now).isNegative();
    assertThat(quota.reserve()).isEqualTo(wait);
  }

  @Test
  void blocksForAsLongAsTheServerAsks() {
    Quota quota = new Quota(600, () -> now);
    quota.throttled(Optional.of(Duration.ofSeconds(90)));
    assertThat(quota.reserve()).isEqualTo(Duration.ofSeconds(90));
    now += 30 * SECOND;
    assertThat(quota.reserve()).isGreaterThan(Duration.ofSeconds(60));
  }

  @Test
  void limitsAnAbsurdRetryAfterToAnHour() {
    Quota quota = new Quota(600, () -> now);
    quota.throttled(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThat(quota.reserve()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void pausesLongerEachTimeWhereTheServerNamesNoWait() {
    Quota quota = new Quota(600, () -> now);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      quota.throttled(Optional.empty());
      long pause = quota.reserve().toSeconds();
      pauses.add(pause);
      now += pause * SECOND + MINUTE;
    }
    assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
  }

  @Test
  void startsWithShortPausesAgainAfterASuccess() {
    Quota quota = new Quota(600, () -> now);
    quota.throttled(Optional.empty());
    now += 5 * SECOND;
    quota.throttled(Optional.empty());
    now += 10 * SECOND;
    quota.succeeded();
    quota.throttled(Optional.empty());
    assertThat(quota.reserve()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void halvesTheRateOnceForManyRefusalsOfOneEpisode() {
    Quota quota = new Quota(2_000, () -> now);
    for (int i = 0; i < 20; i++) {
      quota.throttled(Optional.empty());
      now += SECOND / 100;
    }
    assertThat(quota.requestsPerMinuteNow()).isCloseTo(1_000, within(1.0));
  }

  @Test
  void neverStopsCompletely() {
    for (int limit : new int[] {1, 2, 60, 2_000, 60_000}) {
      now = 0;
      Quota quota = new Quota(limit, () -> now);
      for (int i = 0; i < 100; i++) {
        quota.throttled(Optional.empty());
        now += 2 * MINUTE;
      }
      assertThat(quota.requestsPerMinuteNow())
          .as("limit %d", limit)
          .isBetween(Math.max(0.99, limit / 32.1), Math.max(1.1, limit / 31.9));
    }
  }

  @Test
  void recoversATenthOfTheLimitAMinuteUnderLoadUntilItIsWhole() {
    Quota quota = new Quota(2_000, () -> now);
    quota.throttled(Optional.empty());
    now += quota.reserve().toNanos();
    List<Double> byMinute = new ArrayList<>();
    for (int minute = 0; minute < 6; minute++) {
      long end = now + MINUTE;
      while (now < end) {
        now += quota.reserve().toNanos();
        quota.succeeded();
      }
      byMinute.add(quota.requestsPerMinuteNow());
    }
    assertThat(byMinute.get(0)).isBetween(1_150.0, 1_250.0);
    assertThat(byMinute.get(2)).isBetween(1_500.0, 1_700.0);
    assertThat(byMinute.get(5)).isCloseTo(2_000, within(1e-6));
  }

  @Test
  void doesNotRecoverByAnswersThatComeDuringThePause() {
    Quota quota = new Quota(2_000, () -> now);
    quota.throttled(Optional.empty());
    double throttled = quota.requestsPerMinuteNow();
    for (int i = 0; i < 1_000; i++) {
      quota.succeeded();
    }
    assertThat(quota.requestsPerMinuteNow()).isEqualTo(throttled);
  }

  @Test
  void givesEachThreadItsOwnSlot() throws Exception {
    Quota quota = new Quota(6_000, () -> now);
    quota.reserve();
    Duration step = quota.reserve();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<Duration>>> futures =
          Stream.generate(
                  () -> threads.submit(() -> Stream.generate(quota::reserve).limit(500).toList()))
              .limit(8)
              .toList();
      List<Duration> waits = new ArrayList<>();
      for (Future<List<Duration>> future : futures) {
        waits.addAll(future.get());
      }
      assertThat(waits.stream().sorted().toList())
          .isEqualTo(Stream.iterate(2, n -> n + 1).limit(4_000).map(step::multipliedBy).toList());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesALimitOfZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Quota(0, System::nanoTime));
  }
}
