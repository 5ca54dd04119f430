package io.github.auditstream.connect.office365.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitBudgetTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

  /** The window and the time by which a request may be late. */
  private static final long WINDOW = Duration.ofSeconds(12).toNanos();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 3_500, 8_000})
  void keepsEveryTenSecondsWithinTheLimit(int limit) {
    UnitBudget budget = new UnitBudget(limit, now::get);
    now.addAndGet(Duration.ofHours(1).toNanos());
    Deque<Long> sent = new ArrayDeque<>();
    for (int i = 0; i < 5 * limit; i++) {
      now.addAndGet(budget.reserve().toNanos());
      sent.addLast(now.get());
      while (now.get() - sent.peekFirst() >= WINDOW) {
        sent.removeFirst();
      }
      assertThat(sent).hasSizeLessThanOrEqualTo(limit + 1);
    }
  }

  @Test
  void takesSeveralUnitsAtOnce() {
    UnitBudget budget = new UnitBudget(14, now::get);

    assertThat(budget.reserve(5)).isZero();

    assertThat(budget.reserve().toSeconds()).isBetween(2L, 5L);
  }

  @Test
  void pausesAsLongAsIsAskedAndSlowsDown() {
    UnitBudget budget = new UnitBudget(3_500, now::get);

    budget.throttled(Optional.of(Duration.ofSeconds(30)));
    budget.throttled(Optional.empty());

    assertThat(budget.isPaused()).isTrue();
    assertThat(budget.reserve()).isEqualTo(Duration.ofSeconds(30));
    assertThat(budget.slowdown()).isEqualTo(2);
    now.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(budget.isPaused()).isFalse();
    for (int i = 0; i < 100; i++) {
      budget.succeeded(Optional.empty());
    }
    assertThat(budget.slowdown()).isEqualTo(1);
  }

  @Test
  void pausesLongerEachTimeWhereNothingIsAsked() {
    UnitBudget budget = new UnitBudget(3_500, now::get);
    Duration before = Duration.ZERO;
    for (int i = 0; i < 5; i++) {
      budget.throttled(Optional.empty());
      Duration pause = budget.reserve();
      assertThat(pause).isGreaterThan(before);
      before = pause;
      now.addAndGet(pause.toNanos() + 1);
    }
    assertThat(before).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void heedsWhatGraphSaysAboutTheLimit() {
    UnitBudget budget = new UnitBudget(3_500, now::get);

    budget.succeeded(Optional.of(0.5));
    assertThat(budget.slowdown()).isEqualTo(1);

    budget.succeeded(Optional.of(0.9));
    assertThat(budget.slowdown()).isEqualTo(2);
  }
}
