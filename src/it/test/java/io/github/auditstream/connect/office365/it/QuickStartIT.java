package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.quickstart.QuickStart;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start as a program of its own: with a connector that only counts, and with ours. */
class QuickStartIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;
  private Path work = Path.of("");
  private Path output = Path.of("");
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void chooseTheFolders() {
    work = folder.resolve("work");
    output = folder.resolve("output.txt");
  }

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  private Process count(String last, String then, String... options) throws IOException {
    Path connector =
        Files.writeString(
            folder.resolve("counting.json"),
            """
            {"name": "counting", "config": {
              "connector.class": "%s", "topic.prefix": "counts", "topic": "counts.numbers",
              "last": %s, "then": "%s"}}"""
                .formatted(CountingConnector.class.getName(), last, then));
    return start(
        CountingPlugin.in(folder.resolve("plugins/counting")).toString(), connector, options);
  }

  private Process start(String plugin, Path connector, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Doffice365.plugin=" + plugin);
    command.add("-Doffice365.work=" + work);
    command.add("-Dquickstart.connector=" + connector);
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), QuickStart.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    started.add(process);
    return process;
  }

  private int exitStatus(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("ended within %s, having said: %s", LIMIT, Files.readString(output))
        .isTrue();
    return process.exitValue();
  }

  private void assertNothingIsLeft(List<ProcessHandle> children) throws IOException {
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  private List<ProcessHandle> childrenOnceItIsUp(Process process) {
    await("start-up, process alive: " + process)
        .atMost(LIMIT)
        .until(() -> !process.isAlive() || Files.readString(output).contains("Everything is up"));
    return process.descendants().toList();
  }

  @Test
  void endsByItselfAfterTheWantedEvents() throws Exception {
    Process process = count("250", "", "-Dquickstart.events=200");
    List<ProcessHandle> children = childrenOnceItIsUp(process);

    assertThat(exitStatus(process)).as(Files.readString(output)).isZero();

    assertThat(output)
        .content()
        .contains("  broker ", "  registry ", "  worker ", "  connector ")
        .contains("a record of counts.numbers", "\"number\" : ")
        .containsPattern("counts\\.numbers +2[0-9]0 ")
        .contains("events in 1 topics", "Start-up took");
    assertNothingIsLeft(children);
  }

  @Test
  void failsWithTheConnectorsOwnReason() throws Exception {
    Process process = count("10", "the counter is worn out");
    List<ProcessHandle> children = childrenOnceItIsUp(process);

    assertThat(exitStatus(process)).isNotZero();

    assertThat(output)
        .content()
        .contains("The connector counting failed", "the counter is worn out");
    assertNothingIsLeft(children);
  }

  @Test
  void failsWhereTheWantedEventsDoNotCome() throws Exception {
    Process process = count("10", "", "-Dquickstart.events=200", "-Dquickstart.patience=PT3S");
    List<ProcessHandle> children = childrenOnceItIsUp(process);

    assertThat(exitStatus(process)).isNotZero();

    assertThat(output).content().contains("10 events arrived, then none for", "200 were wanted");
    assertNothingIsLeft(children);
  }

  @Test
  void endsAtAnInterruptAndLeavesNothingBehind() throws Exception {
    Process process = count("10", "");
    List<ProcessHandle> children = childrenOnceItIsUp(process);

    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();

    assertThat(exitStatus(process)).isEqualTo(130);
    assertThat(output).content().contains("Stopping.").doesNotContain("Exception");
    assertNothingIsLeft(children);
  }

  @Test
  void leavesNoProcessBehindWhenItIsKilled() throws Exception {
    Process process = count("10", "");
    List<ProcessHandle> children = childrenOnceItIsUp(process);
    assertThat(children).isNotEmpty();

    process.destroyForcibly();

    await("children ended")
        .atMost(LIMIT)
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void bringsTheSimulatedTenantsEvents() throws Exception {
    Process process =
        start(
            StackFolders.ofBuild().plugin().toString(),
            Repository.file("config/quickstart.json"),
            "-Dquickstart.events=2000");
    List<ProcessHandle> children = childrenOnceItIsUp(process);

    assertThat(exitStatus(process)).as(Files.readString(output)).isZero();

    assertThat(output)
        .content()
        .contains("  simulator ", "  office365.receipts ", "  office365.status ")
        .contains("a record of office365.", "\"OrganizationId\" : ")
        .contains("the connector broke none of the API's rules");
    assertNothingIsLeft(children);
  }

  @Test
  void showsAHistoryBesideTheLiveFeed() throws Exception {
    Process process =
        start(
            StackFolders.ofBuild().plugin().toString(),
            Repository.file("config/quickstart.json"),
            "-Dquickstart.history=10");
    List<ProcessHandle> children = childrenOnceItIsUp(process);

    assertThat(exitStatus(process)).as(Files.readString(output)).isZero();

    assertThat(output)
        .content()
        .contains("  history connector ", "The history of 10 days beside the live feed:")
        .containsPattern(" live +[0-9]+,[0-9]{3} events\\R")
        .containsPattern(" history +900 events\\R")
        .containsPattern(" in both +50 late events")
        .containsPattern(" lost +0\\R")
        .containsPattern(" twice +0\\R")
        .contains("the connector broke none of the API's rules");
    assertNothingIsLeft(children);
  }

  @Test
  void printsTheProblemsOfFeeds() throws Exception {
    String wrong =
        Files.readString(Repository.file("config/quickstart.json"))
            .replace("${simulator.fabrikam.client.secret}", "not-the-secret");
    Process process =
        start(
            StackFolders.ofBuild().plugin().toString(),
            Files.writeString(folder.resolve("wrong.json"), wrong),
            "-Dquickstart.events=9000",
            "-Dquickstart.rate=0.01",
            "-Dquickstart.patience=PT10S");

    assertThat(exitStatus(process)).isNotZero();

    assertThat(output)
        .content()
        .containsPattern("Problem with [A-Za-z.]+, and 4 more feeds:")
        .contains("AADSTS7000215")
        .doesNotContain("not-the-secret");
  }
}
