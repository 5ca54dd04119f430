package io.github.auditstream.connect.office365.event;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real events, which are no part of the repository: one JSON object a line. */
public final class SharedEvents {

  private SharedEvents() {}

  /** All of them; skips the calling test where the folder is absent. */
  public static List<String> all() {
    List<String> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        events.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assumeTrue(!events.isEmpty(), "The folder of real events is empty");
    return events;
  }

  /** Those of one file, in its order; skips the calling test where the folder is absent. */
  public static List<String> of(String file) {
    try {
      return Files.readAllLines(folder().resolve(file + ".jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    Path folder = Path.of(System.getProperty("office365.shared", "../shared"), "events");
    assumeTrue(Files.isDirectory(folder), "The folder of real events is not there: " + folder);
    return folder;
  }
}
