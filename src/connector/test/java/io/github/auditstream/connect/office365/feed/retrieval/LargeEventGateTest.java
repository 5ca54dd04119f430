package io.github.auditstream.connect.office365.feed.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.event.LargeElements;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargeEventGateTest {
  private final LargeEventGate gate = new LargeEventGate();
  private final LargeElements due = gate.of(() -> true);

  private static CompletableFuture<Void> entering(LargeElements elements) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            elements.enter();
          } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void admitsOneAtATime() throws Exception {
    due.enter();
    CompletableFuture<Void> other = entering(gate.of(() -> true));
    assertThat(other).isNotDone();

    due.leave();

    other.join();
  }

  @Test
  void aWaiterThatIsNotDueDoesNotBlockOneThatIs() throws Exception {
    AtomicBoolean behindIsDue = new AtomicBoolean();
    CompletableFuture<Void> behind = entering(gate.of(behindIsDue::get));

    due.enter();
    due.leave();

    assertThat(behind).isNotDone();
    behindIsDue.set(true);
    await()
        .until(
            () -> {
              gate.headChanged();
              return behind.isDone();
            });
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    due.enter();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                gate.of(() -> true).enter();
              } catch (InterruptedIOException e) {
                flag.complete(Thread.currentThread().isInterrupted());
              }
            },
            "large-event-gate-test");
    waiting.start();
    waiting.interrupt();

    assertThat(flag.join()).isTrue();

    due.leave();
    due.enter();
  }
}
