package io.github.auditstream.connect.office365.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.GeneratedText;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of Microsoft Graph's codes and statuses in {@code docs/history.md}. */
class GraphCodesInDocsTest {
  private static final Path PAGE = Repository.file("docs", "history.md");

  @Test
  void saysWhatEachAnswerMeansThatIsNoData() throws Exception {
    String table =
        GraphErrorTable.rows().stream()
            .map(GraphCodesInDocsTest::line)
            .collect(
                Collectors.joining(
                    "",
                    "| HTTP status or code | Kind | What it means and what to do |\n|---|---|---|\n",
                    ""));

    assertThat(table).contains("AuditingDisabledTenant", "| 429, creating ", "insufficient_claims");
    GeneratedText.assertPart(PAGE, "graph-codes", table);
  }

  private static String line(GraphErrorTable.Row row) {
    String kind = row.failure().map(Enum::name).orElse("none");
    String words = row.words().isEmpty() ? "It is success" : row.words();
    return "| "
        + first(row)
        + " | "
        + kind
        + " | "
        + GeneratedText.cell(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1))
        + ". |\n";
  }

  private static String first(GraphErrorTable.Row row) {
    String operations =
        row.operations().size() == GraphOperation.values().length
            ? ""
            : row.operations().stream()
                .map(operation -> operation.words().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or ", ", ", ""));
    boolean page = row.forms().size() == 1 && row.forms().contains(GraphErrorBody.Form.MARKUP);
    return (row.code().isEmpty() ? statuses(row) : "`" + row.code() + "`")
        + operations
        + (page ? ", a page of HTML" : "");
  }

  private static String statuses(GraphErrorTable.Row row) {
    if (row.to() == Integer.MAX_VALUE) {
      return "any other";
    }
    return row.from() == row.to() ? Integer.toString(row.from()) : row.from() + " to " + row.to();
  }
}
