package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the programs say before they ask anybody. */
class ProgramsTest {
  private final HeardProgram heard = new HeardProgram();

  @TempDir private Path folder;

  @Test
  void helpIsTheResult() {
    assertThat(Reconcile.run(new String[] {"--help"}, heard.program())).isZero();
    assertThat(Replay.run(new String[] {"--help"}, heard.program())).isZero();
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
      assertThat(Reconcile.run(call.toArray(String[]::new), heard.program()))
          .as("%s", call)
          .isEqualTo(2);
      assertThat(heard.messages().lines()).as("%s", call).hasSize(1);
      if (call.contains("--connect")) {
        assertThat(heard.messages()).contains("--connect is an address");
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

    assertThat(Reconcile.run(ofAnotherMachine.toArray(String[]::new), heard.program()))
        .isEqualTo(Report.UNTOLD);
    assertThat(heard.messages().lines()).singleElement().asString().contains("config.providers");

    heard.forget();
    Program.Work outOfMemory =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThat(heard.program().run(outOfMemory)).isEqualTo(Report.UNTOLD);
    assertThat(heard.messages()).contains("memory", "-Xmx");

    heard.forget();
    Program.Work withAnEvent =
        () -> {
          throw new IllegalStateException("adele@contoso.example");
        };
    assertThat(heard.program().run(withAnEvent)).isEqualTo(Report.UNTOLD);
    assertThat(heard.messages()).contains("IllegalStateException").doesNotContain("adele");

    heard.forget();
    Program.Work withoutAJar =
        () -> {
          throw new NoClassDefFoundError("com/google/common/cache/Cache");
        };
    assertThat(heard.program().run(withoutAJar)).isEqualTo(Report.UNTOLD);
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
          assertThat(Replay.run(call, heard.program())).isEqualTo(Report.UNTOLD);
          assertThat(heard.messages()).contains(option, value);
        });
    assertThat(Replay.tenant("C0470505-0000-4000-8000-00000000000A"))
        .isEqualTo("c0470505-0000-4000-8000-00000000000a");
  }

  @Test
  void whatTheApiListsIsNotHeldAgainstTheTopicsOfAFormerPrefix() throws Exception {
    Path worker =
        Files.writeString(folder.resolve("worker.properties"), "bootstrap.servers=localhost:1\n");
    Path connector =
        Files.writeString(folder.resolve("office365.json"), "{\"topic.prefix\": \"now\"}");
    List<String> live = List.of("--worker", worker.toString(), "--live", "--prefix", "before");

    assertThat(Reconcile.run(live.toArray(String[]::new), heard.program()))
        .isEqualTo(Report.UNTOLD);
    assertThat(heard.messages().lines())
        .singleElement()
        .asString()
        .contains("--live needs --connector");

    heard.forget();
    List<String> former = new ArrayList<>(live);
    former.addAll(List.of("--connector", connector.toString()));
    assertThat(Reconcile.run(former.toArray(String[]::new), heard.program()))
        .isEqualTo(Report.UNTOLD);
    assertThat(heard.messages().lines())
        .singleElement()
        .asString()
        .contains("--live", "--prefix before", "topic.prefix now");
  }
}
