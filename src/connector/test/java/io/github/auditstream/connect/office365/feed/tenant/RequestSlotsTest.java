package io.github.auditstream.connect.office365.feed.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestSlotsTest {
  private final List<Sent> sent = new ArrayList<>();
  private long nanos;

  private record Sent(String name, RequestSlots.Slot slot) {}

  private final class Named implements RequestSlots.Request {
    private final String name;
    private boolean due;

    Named(String name) {
      this.name = name;
    }

    @Override
    public boolean isDue() {
      return due;
    }

    @Override
    public void send(RequestSlots.Slot slot) {
      sent.add(new Sent(name, slot));
    }
  }

  private Named send(RequestSlots.Share share, String name) {
    Named request = new Named(name);
    share.send(request);
    return request;
  }

  private void sendMany(RequestSlots.Share share, String name, int count) {
    for (int i = 0; i < count; i++) {
      send(share, name);
    }
  }

  private long underWay(String name) {
    return sent.stream().filter(each -> each.name().equals(name)).count();
  }

  private void end(String name, boolean answered) {
    Sent first = sent.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    sent.remove(first);
    first.slot().release(answered);
  }

  @Test
  void sendsNoMoreAtOnceThanItMay() {
    RequestSlots slots = new RequestSlots(8, 0);
    RequestSlots.Share only = slots.share();
    sendMany(only, "a", 20);
    assertThat(sent).hasSize(8);

    end("a", true);
    assertThat(sent).hasSize(8);
    assertThat(slots.held()).isEqualTo(8);
    assertThat(only.trySend(new Named("b"))).isFalse();
  }

  @Test
  void returnsASlotOnce() {
    RequestSlots slots = new RequestSlots(8, 0);
    send(slots.share(), "a");
    RequestSlots.Slot slot = sent.get(0).slot();
    slot.release(true);
    slot.release(true);
    slot.giveBack();
    assertThat(slots.held()).isZero();
  }

  @Test
  void servesFeedsInTurn() {
    RequestSlots slots = new RequestSlots(6, 0);
    RequestSlots.Share busy = slots.share();
    RequestSlots.Share other = slots.share();
    sendMany(busy, "busy", 50);
    assertThat(sent).as("two thirds are for one feed").hasSize(4);
    sendMany(other, "other", 50);
    assertThat(underWay("other")).isEqualTo(2);

    for (int i = 0; i < 4; i++) {
      end("busy", true);
    }
    assertThat(underWay("busy")).isPositive();
    assertThat(underWay("other")).isGreaterThan(2);
    assertThat(sent).hasSize(6);
  }

  @Test
  void keepsSomeForWhatIsDue() {
    RequestSlots slots = new RequestSlots(8, 2);
    RequestSlots.Share only = slots.share();
    sendMany(only, "ordinary", 20);
    assertThat(sent).hasSize(6);

    Named late = send(only, "due");
    assertThat(underWay("due")).isZero();
    late.due = true;
    only.dueChanged();
    assertThat(underWay("due")).as("before those that have waited longer").isEqualTo(1);
  }

  /** Or else the others would wait for as long as each of them gets no answer. */
  @Test
  void leavesTheSlotsToFeedsThatGetAnswers() {
    RequestSlots slots = new RequestSlots(16, 0, () -> nanos);
    List<RequestSlots.Share> silent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RequestSlots.Share share = slots.share();
      silent.add(share);
      send(share, "silent");
      nanos += Duration.ofMinutes(1).toNanos();
      end("silent", false);
    }
    RequestSlots.Share answered = slots.share();

    silent.forEach(share -> sendMany(share, "silent", 10));
    sendMany(answered, "answered", 50);

    assertThat(underWay("silent")).as("three for all of them").isEqualTo(3);
    assertThat(underWay("answered")).isEqualTo(10);
  }

  @Test
  void returnsAFeedsShareWithItsFirstAnswer() {
    RequestSlots slots = new RequestSlots(32, 0, () -> nanos);
    RequestSlots.Share recovering = slots.share();
    slots.share();
    send(recovering, "a");
    nanos += Duration.ofMinutes(1).toNanos();
    end("a", false);
    sendMany(recovering, "a", 30);
    assertThat(sent).hasSize(4);

    end("a", true);

    assertThat(sent).hasSize(21);
  }

  @Test
  void servesAllWaitersWhereASlotIsNotUsed() {
    RequestSlots slots = new RequestSlots(4, 0);
    RequestSlots.Share only = slots.share();
    sendMany(only, "a", 5);
    Sent unused = sent.remove(0);
    unused.slot().giveBack();
    assertThat(sent).hasSize(4);
    assertThat(slots.held()).isEqualTo(4);
  }

  @Test
  void doesNotGrowTheStackWithWhatGivesItsSlotBack() {
    RequestSlots slots = new RequestSlots(4, 0);
    RequestSlots.Share only = slots.share();
    sendMany(only, "a", 4);
    int[] refused = new int[1];
    for (int i = 0; i < 100_000; i++) {
      only.send(
          new RequestSlots.Request() {
            @Override
            public boolean isDue() {
              return false;
            }

            @Override
            public void send(RequestSlots.Slot slot) {
              refused[0]++;
              slot.giveBack();
            }
          });
    }

    end("a", true);

    assertThat(refused[0]).isEqualTo(100_000);
    assertThat(slots.held()).isEqualTo(3);
  }

  @Test
  void countsAResetConnectionAsUnansweredOnlyTheSecondTime() {
    RequestSlots slots = new RequestSlots(32, 0, () -> nanos);
    RequestSlots.Share share = slots.share();
    slots.share();
    send(share, "a");
    end("a", false);
    sendMany(share, "a", 20);
    assertThat(sent).hasSize(20);

    while (!sent.isEmpty()) {
      end("a", false);
    }
    sendMany(share, "a", 20);
    assertThat(sent).hasSize(4);
  }
}
