package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.fixtures.GeneratedText;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of Entra ID's codes in {@code docs/troubleshooting.md}. */
class EntraCodesInDocsTest {
  private static final Path PAGE = Repository.file("docs", "troubleshooting.md");

  @Test
  void hasEveryCodeThatTheConnectorKnows() throws Exception {
    String table =
        EntraCode.all().stream()
            .sorted(Comparator.comparing(code -> Integer.toString(code.number())))
            .map(EntraCodesInDocsTest::line)
            .collect(
                Collectors.joining(
                    "", "| AADSTS | Key | What it means | What to do |\n|---|---|---|---|\n", ""));

    GeneratedText.assertPart(PAGE, "entra-codes", table);
  }

  private static String line(EntraCode code) {
    String key = Objects.requireNonNullElse(code.setting(), "");
    return "| "
        + code.number()
        + " | "
        + (key.isEmpty() ? "" : "`" + key + "`")
        + " | "
        + sentence(code.meaning())
        + " | "
        + sentence(code.fix())
        + " |\n";
  }

  private static String sentence(String words) {
    return GeneratedText.cell(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
  }
}
