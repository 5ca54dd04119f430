package io.github.auditstream.connect.office365.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is there for contributors says the same as the pages and as CI. */
class ContributorFilesTest {
  private static final Pattern TARGET = Pattern.compile("(?m)^([a-z]+):");
  private static final Pattern MAKE = Pattern.compile("`make ([a-z]+)");

  @Test
  void thePageNamesEveryTargetOfTheMakefile() throws Exception {
    List<String> targets = words(TARGET, Repository.file("Makefile")).distinct().sorted().toList();

    assertThat(targets).contains("build", "test", "it");
    assertThat(words(MAKE, Repository.file("CONTRIBUTING.md")).distinct().sorted())
        .containsExactlyElementsOf(targets);
  }

  @Test
  void theMakefileWritesWhatThePageSaysIsGenerated() throws Exception {
    List<String> tests =
        words(Pattern.compile("(?m)^GENERATED := (.*)$"), Repository.file("Makefile")).toList();

    assertThat(tests).hasSize(1);
    assertThat(Files.readString(Repository.file("CONTRIBUTING.md")))
        .contains("mvn test -Dtest='" + tests.get(0) + "' -Doffice365.docs.write=true");
  }

  @Test
  void theWorkflowRunsWhatCiRuns() throws Exception {
    Map<?, ?> jobs = (Map<?, ?>) yaml(Repository.file(".github/workflows/ci.yml")).get("jobs");
    List<?> steps = (List<?>) ((Map<?, ?>) jobs.get("run")).get("steps");

    assertThat(steps.stream().map(step -> ((Map<?, ?>) step).get("run")).filter(Objects::nonNull))
        .hasSize(1)
        .allMatch(".ci/run"::equals);
    assertThat(Files.isExecutable(Repository.file(".ci/run"))).isTrue();
  }

  @Test
  void everyFormIsOne() throws Exception {
    try (Stream<Path> files = Files.list(Repository.file(".github/ISSUE_TEMPLATE"))) {
      List<Path> forms = files.filter(file -> !file.endsWith("config.yml")).sorted().toList();
      assertThat(forms).isNotEmpty();
      for (Path form : forms) {
        assertThat(yaml(form)).as(form.toString()).containsKeys("name", "description", "body");
      }
    }
  }

  private static Map<String, Object> yaml(Path file) throws Exception {
    return new Yaml().load(Files.readString(file));
  }

  private static Stream<String> words(Pattern pattern, Path file) throws Exception {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult word) -> word.group(1));
  }
}
