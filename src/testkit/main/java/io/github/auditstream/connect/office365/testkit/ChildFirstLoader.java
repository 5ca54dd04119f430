package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads a plugin's classes as a worker does: its own jars first, except for what plugin and Kafka
 * must have in common.
 */
final class ChildFirstLoader extends URLClassLoader {
  private static final List<String> SHARED = List.of("java.", "org.apache.kafka.", "org.slf4j.");

  static {
    registerAsParallelCapable();
  }

  private ChildFirstLoader(URL[] jars, ClassLoader parent) {
    super("office365-plugin", jars, parent);
  }

  static ChildFirstLoader of(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      URL[] jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .sorted()
              .map(ChildFirstLoader::url)
              .toArray(URL[]::new);
      return new ChildFirstLoader(jars, ChildFirstLoader.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (SHARED.stream().anyMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        try {
          loaded = findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }
}
