package io.github.auditstream.connect.office365.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.GeneratedText;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of the API's codes and statuses in {@code docs/troubleshooting.md}. */
class ErrorCodesInDocsTest {
  private static final Path PAGE = Repository.file("docs", "troubleshooting.md");
  private static final String HEAD =
      "| %s | Kind | What it means and what to do |\n|---|---|---|\n";

  @Test
  void hasEveryCodeThatTheConnectorKnows() throws Exception {
    String table =
        ErrorTable.rows().stream()
            .filter(row -> !row.code().isEmpty())
            .map(row -> line("`" + row.code() + "`" + when(row), row))
            .collect(Collectors.joining("", HEAD.formatted("Code"), ""));

    assertThat(table).contains("AF10001", "DataServiceException", "| `429` |");
    GeneratedText.assertPart(PAGE, "api-codes", table);
  }

  @Test
  void saysWhatAnAnswerMeansThatHasNoCode() throws Exception {
    String table =
        ErrorTable.rows().stream()
            .filter(row -> row.code().isEmpty())
            .map(row -> line(statuses(row) + when(row), row))
            .collect(Collectors.joining("", HEAD.formatted("HTTP status"), ""));

    GeneratedText.assertPart(PAGE, "api-statuses", table);
  }

  private static String line(String first, ErrorTable.Row row) {
    String kind = row.failure().map(Enum::name).orElse("none");
    String words = row.words().isEmpty() ? "It is success" : row.words();
    return "| %s | %s | %s. |%n"
        .formatted(
            first,
            kind,
            GeneratedText.cell(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)))
        .replace("\r", "");
  }

  private static String when(ErrorTable.Row row) {
    String operations =
        row.operations().size() == Operation.values().length
            ? ""
            : row.operations().stream()
                .map(operation -> operation.words().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or ", ", ", ""));
    boolean page = row.forms().size() == 1 && row.forms().contains(ErrorBody.Form.MARKUP);
    return operations + (page ? ", a page of HTML" : "");
  }

  private static String statuses(ErrorTable.Row row) {
    if (row.to() == Integer.MAX_VALUE) {
      return "any other";
    }
    return row.from() == row.to() ? Integer.toString(row.from()) : row.from() + " to " + row.to();
  }
}
