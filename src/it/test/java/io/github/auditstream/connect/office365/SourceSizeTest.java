package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long the files of all modules are, apart from their tests. */
class SourceSizeTest {
  private static final int MOST_LINES = 350;
  private static final int MEDIAN_BELOW = 90;

  @Test
  void noFileIsTooLongAndMostAreShort() throws IOException {
    Map<Path, Integer> lines = new TreeMap<>();
    try (Stream<Path> modules = Files.list(Repository.file("src"))) {
      for (Path module : modules.map(each -> each.resolve("main/java")).toList()) {
        if (Files.isDirectory(module)) {
          count(module, lines);
        }
      }
    }

    assertThat(lines).hasSizeGreaterThan(500);
    assertThat(lines)
        .allSatisfy((file, count) -> assertThat(count).isLessThanOrEqualTo(MOST_LINES));
    int median = lines.values().stream().sorted().skip(lines.size() / 2).findFirst().orElseThrow();
    assertThat(median).isLessThan(MEDIAN_BELOW);
  }

  private static void count(Path folder, Map<Path, Integer> lines) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(each -> each.toString().endsWith(".java")).toList()) {
        lines.put(file, Files.readAllLines(file).size());
      }
    }
  }
}
