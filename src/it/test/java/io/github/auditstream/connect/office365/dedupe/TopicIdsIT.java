package io.github.auditstream.connect.office365.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.BrokerProcess;
import io.github.auditstream.connect.office365.testkit.JvmFlags;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading the keys of a real broker's topics. Each test has a prefix of its own. */
@Timeout(180)
class TopicIdsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant LATER = FROM.plusSeconds(3_600);
  private static final Instant EARLIER = FROM.minusSeconds(3_600);

  @TempDir private static Path folder;
  private static BrokerProcess broker;
  private static KeyedTopics topics;

  private final EventIdSet ids = new EventIdSet();

  @BeforeAll
  static void start() {
    broker =
        BrokerProcess.start(
            KafkaDistribution.in(Repository.file("target/kafka"), KafkaDistribution.NEWEST),
            folder,
            JvmFlags.QUICK,
            Map.of("log.cleaner.backoff.ms", "200", "log.retention.ms", "-1"));
    topics = new KeyedTopics(broker.bootstrapServers());
  }

  @AfterAll
  static void end() {
    topics.close();
    broker.close();
  }

  private static EventTopics eventTopics(String prefix) {
    return EventTopics.of(
        new TopicSettings(prefix, prefix + ".receipts", prefix + ".status", prefix + "-letters"),
        List.of("exchange", "general"),
        Set.of(prefix + ".history"));
  }

  private TopicIds read(String prefix) {
    return read(prefix, topics.consumer(), System::nanoTime, progress -> {});
  }

  private TopicIds read(
      String prefix,
      Map<String, Object> consumer,
      LongSupplier nanos,
      Consumer<ReadProgress> progress) {
    return new TopicIds(consumer, eventTopics(prefix), FROM, ids, nanos, progress);
  }

  private void has(List<String> keys) {
    assertThat(keys).allMatch(ids::contains);
  }

  private void has(String... keys) {
    has(List.of(keys));
  }

  private void hasNone(String... keys) {
    assertThat(keys).noneMatch(ids::contains);
  }

  @Test
  void readsCommittedRecordsOfAllPartitions() throws Exception {
    topics.create("a.exchange", 3, Map.of());
    topics.create("a.general");
    for (int partition = 0; partition < 3; partition++) {
      topics.send("a.exchange", partition, LATER, "plain" + partition);
    }
    try (KafkaProducer<byte[], byte[]> aborted = topics.transaction("a")) {
      aborted.send(KeyedTopics.record("a.exchange", 0, LATER, "aborted")).get();
      aborted.send(KeyedTopics.record("a.general", 0, LATER, "aborted too")).get();
      aborted.abortTransaction();
      aborted.beginTransaction();
      aborted.send(KeyedTopics.record("a.exchange", 1, LATER, "committed")).get();
      aborted.commitTransaction();
    }
    topics.send(new ProducerRecord<>("a.exchange", 2, LATER.toEpochMilli(), null, new byte[1]));

    // As old as time can be; and nothing that would change what is read is taken from outside.
    Map<String, Object> meddling = new HashMap<>(topics.consumer());
    meddling.put("isolation.level", "read_uncommitted");
    meddling.put("auto.offset.reset", "latest");
    try (TopicIds reading =
        new TopicIds(
            meddling, eventTopics("a"), Instant.MIN, ids, System::nanoTime, progress -> {})) {
      // Four keys and a record without one; the last of a.general is the end of a transaction.
      assertThat(reading.catchUp()).isEqualTo(5);
      assertThat(reading.keys()).isEqualTo(new KeyCounts(4, 0, 0, 1, 0));
      assertThat(reading.catchUp()).isZero();
    }

    has("plain0", "plain1", "plain2", "committed");
    hasNone("aborted", "aborted too");
    assertThat(ids.size()).isEqualTo(4);
  }

  @Test
  void readsFromTheFirstRecordOfTheTimeOnWhateverComesBehindIt() throws Exception {
    topics.create("b.exchange", 2, Map.of());
    topics.send("b.exchange", 0, EARLIER, "before");
    topics.send("b.exchange", 0, FROM.minusMillis(1), "just before");
    topics.send("b.exchange", 0, FROM, "first");
    topics.send("b.exchange", 0, EARLIER, "out of order");
    topics.send("b.exchange", 0, LATER, "last");
    topics.send("b.exchange", 1, EARLIER, "in a partition of old ones");

    try (TopicIds reading = read("b")) {
      reading.catchUp();
      has("first", "out of order", "last");
      hasNone("before", "just before", "in a partition of old ones");

      topics.send("b.exchange", 1, LATER, "added");
      assertThat(reading.catchUp()).isEqualTo(1);
      has("added");
    }
  }

  @Test
  void readsTheTopicsOfEventsAndDeadLettersAlone() throws Exception {
    List<String> read = List.of("c.exchange", "c.newworkload", "c-letters");
    List<String> others =
        List.of("c.receipts", "c.status", "c.history", "c.c.exchange", "c.exchange-copy", "cc.x");
    for (String topic : read) {
      topics.create(topic);
      topics.send(topic, 0, LATER, "in " + topic);
    }
    for (String topic : others) {
      topics.create(topic);
      topics.send(topic, 0, LATER, "in " + topic);
    }

    try (TopicIds reading = read("c")) {
      reading.catchUp();
    }

    has(read.stream().map(topic -> "in " + topic).toList());
    assertThat(ids.size()).isEqualTo(read.size());
  }

  @Test
  void takesInTopicsAndPartitionsThatAppearLater() throws Exception {
    try (TopicIds reading = read("d")) {
      assertThat(reading.catchUp()).isZero();

      topics.create("d.general");
      assertThat(reading.catchUp()).isZero();
      topics.send("d.general", 0, EARLIER, "old");
      topics.send("d.general", 0, LATER, "new");
      topics.create("d.exchange");
      topics.sendAll("d.exchange", LATER, KeyedTopics.keys("e", 100));
      reading.catchUp();
      has(KeyedTopics.keys("e", 100));
      has("new");

      topics.grow("d.exchange", 2);
      topics.create("d-letters");
      await("the new partition")
          .atMost(LIMIT)
          .untilAsserted(() -> topics.send("d.exchange", 1, LATER, "grown"));
      topics.send("d-letters", 0, LATER, "tenant/digest");
      await("the new partition's record")
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                reading.catchUp();
                has("grown", "tenant/digest");
              });
    }
  }

  /** What is behind the first record of an open transaction is not committed for any reader. */
  @Test
  void doesNotWaitForAnOpenTransaction() throws Exception {
    topics.create("e.exchange");
    topics.send("e.exchange", 0, LATER, "before");
    try (KafkaProducer<byte[], byte[]> open = topics.transaction("e")) {
      open.send(KeyedTopics.record("e.exchange", 0, LATER, "open")).get();
      topics.send("e.exchange", 0, LATER, "behind");
      topics.create("e.general");
      open.send(KeyedTopics.record("e.general", 0, LATER, "open alone")).get();

      try (TopicIds reading = read("e")) {
        assertThat(reading.catchUp()).isEqualTo(1);
        has("before");
        hasNone("open", "behind", "open alone");
        assertThat(reading.catchUp()).isZero();

        open.commitTransaction();
        await("the end of the transaction")
            .atMost(LIMIT)
            .untilAsserted(
                () -> {
                  reading.catchUp();
                  has("open", "behind", "open alone");
                });
      }
    }
  }

  @Test
  void readsACompactedTopic() throws Exception {
    topics.create(
        "f.exchange",
        1,
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.001",
            "delete.retention.ms", "0"));
    // By the records' own times a segment is old enough for a new one.
    Instant[] time = {LATER};
    for (int round = 0; round < 3; round++) {
      time[0] = time[0].plusSeconds(1);
      topics.sendAll("f.exchange", time[0], KeyedTopics.keys("k", 50));
    }
    await("compaction")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              time[0] = time[0].plusSeconds(1);
              topics.send("f.exchange", 0, time[0], "k0");
              try (TopicIds reading = read("f")) {
                assertThat(reading.catchUp()).isLessThan(100);
              }
            });

    has(KeyedTopics.keys("k", 50));
    assertThat(ids.size()).isEqualTo(50);
  }

  @Test
  void aTopicThatIsDeletedWhileItIsReadIsDone() throws Exception {
    topics.create("g.exchange");
    topics.create("g.general");
    topics.sendAll("g.exchange", LATER, KeyedTopics.keys("x", 50));
    topics.sendAll("g.general", LATER, KeyedTopics.keys("y", 50));
    AtomicReference<Exception> failed = new AtomicReference<>();
    List<ReadProgress> reports = new ArrayList<>();
    Ticks ticks = new Ticks(Duration.ofSeconds(11));

    try (TopicIds reading =
        read(
            "g",
            topics.slowConsumer(),
            ticks,
            progress -> {
              reports.add(progress);
              if (reports.size() == 1) {
                // From here on many looks go by until it would count as stalled.
                ticks.step = Duration.ofSeconds(3);
                try {
                  topics.delete("g.exchange");
                } catch (Exception e) {
                  failed.set(e);
                }
              }
            })) {
      reading.catchUp();

      assertThat(failed.get()).isNull();
      has(KeyedTopics.keys("y", 50));
      assertThat(ids.size()).isLessThan(100);
      assertThat(reports).allSatisfy(report -> assertThat(report.all()).isEqualTo(100));
      assertThat(reports.get(0).read()).isBetween(1L, 99L);
      assertThat(reading.catchUp()).isZero();
    }
  }

  @Test
  void aTopicThatIsMadeAnewIsReadAnew() throws Exception {
    topics.create("h.exchange");
    topics.sendAll("h.exchange", LATER, KeyedTopics.keys("old", 20));
    try (TopicIds reading = read("h")) {
      assertThat(reading.catchUp()).isEqualTo(20);

      topics.delete("h.exchange");
      await("the deletion")
          .atMost(LIMIT)
          .ignoreExceptions()
          .untilAsserted(() -> topics.create("h.exchange"));
      await("the new topic")
          .atMost(LIMIT)
          .ignoreExceptions()
          .untilAsserted(() -> topics.send("h.exchange", 0, LATER, "anew"));
      await("its record")
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                reading.catchUp();
                has("anew");
              });
    }
  }

  @Test
  void endsWhenItIsClosedByAnotherThread() throws Exception {
    topics.create("i.exchange");
    topics.sendAll("i.exchange", LATER, KeyedTopics.keys("x", 50));
    AtomicReference<TopicIds> read = new AtomicReference<>();
    Thread closing = new Thread(() -> read.get().close());

    try (TopicIds reading =
        read(
            "i",
            topics.slowConsumer(),
            new Ticks(Duration.ofSeconds(11)),
            progress -> {
              if (closing.getState() == Thread.State.NEW) {
                closing.start();
                await("the other thread to wait for this one")
                    .atMost(LIMIT)
                    .until(() -> closing.getState() == Thread.State.WAITING);
              }
            })) {
      read.set(reading);

      assertThatThrownBy(reading::catchUp).isInstanceOf(CancellationException.class);
      assertThat(ids.size()).isBetween(1L, 49L);
      closing.join();
      assertThatThrownBy(reading::catchUp).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void endsWithTheInterruptedThreadAndGoesOnLater() throws Exception {
    topics.create("j.exchange");
    topics.sendAll("j.exchange", LATER, KeyedTopics.keys("x", 30));
    boolean[] once = new boolean[1];

    try (TopicIds reading =
        read(
            "j",
            topics.slowConsumer(),
            new Ticks(Duration.ofSeconds(11)),
            progress -> {
              if (!once[0]) {
                once[0] = true;
                Thread.currentThread().interrupt();
              }
            })) {
      assertThatThrownBy(reading::catchUp).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      long known = ids.size();
      assertThat(known).isBetween(1L, 29L);

      assertThat(reading.catchUp()).isEqualTo(30 - known);
    }
    has(KeyedTopics.keys("x", 30));
  }

  /** Two slices that catch up at once. */
  @Test
  void manyThreadsMayCatchUp() throws Exception {
    topics.create("k.exchange");
    topics.sendAll("k.exchange", LATER, KeyedTopics.keys("x", 100));
    try (TopicIds reading = read("k")) {
      List<Thread> threads = new ArrayList<>();
      AtomicReference<Throwable> failed = new AtomicReference<>();
      for (int i = 0; i < 4; i++) {
        Thread thread = new Thread(reading::catchUp);
        thread.setUncaughtExceptionHandler((which, failure) -> failed.set(failure));
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(failed.get()).isNull();
      assertThat(reading.keys().total()).isEqualTo(100);
    }
  }

  @Test
  void doesNotFindFaultWithThePrefixThatNoTopicHas() {
    try (TopicIds reading = read("nothing")) {
      assertThat(reading.catchUp()).isZero();
    }
    assertThat(ids.size()).isZero();
  }

  /** A clock that goes on by a step whenever it is looked at. */
  private static final class Ticks implements LongSupplier {
    private Duration step;
    private long now;

    Ticks(Duration step) {
      this.step = step;
    }

    @Override
    public long getAsLong() {
      now += step.toNanos();
      return now;
    }
  }
}
