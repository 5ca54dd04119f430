package io.github.auditstream.connect.office365.quickstart.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build has put the parts of a stack.
 *
 * @param plugin the packaged connector, unpacked
 * @param converter the Avro converter's jars
 * @param kafka one folder for each version
 * @param registry the unpacked registry
 * @param work takes data and logs; each stack has a folder of its own in it
 */
public record StackFolders(Path plugin, Path converter, Path kafka, Path registry, Path work) {
  /** As the build names them in system properties {@code office365.plugin} and so on. */
  public static StackFolders fromSystemProperties() {
    return new StackFolders(
        existing("plugin"),
        existing("converter"),
        existing("kafka"),
        existing("registry"),
        folder("work"));
  }

  private static Path existing(String name) {
    Path folder = folder(name);
    if (!Files.isDirectory(folder)) {
      throw new StackException(
          "office365.%s: there is no folder %s; run mvn -DskipTests pre-integration-test once"
              .formatted(name, folder));
    }
    return folder;
  }

  private static Path folder(String name) {
    String key = "office365." + name;
    String value = System.getProperty(key);
    if (value == null) {
      throw new StackException("System property " + key + " is not set; the build sets it");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  /** The same with another folder for data and logs. */
  public StackFolders withWork(Path folder) {
    return new StackFolders(plugin, converter, kafka, registry, folder);
  }

  /** The same with another connector. */
  public StackFolders withPlugin(Path folder) {
    return new StackFolders(folder, converter, kafka, registry, work);
  }

  public KafkaDistribution kafka(String version) {
    return KafkaDistribution.in(kafka, version);
  }
}
