package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.Version;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.RestException;
import io.github.auditstream.connect.office365.testkit.TopicReader;
import io.github.auditstream.connect.office365.testkit.TopicReader.Isolation;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import io.github.auditstream.connect.office365.testkit.WorkerSettings;
import io.github.auditstream.connect.office365.transforms.RestoreEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same archive on the oldest, a middle and the newest supported worker. */
@ExtendWith(SharedStack.class)
class WorkerVersionsIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern JACKSON = Pattern.compile("jackson-core-(.+)\\.jar");

  @ParameterizedTest
  @ValueSource(strings = {"3.7.2", "3.9.2", "4.3.1"})
  void runsRestartsInAnotherJvmAndFindsItsOffsets(String version, ConnectStack stack)
      throws Exception {
    String name = "worker-" + version;
    WorkerSettings settings =
        stack.workerSettings().withKafka(stack.folders().kafka(version)).withExactlyOnce(true);
    try (Simulator simulator = Simulator.builder().tenant(t -> t.subscribedToAll()).start();
        WorkerProcess worker = stack.startWorker(settings);
        TopicReader reader = stack.reader(Isolation.READ_COMMITTED)) {
      for (ContentType contentType : ContentType.values()) {
        simulator.tenant().history(contentType, Duration.ofDays(1), 5, 4);
      }
      SimulatedConnector connector = new SimulatedConnector(simulator, name);
      worker.rest().put(name, connector.config(2));
      reader.readAtLeast(25, LIMIT, name + ".receipts");
      assertThat(versions(worker, "Office365AuditSourceConnector")).containsOnly(Version.version());

      refusesTransformsThatCannotWork(worker, connector.config(2));

      JsonNode offsets = worker.rest().offsets(name);
      assertThat(offsets).hasSize(5);
      assertThat(offsets)
          .allSatisfy(
              offset -> {
                assertThat(offset.at("/partition/tenant").asText())
                    .isEqualTo(simulator.tenant().id().toString());
                assertThat(offset.at("/offset/contentCreated").asText()).endsWith("Z");
                assertThat(offset.at("/offset/contentId").asText()).isNotEmpty();
              });

      worker.stop();
      worker.restart();
      worker.rest().awaitRunning(name, 2, LIMIT);
      simulator.tenant().blob(ContentType.EXCHANGE).createdAgo(Duration.ZERO).events(3).add();
      reader.readAtLeast(26, LIMIT, name + ".receipts");

      assertThat(
              SimulatedConnector.arrived(reader.readAll(connector.eventTopics(reader.topics("")))))
          .isEqualTo(connector.expected());

      rewind(worker, name, simulator);
      reader.readUntil(
          List.of(name + ".receipts"),
          "the rewound feed's blobs again",
          LIMIT,
          receipts -> receipts.size() >= 26 + 6);
    }
  }

  /** Rules of one key and, as Connect leaves no other way, of a key's recommender. */
  private static void refusesTransformsThatCannotWork(
      WorkerProcess worker, Map<String, String> working) {
    assertRefused(worker, working, "FilterEvents", Map.of("record.types.include", "NoSuch"));
    assertRefused(worker, working, "FilterEvents", Map.of("users.include.file", "/no/such/file"));
    assertRefused(worker, working, "FilterEvents", Map.of("workloads.include", ""));
    assertRefused(worker, working, "MaskFields$Value", Map.of("fields", ""));
    assertRefused(worker, working, "MaskFields$Key", Map.of("fields", "a..b"));
    assertRefused(
        worker,
        working,
        "MaskFields$Value",
        Map.of("hash.key", "too-short", "action", "hash", "presets", "users"));
    assertRefused(worker, working, "RestoreEvent", Map.of("field", "ContentBlob"));
    assertRefused(worker, working, "ToEcs", Map.of("output", "xml"));
  }

  private static void assertRefused(
      WorkerProcess worker,
      Map<String, String> working,
      String transform,
      Map<String, String> keys) {
    Map<String, String> config = new HashMap<>(working);
    config.put("transforms", "wrong");
    config.put("transforms.wrong.type", RestoreEvent.class.getPackageName() + "." + transform);
    keys.forEach((key, value) -> config.put("transforms.wrong." + key, value));
    String wrong =
        keys.keySet().stream()
            .filter(key -> !key.equals("action") && !key.equals("presets"))
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> worker.rest().put("refused", config))
        .isInstanceOfSatisfying(
            RestException.class, refusal -> assertThat(refusal.status()).isEqualTo(400))
        .hasMessageContainingAll("1 error", wrong)
        .hasMessageNotContaining("too-short");
    assertThat(worker.rest().validationErrors(config.get("connector.class"), config))
        .containsOnlyKeys("transforms.wrong." + wrong);
    assertThat(worker.rest().connectors()).doesNotContain("refused");
  }

  /**
   * The build runs what reads JSON on the releases of Jackson that the workers bring, and newer.
   */
  @Test
  void theBuildTestsTheJacksonReleasesOfTheWorkers(ConnectStack stack) throws Exception {
    Set<String> brought = new TreeSet<>();
    for (String version : List.of("3.7.2", "3.9.2", "4.3.1")) {
      try (Stream<Path> libraries = Files.list(stack.folders().kafka(version).libs())) {
        libraries
            .map(library -> JACKSON.matcher(library.getFileName().toString()))
            .filter(Matcher::matches)
            .forEach(library -> brought.add(library.group(1)));
      }
    }

    assertThat(Files.readString(Repository.file("pom.xml")))
        .contains(
            brought.stream()
                .map(version -> ".version>" + version + "</jackson.")
                .toArray(String[]::new));
    assertThat(brought).isNotEmpty();
  }

  private static List<String> versions(WorkerProcess worker, String plugin) {
    return worker.rest().plugins().findParents("class").stream()
        .filter(found -> found.get("class").asText().endsWith(plugin))
        .map(found -> found.get("version").asText())
        .toList();
  }

  private static void rewind(WorkerProcess worker, String name, Simulator simulator) {
    worker.rest().stop(name);
    worker
        .rest()
        .patchOffset(
            name,
            Map.of(
                "tenant",
                simulator.tenant().id().toString(),
                "contentType",
                ContentType.EXCHANGE.apiName()),
            Map.of("contentCreated", "2026-01-01T00:00:00.000Z"));
    worker.rest().resume(name);
  }
}
