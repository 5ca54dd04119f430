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

/** Packs classes of the tests as a plugin's folder. */
public final class PluginJar {
  private PluginJar() {}

  /**
   * Writes one jar into the folder, which is created.
   *
   * @param service what the first of the classes is an implementation of
   */
  public static Path in(Path folder, Class<?> service, List<Class<?>> classes) {
    try {
      Files.createDirectories(folder);
      try (JarOutputStream jar =
          new JarOutputStream(Files.newOutputStream(folder.resolve("plugin.jar")))) {
        for (Class<?> type : classes) {
          String entry = type.getName().replace('.', '/') + ".class";
          jar.putNextEntry(new JarEntry(entry));
          try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
            if (bytes == null) {
              throw new IOException("no class file " + entry);
            }
            bytes.transferTo(jar);
          }
        }
        jar.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
        jar.write(classes.get(0).getName().getBytes(StandardCharsets.UTF_8));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
