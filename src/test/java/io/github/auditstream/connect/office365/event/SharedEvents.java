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
final class SharedEvents {

  private SharedEvents() {}

  /** All of them; skips the calling test where the folder is absent. */
  static List<String> all() {
    Path folder = Path.of(System.getProperty("office365.shared", "../shared"), "events");
    assumeTrue(Files.isDirectory(folder), "The folder of real events is not there: " + folder);
    List<String> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        events.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assumeTrue(!events.isEmpty(), "The folder of real events is empty: " + folder);
    return events;
  }
}
