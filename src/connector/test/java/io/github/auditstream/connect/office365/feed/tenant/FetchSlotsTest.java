package io.github.auditstream.connect.office365.feed.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchSlotsTest {
  private final List<String> started = new ArrayList<>();
  private final FetchSlots slots = new FetchSlots(2, Runnable::run);
  private String head = "";

  private FetchSlots.Fetch fetch(String name) {
    return new FetchSlots.Fetch() {
      @Override
      public boolean isHead() {
        return name.equals(head);
      }

      @Override
      public void run() {
        started.add(name);
      }
    };
  }

  @Test
  void onlySoManyRunAtOnceAndTheRestInOrder() {
    for (String name : List.of("a", "b", "c", "d")) {
      slots.submit(fetch(name));
    }
    assertThat(started).containsExactly("a", "b");

    slots.done();
    slots.done();

    assertThat(started).containsExactly("a", "b", "c", "d");
  }

  @Test
  void theHeadAlwaysRuns() {
    slots.submit(fetch("a"));
    slots.submit(fetch("b"));
    slots.submit(fetch("c"));
    slots.submit(fetch("d"));

    head = "d";
    slots.headChanged();
    assertThat(started).containsExactly("a", "b", "d");

    // Three run where two may: the first to end leaves its place empty.
    slots.done();
    assertThat(started).doesNotContain("c");
    slots.done();
    assertThat(started).containsExactly("a", "b", "d", "c");
  }
}
