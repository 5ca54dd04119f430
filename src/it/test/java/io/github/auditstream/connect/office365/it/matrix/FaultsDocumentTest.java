package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/faults.md} and the matrix name the same faults. */
class FaultsDocumentTest {
  private static final Path DOCUMENT = Repository.file("docs/faults.md");
  private static final int ROWS_COLUMN = 5;

  /** Rows of the history's own test, which compares them with the document itself. */
  private static final String HISTORY = "history-";

  private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+\\*?)`");

  @Test
  void everyRowIsInTheDocument() throws IOException {
    List<String> documented = documented();

    assertThat(rows())
        .allSatisfy(row -> assertThat(documented).as(row).anyMatch(name -> fits(name, row)));
  }

  @Test
  void everyNameInTheDocumentIsARow() throws IOException {
    List<String> rows = rows();

    assertThat(documented())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(rows).as(name).anyMatch(row -> fits(name, row)));
  }

  @Test
  void everyFaultHasARow() throws IOException {
    assertThat(faults()).allSatisfy(fault -> assertThat(names(fault)).as(fault).isNotEmpty());
  }

  @Test
  void noTwoRowsHaveOneName() {
    assertThat(rows()).doesNotHaveDuplicates();
  }

  private static List<String> rows() {
    return Stream.concat(Rows.all().stream(), Rows.slow().stream()).map(Row::name).toList();
  }

  /** The lines of the tables that name rows. */
  private static List<String> faults() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("| ") && line.split("\\|", -1).length == ROWS_COLUMN + 2)
        .filter(line -> !line.startsWith("| Fault |"))
        .toList();
  }

  private static List<String> documented() throws IOException {
    return faults().stream()
        .flatMap(fault -> names(fault).stream())
        .filter(name -> !name.startsWith(HISTORY))
        .toList();
  }

  private static List<String> names(String fault) {
    Matcher matcher = NAME.matcher(fault.split("\\|", -1)[ROWS_COLUMN]);
    List<String> names = new ArrayList<>();
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static boolean fits(String name, String row) {
    return name.endsWith("*")
        ? row.startsWith(name.substring(0, name.length() - 1))
        : row.equals(name);
  }
}
