package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import io.github.auditstream.connect.office365.fixtures.SharedEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an event is said to take of the heap is held against what it takes. */
class HeapMeterTest {

  @TempDir private Path folder;

  /**
   * @param said bytes of the heap by our own count
   * @param taken bytes of the heap
   */
  private record Measured(long said, long taken) {
    double share() {
      return (double) said / taken;
    }
  }

  private Map<String, Measured> measure(Map<String, String> bodies) throws Exception {
    Path file = folder.resolve("bodies");
    Files.write(file, bodies.values());
    List<String> printed =
        ForkedJvm.run(
                HeapMeterMain.class,
                List.of("-Xmx1g", "-XX:MarkSweepAlwaysCompactCount=1"),
                Map.of(),
                List.of(file.toString()))
            .lines()
            .toList();
    Map<String, Measured> measured = new LinkedHashMap<>();
    int line = 0;
    for (String name : bodies.keySet()) {
      String[] numbers = printed.get(line++).split(" ", -1);
      measured.put(name, new Measured(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
    }
    return measured;
  }

  private static String body(int times, String event) {
    return "[" + String.join(",", Collections.nCopies(times, event)) + "]";
  }

  private static String list(int times, String object) {
    return "{\"Workload\":\"Exchange\",\"AffectedItems\":["
        + String.join(",", Collections.nCopies(times, object))
        + "]}";
  }

  private static String texts(String text) {
    return "{\"ObjectId\":\"" + text + "\"}";
  }

  @Test
  void theLargestExpansionIsNotUnderestimated() throws Exception {
    StringBuilder many = new StringBuilder("{\"a\":1");
    for (int i = 0; i < 5_000; i++) {
      many.append(",\"p").append(i).append("\":").append(i);
    }
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("empty events", body(2_000, "{}"));
    bodies.put("empty objects", body(10, list(1_000, "{}")));
    bodies.put("undocumented properties", body(10, list(1_000, "{\"a\":[]}")));
    bodies.put("a property again", body(10, list(1_000, "{\"a\":1,\"a\":2,\"a\":3}")));
    bodies.put("marked properties", body(10, list(1_000, "{\"#\":1,\"#1\":2}")));
    bodies.put("many properties", body(4, many.append('}').toString()));
    bodies.put("a long text", body(4, texts("x".repeat(100_000))));
    bodies.put("a wide text", body(4, texts("\u4e00x".repeat(50_000))));
    bodies.put("an escaped wide text", body(4, texts("\\u4e00" + "x".repeat(100_000))));

    assertThat(measure(bodies))
        .allSatisfy((name, event) -> assertThat(event.share()).as(name).isBetween(0.95, 2.0));
  }

  @Test
  void eventsWithEveryFieldAreTakenForWhatTheyTake() throws Exception {
    Map<String, String> bodies = new LinkedHashMap<>();
    for (Workload workload : Workloads.all()) {
      bodies.put(workload.name(), body(100, new GeneratedEvents(1).full(workload)));
    }

    assertThat(measure(bodies))
        .allSatisfy((name, event) -> assertThat(event.share()).as(name).isBetween(0.95, 1.3));
  }

  @Test
  void realEventsAreTakenForWhatTheyTake() throws Exception {
    String body = "[" + String.join(",", SharedEvents.all()) + "]";

    assertThat(measure(Map.of("real events", body)).get("real events").share())
        .isBetween(0.95, 1.2);
  }
}
