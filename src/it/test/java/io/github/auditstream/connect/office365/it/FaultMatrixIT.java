package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.auditstream.connect.office365.it.matrix.FaultMatrix;
import io.github.auditstream.connect.office365.it.matrix.FaultMatrix.RowResult;
import io.github.auditstream.connect.office365.it.matrix.Row;
import io.github.auditstream.connect.office365.it.matrix.Rows;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every fault that is named in {@code docs/faults.md} meets a real connector in a real worker that
 * writes exactly once, and is judged by the simulator's ledger. The rows play at the same time;
 * each is a test of its own, which waits for its row. {@code target/fault-matrix.txt} has the
 * numbers.
 *
 * <p>With {@code -Doffice365.rows=a,b} only those rows play.
 */
@ExtendWith(SharedStack.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class FaultMatrixIT {
  private static final List<Row> ROWS = new ArrayList<>();
  private static final List<Row> SLOW = new ArrayList<>();
  private static FaultMatrix matrix;

  @BeforeAll
  static void start(ConnectStack stack, WorkerProcess worker) {
    ROWS.addAll(wanted(Rows.all()));
    SLOW.addAll(wanted(Rows.slow()));
    matrix = FaultMatrix.start(stack, worker, ROWS, SLOW);
  }

  private static List<Row> wanted(List<Row> rows) {
    String names = System.getProperty("office365.rows", "");
    List<String> wanted = List.of(names.split(","));
    return names.isEmpty()
        ? rows
        : rows.stream().filter(row -> wanted.contains(row.name())).toList();
  }

  @AfterAll
  static void end() {
    matrix.close();
  }

  @TestFactory
  Stream<DynamicTest> everyFaultIsSurvived() {
    return Stream.concat(ROWS.stream(), SLOW.stream())
        .map(row -> dynamicTest(row.name(), () -> matrix.result(row)));
  }

  @Test
  void theWorkersLogHoldsNoSecretAndNoEvent() throws Exception {
    String log = String.join("\n", matrix.log());
    for (RowResult row : matrix.all()) {
      assertThat(row.secrets())
          .as("secrets of " + row.name())
          .isNotEmpty()
          .noneMatch(log::contains);
      assertThat(row.personal()).as("events of " + row.name()).noneMatch(log::contains);
    }
  }

  @Test
  void theWorkersLogHasNoBugOfTheConnector() throws Exception {
    Set<String> explained = new HashSet<>();
    for (RowResult row : matrix.all()) {
      explained.addAll(row.lost());
    }
    assertThat(matrix.log())
        .filteredOn(line -> line.contains("ERROR") || line.contains("OutOfMemoryError"))
        .filteredOn(line -> explained.stream().noneMatch(line::contains))
        .filteredOn(line -> Rows.failingByDesign().stream().noneMatch(line::contains))
        .isEmpty();
    assertThat(matrix.log()).noneMatch(line -> line.startsWith("\tat io.github.auditstream"));
  }
}
