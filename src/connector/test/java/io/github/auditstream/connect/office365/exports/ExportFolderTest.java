package io.github.auditstream.connect.office365.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {
  @TempDir Path temporary;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private Path folder;
  private ExportFolder exports;

  @BeforeEach
  void create() throws IOException {
    folder = Files.createDirectory(temporary.resolve("exports"));
    exports = new ExportFolder(folder, Duration.ofSeconds(30), nanos::get);
  }

  private List<String> complete(int afterSeconds) throws IOException {
    nanos.addAndGet(Duration.ofSeconds(afterSeconds).toNanos());
    return exports.look().complete().stream().map(file -> file.getFileName().toString()).toList();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void givesFilesThatStayAsTheyAreInTheOrderOfTheirNames() throws IOException {
    write("b.csv", "x");
    write("a.csv", "x");
    write("C.json", "x");

    assertThat(complete(0)).isEmpty();
    assertThat(exports.look().growing()).isEqualTo(3);
    assertThat(complete(29)).isEmpty();
    assertThat(complete(1)).containsExactly("C.json", "a.csv", "b.csv");
    assertThat(exports.look().growing()).isZero();
    assertThat(complete(100)).containsExactly("C.json", "a.csv", "b.csv");
  }

  @Test
  void leavesAFileThatGrowsForLater() throws IOException {
    Path growing = write("a.csv", "x");
    FileTime time = Files.getLastModifiedTime(growing);
    write("b.csv", "x");
    complete(0);
    for (int i = 0; i < 3; i++) {
      Files.writeString(growing, "x", StandardOpenOption.APPEND);
      Files.setLastModifiedTime(growing, time);
      assertThat(complete(20)).doesNotContain("a.csv");
    }
    Files.setLastModifiedTime(growing, FileTime.fromMillis(time.toMillis() + 5_000));
    assertThat(complete(29)).containsExactly("b.csv");
    assertThat(complete(29)).containsExactly("b.csv");
    assertThat(complete(1)).containsExactly("a.csv", "b.csv");

    Files.writeString(growing, "more", StandardOpenOption.APPEND);
    assertThat(complete(1)).containsExactly("b.csv");
  }

  @Test
  void takesAFileThatVanishedAndCameBackForANewOne() throws IOException {
    write("a.csv", "x");
    complete(0);
    assertThat(complete(30)).containsExactly("a.csv");
    Files.delete(folder.resolve("a.csv"));
    assertThat(complete(1)).isEmpty();
    write("a.csv", "x");
    assertThat(complete(1)).isEmpty();
    assertThat(complete(30)).containsExactly("a.csv");
  }

  @Test
  void passesOverHiddenFilesFoldersAndLinksThatLeadOut() throws IOException {
    Path outside = Files.writeString(temporary.resolve("outside.csv"), "x");
    write("inside.csv", "x");
    write(".hidden.csv", "x");
    Files.createDirectory(folder.resolve("folder.csv"));
    Files.createSymbolicLink(folder.resolve("out.csv"), outside);
    Files.createSymbolicLink(folder.resolve("up.csv"), Path.of("../outside.csv"));
    Files.createSymbolicLink(folder.resolve("in.csv"), Path.of("inside.csv"));
    Files.createSymbolicLink(folder.resolve("nowhere.csv"), Path.of("nothing"));
    Files.createSymbolicLink(folder.resolve("circle.csv"), Path.of("circle.csv"));
    Files.createSymbolicLink(folder.resolve("here"), Path.of("."));

    complete(0);

    assertThat(complete(30)).containsExactly("in.csv", "inside.csv");
  }

  @Test
  void aFolderCanBeALink() throws IOException {
    write("a.csv", "x");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    exports = new ExportFolder(link, Duration.ZERO, nanos::get);

    assertThat(exports.look().complete()).containsExactly(link.resolve("a.csv"));
  }

  @Test
  void saysThatThereIsNoFolder() throws IOException {
    Files.delete(folder);

    assertThatThrownBy(exports::look).isInstanceOf(NoSuchFileException.class);
  }
}
