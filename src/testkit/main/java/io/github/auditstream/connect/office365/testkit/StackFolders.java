package io.github.auditstream.connect.office365.testkit;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.model.Version;
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
  /**
   * As the build has made them, under the repository's {@code target}; a system property such as
   * {@code office365.plugin} or {@code office365.work} names another folder.
   */
  public static StackFolders ofBuild() {
    return new StackFolders(
        existing("plugin", packed()),
        existing("converter", built("plugins/confluent-avro-converter")),
        existing("kafka", built("kafka")),
        existing("registry", built("registry")),
        folder("work", built("stack")));
  }

  private static Path packed() {
    String name = "auditstream-kafka-connect-office365-" + Version.version();
    return built("components/packages").resolve(name).resolve(name);
  }

  private static Path built(String name) {
    return Repository.file("target").resolve(name);
  }

  private static Path existing(String name, Path otherwise) {
    Path folder = folder(name, otherwise);
    if (!Files.isDirectory(folder)) {
      throw new StackException(
          "There is no folder %s (office365.%s); run mvn -DskipTests pre-integration-test once"
              .formatted(folder, name));
    }
    return folder;
  }

  private static Path folder(String name, Path otherwise) {
    String value = System.getProperty("office365." + name, otherwise.toString());
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
