package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a task holds is bounded by its settings, whatever the events are: each test runs one with
 * the default settings in a JVM that has too little memory for anything else.
 */
@Timeout(300)
class TaskMemoryTest {
  private static final int LARGE_EVENT_BYTES = 30 << 20;

  @TempDir private Path folder;

  /**
   * Publishes, and runs a task until it has a receipt of every blob.
   *
   * @param publish answers how many blobs there are
   * @return what came, by kind
   */
  private String run(String heap, ToIntFunction<SimulatedTenant> publish) throws Exception {
    try (Simulator simulator =
        Simulator.builder()
            .tenant(tenant -> tenant.subscribedToAll().requestsPerMinute(1_000_000))
            .start()) {
      int blobs = publish.applyAsInt(simulator.tenant());
      Properties props = new Properties();
      props.putAll(new TaskRig(simulator).with("requests.per.minute", "60000").connectorProps());
      Path file = folder.resolve("connector.properties");
      try (Writer writer = Files.newBufferedWriter(file)) {
        props.store(writer, null);
      }
      String printed =
          ForkedJvm.run(
              TaskMemoryMain.class,
              List.of(heap, "-XX:+ExitOnOutOfMemoryError"),
              Map.of(),
              List.of(file.toString(), Integer.toString(blobs)));
      return printed
          .lines()
          .filter(line -> line.startsWith("all has come"))
          .findFirst()
          .orElseThrow(() -> new AssertionError(printed));
    }
  }

  /** As many blobs with the same events in each. */
  private static int publish(
      SimulatedTenant tenant, ContentType type, int blobs, String... events) {
    PublishedBlob first = tenant.blob(type).events(events).add();
    for (int i = 1; i < blobs; i++) {
      tenant.blob(type).eventsOf(first).add();
    }
    return blobs;
  }

  private static String text(int bytes) {
    String around = "{\"ObjectId\":\"\"}";
    return "{\"ObjectId\":\"" + "x".repeat(bytes - around.length()) + "\"}";
  }

  /** An Exchange event with a list of so many objects, all alike. */
  private static String objects(int count, String object) {
    return "{\"Workload\":\"Exchange\",\"AffectedItems\":["
        + String.join(",", Collections.nCopies(count, object))
        + "]}";
  }

  @Test
  void eventsOfThirtyMegabytesInThirtyTwoBlobsAtOnce() throws Exception {
    String came =
        run(
            "-Xmx512m",
            tenant ->
                publish(tenant, ContentType.GENERAL, 32, "{}", text(LARGE_EVENT_BYTES), "{}"));

    assertThat(came)
        .contains("dead letters=32,", "events=64,", "dead bytes=" + 32L * LARGE_EVENT_BYTES);
  }

  @Test
  void eventsOfThirtyMegabytesInEveryFeed() throws Exception {
    String came =
        run(
            "-Xmx256m",
            tenant -> {
              int blobs = 0;
              for (ContentType type : ContentType.values()) {
                blobs += publish(tenant, type, 4, "{}", text(LARGE_EVENT_BYTES));
              }
              return blobs;
            });

    assertThat(came).contains("dead letters=20,", "dead bytes=" + 20L * LARGE_EVENT_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"\":[]}"})
  void eventsOfThousandsOfSmallObjects(String object) throws Exception {
    String[] events = Collections.nCopies(100, objects(3_000, object)).toArray(String[]::new);

    String came = run("-Xmx128m", tenant -> publish(tenant, ContentType.EXCHANGE, 40, events));

    assertThat(came).contains("events=4000,");
  }

  @Test
  void oneEventOfMillionsOfEmptyObjectsInManyBlobs() throws Exception {
    String event = objects(10_000_000, "{}");

    String came = run("-Xmx256m", tenant -> publish(tenant, ContentType.EXCHANGE, 8, event));

    assertThat(came).contains("dead letters=8,", "dead bytes=" + 8L * event.length());
  }

  @Test
  void millionsOfEmptyEvents() throws Exception {
    String[] events = Collections.nCopies(500_000, "{}").toArray(String[]::new);

    String came = run("-Xmx256m", tenant -> publish(tenant, ContentType.EXCHANGE, 4, events));

    assertThat(came).contains("events=2000000,");
  }
}
