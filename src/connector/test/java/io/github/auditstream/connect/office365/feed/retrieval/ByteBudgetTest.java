package io.github.auditstream.connect.office365.feed.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);
  private final ByteBudget.Share feed = budget.share();

  private static void take(ByteBudget.Share share, long bytes) throws InterruptedException {
    share.take(bytes, () -> false, () -> false);
  }

  private static void takeDue(ByteBudget.Share share, long bytes) throws InterruptedException {
    share.take(bytes, () -> true, () -> false);
  }

  private CompletableFuture<Void> taking(long bytes, AtomicBoolean due, AtomicBoolean starving) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            feed.take(bytes, due::get, starving::get);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void waitsUntilThereIsRoom() throws Exception {
    take(feed, 40);
    CompletableFuture<Void> second = taking(20, new AtomicBoolean(), new AtomicBoolean());
    assertThat(second).isNotDone();

    feed.giveBack(40);

    second.join();
    assertThat(budget.usedBytes()).isEqualTo(20);
  }

  @Test
  void blobsBehindTheHeadLeaveHalfOfTheBudgetToTheHead() throws Exception {
    take(feed, 50);
    CompletableFuture<Void> behind = taking(1, new AtomicBoolean(), new AtomicBoolean());

    takeDue(feed, 50);

    assertThat(behind).isNotDone();
    assertThat(budget.usedBytes()).isEqualTo(100);
    feed.giveBack(51);
    behind.join();
  }

  @Test
  void theHeadCanUseTheWholeBudget() throws Exception {
    takeDue(feed, 50);
    takeDue(feed, 50);

    assertThat(budget.usedBytes()).isEqualTo(100);
  }

  @Test
  void aFeedWithABacklogLeavesTheOthersTheirShares() throws Exception {
    ByteBudget.Share quiet = budget.share();
    take(feed, 50);
    takeDue(feed, 25);
    CompletableFuture<Void> more = taking(1, new AtomicBoolean(true), new AtomicBoolean());

    takeDue(quiet, 25);

    assertThat(more).isNotDone();
    quiet.giveBack(25);
    assertThat(more).isNotDone();
    feed.giveBack(1);
    more.join();
  }

  @Test
  void aDueFeedWithNothingWaitingIsNotBlocked() throws Exception {
    take(feed, 50);
    takeDue(feed, 50);

    feed.take(50, () -> true, () -> true);

    assertThat(budget.usedBytes()).isEqualTo(150);
    feed.giveBack(150);
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void onlyOneIsLetThroughThatDoesNotFit() throws Exception {
    ByteBudget.Share other = budget.share();
    take(feed, 50);
    feed.take(1_000, () -> true, () -> true);

    assertThat(other.tryTake(1_000, () -> true, () -> true)).isFalse();
    assertThat(other.tryTake(1, () -> true, () -> true)).isTrue();

    feed.giveBack(1_000);
    assertThat(other.tryTake(1_000, () -> true, () -> true)).isTrue();
    assertThat(budget.usedBytes()).isEqualTo(1_051);
  }

  @Test
  void aQuarterOfTheBudgetCanBeKeptInAddition() {
    assertThat(budget.tryKeep(20)).isTrue();
    assertThat(budget.tryKeep(6)).isFalse();
    assertThat(budget.tryKeep(5)).isTrue();

    budget.letGo(20);

    assertThat(budget.tryKeep(20)).isTrue();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void aWaiterThatBecomesDueIsAdmitted() throws Exception {
    take(feed, 50);
    AtomicBoolean due = new AtomicBoolean();
    CompletableFuture<Void> waiting = taking(10, due, new AtomicBoolean());
    due.set(true);

    await()
        .until(
            () -> {
              budget.headChanged();
              return waiting.isDone();
            });
  }

  @Test
  void anEventLargerThanTheWholeBudgetPassesAlone() throws Exception {
    take(feed, 1_000);

    assertThat(budget.usedBytes()).isEqualTo(1_000);
  }
}
