package io.github.auditstream.connect.office365.it.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The worker's log from a certain moment on. Safe for many threads. */
final class WorkerLog {
  private final Path file;
  private final long from;

  private WorkerLog(Path file, long from) {
    this.file = file;
    this.from = from;
  }

  /** What is logged from now on. */
  static WorkerLog fromNowOn(Path file) {
    try {
      return new WorkerLog(file, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException("no log", e);
    }
  }

  List<String> lines(Predicate<String> wanted) {
    try (FileChannel channel = FileChannel.open(file).position(from);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        Stream<String> lines = reader.lines()) {
      return lines.filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be read", e);
    }
  }
}
