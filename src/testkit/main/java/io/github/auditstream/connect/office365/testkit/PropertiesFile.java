package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** A {@code .properties} file as Kafka's programs read it. */
final class PropertiesFile {
  private PropertiesFile() {}

  static Path write(Path file, Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    try {
      Files.createDirectories(file.resolveSibling("."));
      try (Writer out = Files.newBufferedWriter(file)) {
        properties.store(out, null);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
