package io.github.auditstream.connect.office365.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of prose in pages that are written by hand are as long as CONTRIBUTING allows. */
class LineLengthTest {
  private static final int LONGEST = 120;

  @Test
  void proseIsWrapped() throws Exception {
    List<String> tooLong = new ArrayList<>();
    for (Path page : pages()) {
      boolean code = false;
      List<String> lines = Files.readAllLines(page);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.strip().startsWith("```")) {
          code = !code;
        } else if (!code && isProse(line) && line.length() > LONGEST) {
          tooLong.add(page + ":" + (i + 1) + ": " + line.length() + " characters");
        }
      }
      assertThat(code).as("a block of %s that does not end", page).isFalse();
    }

    assertThat(tooLong).isEmpty();
  }

  /** Not a row of a table, indented code, or a link or path that has no place for a break. */
  private static boolean isProse(String line) {
    return !line.strip().startsWith("|") && !line.startsWith("    ") && line.strip().contains(" ");
  }

  /** But for those that are generated, where a paragraph is a line. */
  private static List<Path> pages() throws IOException {
    List<Path> pages =
        Pages.all().stream()
            .filter(page -> !page.startsWith(Pages.doc("schemas")))
            .filter(page -> !page.equals(Pages.doc("configuration.md")))
            .filter(page -> !page.equals(Pages.doc("history-configuration.md")))
            .toList();
    assertThat(pages).contains(Pages.README, Pages.doc("operations.md"));
    return pages;
  }
}
