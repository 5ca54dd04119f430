package io.github.auditstream.connect.office365.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.GraphFault;
import io.github.auditstream.connect.office365.simulator.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fault that {@code docs/faults.md} names of the history meets its reader as a task has it,
 * and in the end every event that Microsoft offers is in the topics once. With {@code
 * -Doffice365.rows=a,b} only those rows play.
 */
class HistoryFaultTest {
  private static final Pattern NAME = Pattern.compile("`(history-[a-z0-9-]+)`");
  private static final int SEEDS = 20;

  private static List<HistoryRow> rows() {
    List<HistoryRow> rows = new ArrayList<>(HistoryAnswerRows.rows());
    rows.addAll(HistoryQueryRows.rows());
    rows.addAll(HistoryRecordRows.rows());
    return rows;
  }

  @TestFactory
  Stream<DynamicTest> everyFaultIsSurvived() {
    String wanted = System.getProperty("office365.rows", "");
    return rows().stream()
        .filter(row -> wanted.isEmpty() || List.of(wanted.split(",", -1)).contains(row.name()))
        .map(
            row ->
                dynamicTest(
                    row.name(),
                    () -> {
                      try (HistoryScene scene = new HistoryScene()) {
                        row.script().run(scene);
                      }
                    }));
  }

  @Test
  void everyRowIsInTheDocumentAndTheReverse() throws IOException {
    List<String> documented = new ArrayList<>();
    Matcher names = NAME.matcher(Files.readString(Repository.file("docs/faults.md")));
    while (names.find()) {
      documented.add(names.group(1));
    }

    assertThat(new TreeSet<>(rows().stream().map(HistoryRow::name).toList()))
        .hasSameSizeAs(rows())
        .containsExactlyElementsOf(new TreeSet<>(documented));
  }

  /** A flaky day, and the task killed again and again. */
  @TestFactory
  Stream<DynamicTest> faultsAndKillsTogetherLoseAndRepeatNothing() {
    return IntStream.rangeClosed(1, SEEDS)
        .mapToObj(seed -> dynamicTest("seed " + seed, () -> faultsAndKills(seed)));
  }

  private static void faultsAndKills(int seed) throws Exception {
    Random random = new Random(seed);
    try (HistoryScene scene = new HistoryScene()) {
      scene.events();
      flaky(scene, seed);
      scene.start();
      int kills = 0;
      while (!scene.rig().is("DONE")) {
        List<SourceRecord> polled = scene.rig().poll();
        if (kills == 0 || (kills < 8 && random.nextInt(2) == 0)) {
          kills++;
          scene.restart();
        } else {
          scene.rig().commit(polled);
        }
      }
      scene.simulator().endFaults();
      scene.finish();
    }
  }

  private static void flaky(HistoryScene scene, int seed) {
    List<Fault> anywhere =
        List.of(
            GraphFault.unknownError(503),
            GraphFault.gatewayPage(502),
            Fault.html(),
            Fault.cutAfter(150),
            Fault.reset(),
            Fault.emptyBody());
    int number = 0;
    for (Operation operation :
        List.of(
            Operation.LIST_QUERIES,
            Operation.CREATE_QUERY,
            Operation.GET_QUERY,
            Operation.LIST_RECORDS,
            Operation.NEXT_RECORDS)) {
      for (Fault fault : anywhere) {
        scene.on(operation).sometimes(0.03, seed * 1_000L + number++).meets(fault);
      }
    }
    scene.on(Operation.CREATE_QUERY).sometimes(0.1, -seed).meets(GraphFault.tooManyRequests());
    scene.on(Operation.GET_QUERY).sometimes(0.03, -seed).meets(GraphFault.noSuchQuery());
    scene.on(Operation.NEXT_RECORDS).sometimes(0.03, -seed).meets(GraphFault.firstPageNext());
    scene.on(Operation.LIST_RECORDS).sometimes(0.05, -seed).meets(GraphFault.recordsLeftOut(20));
  }
}
