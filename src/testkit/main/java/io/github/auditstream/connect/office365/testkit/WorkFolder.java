package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one run's data and logs. */
public record WorkFolder(Path path) {
  /** A new folder in a parent that is made where it is missing. */
  public static WorkFolder newIn(Path parent) {
    try {
      Files.createDirectories(parent);
      return new WorkFolder(Files.createTempDirectory(parent, "run-"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder in " + parent, e);
    }
  }

  /** Deletes it with all that is in it; nobody may be writing there any more. */
  public void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(path)) {
      List<Path> innerFirst = entries.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : innerFirst) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
