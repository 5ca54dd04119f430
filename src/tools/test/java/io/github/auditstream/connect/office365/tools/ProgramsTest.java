package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import io.github.auditstream.connect.office365.model.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the programs say before they ask anybody. */
class ProgramsTest {
  private final CapturedProgram captured = new CapturedProgram();

  @TempDir private Path folder;

  @Test
  void helpIsTheResult() {
    assertThat(captured.run(Reconcile::new, "--help")).isZero();
    assertThat(captured.run(Replay::new, "--help")).isZero();
    assertThat(captured.out()).contains("--allow-repeats", "--dry-run", "--truststore");
    assertThat(captured.messages()).isEmpty();
  }

  @Test
  void aUsageErrorIsOneLine() throws Exception {
    List<List<String>> calls =
        List.of(
            List.of(),
            List.of("--worker"),
            List.of("--worker", folder.resolve("absent").toString(), "--prefix", "p"),
            List.of("plain"),
            List.of("--live=yes"),
            List.of(
                "--worker",
                Files.writeString(folder.resolve("w"), "bootstrap.servers=localhost:1").toString(),
                "--prefix",
                "p",
                "--connect",
                "htps://localhost:8083",
                "--name",
                "n"));
    for (List<String> call : calls) {
      captured.forget();
      assertThat(captured.run(Reconcile::new, call.toArray(String[]::new)))
          .as("%s", call)
          .isEqualTo(2);
      assertThat(captured.messages().lines()).as("%s", call).hasSize(1);
      if (call.contains("--connect")) {
        assertThat(captured.messages()).contains("--connect", "not an address like http");
      }
    }
  }

  @Test
  void anUnexpectedExceptionExitsWithTheStatusOfAFailure() throws Exception {
    Path worker =
        Files.writeString(
            folder.resolve("worker.properties"),
            """
            bootstrap.servers=localhost:1
            config.providers=file
            config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
            config.providers.file.param.allowed.paths=%s
            """
                .formatted(folder.resolve("only-on-the-worker")));
    List<String> ofAnotherMachine = List.of("--worker", worker.toString(), "--prefix", "p");

    assertThat(captured.run(Reconcile::new, ofAnotherMachine.toArray(String[]::new)))
        .isEqualTo(Program.FAILED);
    assertThat(captured.messages().lines()).singleElement().asString().contains("config.providers");

    captured.forget();
    Callable<Integer> outOfMemory =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThat(captured.program().run(outOfMemory)).isEqualTo(Program.FAILED);
    assertThat(captured.messages()).contains("memory", "-Xmx");

    captured.forget();
    Callable<Integer> withAnEvent =
        () -> {
          throw new IllegalStateException("adele@contoso.example");
        };
    assertThat(captured.program().run(withAnEvent)).isEqualTo(Program.FAILED);
    assertThat(captured.messages()).contains("IllegalStateException").doesNotContain("adele");

    captured.forget();
    Callable<Integer> withoutAJar =
        () -> {
          throw new NoClassDefFoundError("com/google/common/cache/Cache");
        };
    assertThat(captured.program().run(withoutAJar)).isEqualTo(Program.FAILED);
    assertThat(captured.messages()).contains("class path", "com/google/common/cache/Cache");
  }

  @Test
  void aTerminatedProcessResumesTheConnectorFirst() throws Exception {
    assertThat(ForkedJvm.run(ShutdownMain.class, List.of(), Map.of(), List.of()))
        .contains("put right");
  }

  @Test
  void aReplayOfAnUnknownTenantOrContentTypeIsAUsageError() throws Exception {
    Path worker =
        Files.writeString(folder.resolve("worker.properties"), "bootstrap.servers=localhost:1\n");
    Map<String, String> wrong = Map.of("--tenant", "contoso", "--content-type", "audit.exchange");
    wrong.forEach(
        (option, value) -> {
          captured.forget();
          String[] call = {
            "--worker",
            worker.toString(),
            "--connect",
            "http://localhost:1",
            "--name",
            "n",
            option,
            value
          };
          assertThat(captured.run(Replay::new, call)).isEqualTo(Program.FAILED);
          assertThat(captured.messages()).contains(option, value);
        });
  }

  @Test
  void theBlobsToReplayAreNamedAsTheRecordsNameThem() {
    Replay replay = new Replay(captured.program());
    new CommandLine(replay)
        .registerConverter(WorkerFile.class, text -> WorkerFile.none())
        .parseArgs(
            "--worker=w",
            "--tenant=C0470505-0000-4000-8000-00000000000A",
            "--content-id=a",
            "--content-id=b");

    assertThat(replay.meant())
        .isEqualTo(
            new ReplayChoice.Meant(
                Set.of("c0470505-0000-4000-8000-00000000000a"), Set.of(), Set.of("a", "b")));
  }

  @Test
  void theVersionIsThePluginsOwn() {
    assertThat(captured.run(Reconcile::new, "--version")).isZero();
    assertThat(captured.out().strip()).isEqualTo("Reconcile " + Version.version());
    assertThat(captured.messages()).isEmpty();
  }

  @Test
  void theOptionGivenLastCounts() throws Exception {
    String worker =
        Files.writeString(folder.resolve("w"), "bootstrap.servers=localhost:1\n").toString();
    String connector =
        Files.writeString(folder.resolve("c"), "{\"topic.prefix\": \"now\"}").toString();
    captured.run(
        Reconcile::new,
        "--worker=" + worker,
        "--connector=" + connector,
        "--live",
        "--prefix=first",
        "--prefix",
        "last");
    assertThat(captured.messages()).contains("--prefix last");
  }

  @Test
  void listedBlobsAreNotComparedWithTheTopicsOfAFormerPrefix() throws Exception {
    Path worker =
        Files.writeString(folder.resolve("worker.properties"), "bootstrap.servers=localhost:1\n");
    Path connector =
        Files.writeString(folder.resolve("office365.json"), "{\"topic.prefix\": \"now\"}");
    List<String> live = List.of("--worker", worker.toString(), "--live", "--prefix", "before");

    assertThat(captured.run(Reconcile::new, live.toArray(String[]::new))).isEqualTo(Program.FAILED);
    assertThat(captured.messages().lines())
        .singleElement()
        .asString()
        .contains("--live needs --connector");

    captured.forget();
    List<String> former = new ArrayList<>(live);
    former.addAll(List.of("--connector", connector.toString()));
    assertThat(captured.run(Reconcile::new, former.toArray(String[]::new)))
        .isEqualTo(Program.FAILED);
    assertThat(captured.messages().lines())
        .singleElement()
        .asString()
        .contains("--live", "--prefix before", "topic.prefix now");
  }
}
