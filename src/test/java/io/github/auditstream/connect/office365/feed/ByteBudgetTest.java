package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  private CompletableFuture<Void> taking(long bytes, AtomicBoolean next) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            budget.take(bytes, next::get);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void waitsUntilThereIsRoom() throws Exception {
    budget.take(80, () -> false);
    CompletableFuture<Void> second = taking(40, new AtomicBoolean());
    assertThat(second).isNotDone();

    budget.giveBack(80);

    second.join();
    assertThat(budget.usedBytes()).isEqualTo(40);
  }

  @Test
  void whoeverIsNextInLineIsNotHeldUp() throws Exception {
    budget.take(100, () -> false);

    budget.take(50, () -> true);

    assertThat(budget.usedBytes()).isEqualTo(150);
  }

  @Test
  void someoneWhoBecomesNextInLineIsLetThrough() throws Exception {
    budget.take(100, () -> false);
    AtomicBoolean next = new AtomicBoolean();
    CompletableFuture<Void> waiting = taking(10, next);
    next.set(true);

    await()
        .until(
            () -> {
              budget.lineMoved();
              return waiting.isDone();
            });
  }

  @Test
  void anEventLargerThanTheWholeBudgetPassesAlone() throws Exception {
    budget.take(1_000, () -> false);

    assertThat(budget.usedBytes()).isEqualTo(1_000);
  }
}
