package io.github.auditstream.connect.office365.it.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.event.Workload;
import io.github.auditstream.connect.office365.event.Workloads;
import io.github.auditstream.connect.office365.pages.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped sink files and their pages say the same, and no sink reads what is not an event. */
class SinkPagesTest {
  static List<String> sinks() throws IOException {
    try (Stream<Path> files = Files.list(SinkFile.FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json") && !file.contains("-"))
          .map(file -> file.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aPageShowsTheShippedFile(String sink) throws IOException {
    String shipped = Files.readString(SinkFile.FOLDER.resolve(sink + ".json"));

    assertThat(Pages.blocks(Pages.doc("sinks/" + sink + ".md"), "json")).contains(shipped);
    assertThat(Files.readString(Pages.doc("sinks/README.md"))).contains("`" + sink + ".json`");
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aSinkReadsEventTopicsOnly(String sink) throws IOException {
    SinkFile file = SinkFile.read(sink + ".json", Path.of("."));
    Pattern topics = Pattern.compile(file.config().get("topics.regex"));

    assertThat(Workloads.all())
        .extracting(Workload::topicSuffix)
        .filteredOn(suffix -> !suffix.equals("dlp"))
        .allMatch(suffix -> topics.matcher("office365." + suffix).matches());
    assertThat(List.of("receipts", "status", "deadletter"))
        .noneMatch(suffix -> topics.matcher("office365." + suffix).matches());
    assertThat(topics.matcher("other.exchange").matches()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aSinkReadsCommittedRecordsAndSkipsNothing(String sink) throws IOException {
    assertThat(SinkFile.read(sink + ".json", Path.of(".")).config())
        .containsEntry("consumer.override.isolation.level", "read_committed")
        .containsEntry("errors.tolerance", "none");
  }

  @Test
  void theTablesAreThoseOfTheTopics() throws IOException {
    String script = Files.readString(SinkFile.FOLDER.resolve("mariadb.sql"));

    for (Workload workload : Workloads.all()) {
      assertThat(script)
          .contains("CREATE TABLE IF NOT EXISTS office365_%s ".formatted(workload.topicSuffix()));
      assertThat(script.contains("FROM office365_%s".formatted(workload.topicSuffix())))
          .as("in the view: %s", workload.name())
          .isEqualTo(!workload.equals(Workloads.DLP));
    }
  }
}
