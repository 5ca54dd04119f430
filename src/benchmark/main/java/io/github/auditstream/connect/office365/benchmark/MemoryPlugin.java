package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.benchmark.memory.MemoryConnector;
import io.github.auditstream.connect.office365.benchmark.memory.MemoryTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;

/** Packs the connector of floor (d) as a plugin, beside the jars of the real one. */
final class MemoryPlugin {
  private MemoryPlugin() {}

  /**
   * @param plugin the packaged connector's folder
   * @param folder takes the plugin, with nothing else beside it
   */
  static Path in(Path folder, Path plugin) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.walk(plugin)) {
        for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
          Files.copy(jar, folder.resolve(jar.getFileName()));
        }
      }
      try (JarOutputStream jar =
          new JarOutputStream(Files.newOutputStream(folder.resolve("memory.jar")))) {
        for (String type :
            List.of(
                MemoryConnector.class.getName(),
                MemoryTask.class.getName(),
                MemoryTask.class.getName() + "$EqualToItself")) {
          String entry = type.replace('.', '/') + ".class";
          jar.putNextEntry(new JarEntry(entry));
          try (InputStream bytes = MemoryPlugin.class.getClassLoader().getResourceAsStream(entry)) {
            if (bytes == null) {
              throw new IOException("no class file " + entry);
            }
            bytes.transferTo(jar);
          }
        }
        jar.putNextEntry(new JarEntry("META-INF/services/" + SourceConnector.class.getName()));
        jar.write(MemoryConnector.class.getName().getBytes(StandardCharsets.UTF_8));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pack the plugin in " + folder, e);
    }
  }
}
