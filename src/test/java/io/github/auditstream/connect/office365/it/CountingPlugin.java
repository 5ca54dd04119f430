package io.github.auditstream.connect.office365.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.kafka.connect.source.SourceConnector;

/** Packs the counting connector as a plugin folder. */
final class CountingPlugin {
  private CountingPlugin() {}

  static Path in(Path folder) {
    try {
      Files.createDirectories(folder);
      try (JarOutputStream jar =
          new JarOutputStream(Files.newOutputStream(folder.resolve("counting.jar")))) {
        for (Class<?> type : List.of(CountingConnector.class, CountingTask.class)) {
          String entry = type.getName().replace('.', '/') + ".class";
          jar.putNextEntry(new JarEntry(entry));
          try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
            if (bytes == null) {
              throw new IOException("no class file " + entry);
            }
            bytes.transferTo(jar);
          }
        }
        jar.putNextEntry(new JarEntry("META-INF/services/" + SourceConnector.class.getName()));
        jar.write(CountingConnector.class.getName().getBytes(StandardCharsets.UTF_8));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
