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
  private final HeardProgram heard = new HeardProgram();

  @TempDir private Path folder;

  @Test
  void helpIsTheResult() {
    assertThat(heard.run(Reconcile::new, "--help")).isZero();
    assertThat(heard.run(Replay::new, "--help")).isZero();
    assertThat(heard.out()).contains("--allow-repeats", "--dry-run", "--truststore");
    assertThat(heard.messages()).isEmpty();
  }

  @Test
  void aWrongCallIsOneLine() throws Exception {
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
      heard.forget();
      assertThat(heard.run(Reconcile::new, call.toArray(String[]::new)))
          .as("%s", call)
          .isEqualTo(2);
      assertThat(heard.messages().lines()).as("%s", call).hasSize(1);
      if (call.contains("--connect")) {
        assertThat(heard.messages()).contains("--connect", "not an address like http");
      }
    }
  }

  @Test
  void whatNobodyForesawIsNoVerdict() throws Exception {
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

    assertThat(heard.run(Reconcile::new, ofAnotherMachine.toArray(String[]::new)))
        .isEqualTo(Program.FAILED);
    assertThat(heard.messages().lines()).singleElement().asString().contains("config.providers");

    heard.forget();
    Callable<Integer> outOfMemory =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThat(heard.program().run(outOfMemory)).isEqualTo(Program.FAILED);
    assertThat(heard.messages()).contains("memory", "-Xmx");

    heard.forget();
    Callable<Integer> withAnEvent =
        () -> {
          throw new IllegalStateException("adele@contoso.example");
        };
    assertThat(heard.program().run(withAnEvent)).isEqualTo(Program.FAILED);
    assertThat(heard.messages()).contains("IllegalStateException").doesNotContain("adele");

    heard.forget();
    Callable<Integer> withoutAJar =
        () -> {
          throw new NoClassDefFoundError("com/google/common/cache/Cache");
        };
    assertThat(heard.program().run(withoutAJar)).isEqualTo(Program.FAILED);
    assertThat(heard.messages()).contains("class path", "com/google/common/cache/Cache");
  }

  @Test
  void whatWasBegunIsPutRightWhenTheProcessIsToldToEnd() throws Exception {
    assertThat(ForkedJvm.run(EndingMain.class, List.of(), Map.of(), List.of()))
        .contains("put right");
  }

  @Test
  void aReplayOfNobodysTenantOrContentTypeIsAWrongCall() throws Exception {
    Path worker =
        Files.writeString(folder.resolve("worker.properties"), "bootstrap.servers=localhost:1\n");
    Map<String, String> wrong = Map.of("--tenant", "contoso", "--content-type", "audit.exchange");
    wrong.forEach(
        (option, value) -> {
          heard.forget();
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
          assertThat(heard.run(Replay::new, call)).isEqualTo(Program.FAILED);
          assertThat(heard.messages()).contains(option, value);
        });
  }

  @Test
  void theBlobsToReplayAreNamedAsTheRecordsNameThem() {
    Replay replay = new Replay(heard.program());
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
    assertThat(heard.run(Reconcile::new, "--version")).isZero();
    assertThat(heard.out().strip()).isEqualTo("Reconcile " + Version.version());
    assertThat(heard.messages()).isEmpty();
  }

  @Test
  void theOptionGivenLastCounts() throws Exception {
    String worker =
        Files.writeString(folder.resolve("w"), "bootstrap.servers=localhost:1\n").toString();
    String connector =
        Files.writeString(folder.resolve("c"), "{\"topic.prefix\": \"now\"}").toString();
    heard.run(
        Reconcile::new,
        "--worker=" + worker,
        "--connector=" + connector,
        "--live",
        "--prefix=first",
        "--prefix",
        "last");
    assertThat(heard.messages()).contains("--prefix last");
  }

  @Test
  void whatTheApiListsIsNotHeldAgainstTheTopicsOfAFormerPrefix() throws Exception {
    Path worker =
        Files.writeString(folder.resolve("worker.properties"), "bootstrap.servers=localhost:1\n");
    Path connector =
        Files.writeString(folder.resolve("office365.json"), "{\"topic.prefix\": \"now\"}");
    List<String> live = List.of("--worker", worker.toString(), "--live", "--prefix", "before");

    assertThat(heard.run(Reconcile::new, live.toArray(String[]::new))).isEqualTo(Program.FAILED);
    assertThat(heard.messages().lines())
        .singleElement()
        .asString()
        .contains("--live needs --connector");

    heard.forget();
    List<String> former = new ArrayList<>(live);
    former.addAll(List.of("--connector", connector.toString()));
    assertThat(heard.run(Reconcile::new, former.toArray(String[]::new))).isEqualTo(Program.FAILED);
    assertThat(heard.messages().lines())
        .singleElement()
        .asString()
        .contains("--live", "--prefix before", "topic.prefix now");
  }
}
