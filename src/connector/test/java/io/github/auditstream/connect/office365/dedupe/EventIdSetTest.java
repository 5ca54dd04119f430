package io.github.auditstream.connect.office365.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EventIdSetTest {
  private static final long MEBIBYTE = 1 << 20;

  /** GUIDs that differ in few bits, texts that begin alike, and what is nearly a GUID. */
  private static List<String> adversarial() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      ids.add(new UUID(i, 0).toString());
      ids.add(new UUID(0, i).toString());
      ids.add(new UUID((long) i << 48, 7).toString());
      ids.add(new UUID(7, (long) i << 48).toString());
      ids.add(new UUID(i, i).toString());
      ids.add(new UUID(i, ~i).toString().toUpperCase(Locale.ROOT));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      ids.add(text.toString());
      ids.add(text + "\0");
      text.append(i % 7);
    }
    String guid = "00000000-0000-0000-0000-000000000000";
    for (int i = 0; i < guid.length(); i++) {
      ids.add(guid.substring(0, i) + "g" + guid.substring(i + 1));
      ids.add(guid.substring(0, i) + guid.substring(i + 1));
      ids.add(guid.substring(0, i) + "\u0660" + guid.substring(i + 1));
    }
    ids.add(guid);
    ids.add("{" + guid + "}");
    ids.add("0-0-0-0-0");
    ids.add("\ud800");
    ids.add("\ud801");
    ids.add("?");
    return ids;
  }

  /** What the set takes for the same. */
  private static String same(String id) {
    return id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        ? id.toLowerCase(Locale.ROOT)
        : id;
  }

  @Test
  void isAsExactAsASetOfTexts() {
    Set<String> expected = new HashSet<>();
    EventIdSet ids = new EventIdSet();
    List<String> offered = adversarial();
    offered.addAll(adversarial());
    Collections.shuffle(offered, new Random(1));

    for (String id : offered) {
      assertThat(ids.contains(id)).as(id).isEqualTo(expected.contains(same(id)));
      assertThat(ids.add(id)).as(id).isEqualTo(expected.add(same(id)));
    }

    assertThat(ids.size()).isEqualTo(expected.size());
    assertThat(offered).allMatch(ids::contains);
    assertThat(ids.contains("ffffffff-0000-0000-0000-000000000000")).isFalse();
  }

  @Test
  void takesTheCasesOfAGuidForOneAndOfAnyOtherTextForTwo() {
    EventIdSet ids = new EventIdSet();

    assertThat(ids.add("5F0C7B1E-3b52-4f0a-9a44-08dd08f3c2a1")).isTrue();
    assertThat(ids.add("5f0c7b1e-3B52-4F0A-9A44-08DD08F3C2A1")).isFalse();
    assertThat(ids.add("sha256:ab")).isTrue();
    assertThat(ids.add("SHA256:AB")).isTrue();
  }

  @Test
  void anIdIsNewToOneThreadAlone() throws Exception {
    int threads = 8;
    int each = 50_000;
    EventIdSet ids = new EventIdSet();
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      Callable<Integer> adding =
          () -> {
            Random random = new Random(5);
            int won = 0;
            for (int i = 0; i < each; i++) {
              if (i % 1_000 == 0) {
                together.await();
              }
              if (ids.add(new UUID(random.nextLong(), random.nextLong()).toString())) {
                won++;
              }
            }
            return won;
          };
      int won = 0;
      for (Future<Integer> future : executor.invokeAll(Collections.nCopies(threads, adding))) {
        won += future.get();
      }

      assertThat(won).isEqualTo(each);
      assertThat(ids.size()).isEqualTo(each);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aMillionIdsTakeAtMost40MegabytesWhileTheyGrow() {
    EventIdSet ids = new EventIdSet();
    Random random = new Random(9);
    long most = 0;
    for (int i = 1; i <= 1_000_000; i++) {
      ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
      if (i % 1_000 == 0) {
        // What grows is held twice, by each of some threads.
        most = Math.max(most, ids.bytes() + 8 * ids.largestSegmentBytes());
      }
    }

    assertThat(ids.size()).isEqualTo(1_000_000);
    assertThat(most).isBetween(16 * MEBIBYTE, 40_000_000L);
  }

  @Test
  void noNumberOfIdsTakesMoreThanTwiceTheirBits() {
    EventIdSet ids = new EventIdSet();
    Random random = new Random(3);
    for (int i = 1; i <= 300_000; i++) {
      ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
      if (i >= 50_000 && i % 500 == 0) {
        assertThat(ids.bytes()).as("bytes of %s", i).isBetween(21L * i, 33L * i);
      }
    }
  }
}
