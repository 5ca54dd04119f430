package io.github.auditstream.connect.office365.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.readme.Readme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's table of the API's codes. */
class ErrorCodesInReadmeTest {

  @Test
  void hasEveryCodeThatTheConnectorKnows() {
    List<String> codes =
        ErrorTable.rows().stream()
            .map(ErrorTable.Row::code)
            .filter(code -> !code.isEmpty())
            .toList();

    assertThat(Readme.text()).contains(codes);
  }

  @Test
  void givesEachCodeTheKindThatTheConnectorGives() {
    List<String> rows = Readme.text().lines().filter(line -> line.startsWith("| AF")).toList();

    for (ErrorTable.Row row : ErrorTable.rows()) {
      if (!row.code().isEmpty() && row.operations().size() > 1 && row.failure().isPresent()) {
        assertThat(rows)
            .as(row.code())
            .anyMatch(
                line ->
                    line.substring(0, line.indexOf('|', 1)).contains(row.code())
                        && (line.contains("| " + row.failure().get().name() + " |")
                            || row.code().equals("AF20024")));
      }
    }
  }
}
