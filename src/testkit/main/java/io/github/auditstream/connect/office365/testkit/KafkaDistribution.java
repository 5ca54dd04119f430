package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Kafka's jars of one version, as the build lays them under {@code target/kafka/<version>/libs}.
 *
 * @param libs the folder with the jars of broker and Connect
 * @param version for example {@code 4.3.1}
 */
public record KafkaDistribution(Path libs, String version) {
  /** The version that the build's {@code kafka.version} names; the broker of most stacks. */
  public static final String NEWEST = "4.3.1";

  /** The version that the build's {@code kafka.previous.version} names. */
  public static final String PREVIOUS = "3.9.2";

  /** The version under a folder that holds one folder for each version. */
  public static KafkaDistribution in(Path kafkaFolder, String version) {
    Path libs = kafkaFolder.resolve(version).resolve("libs");
    if (!Files.isDirectory(libs)) {
      throw new StackException(
          "There is no Kafka %s in %s: run mvn -DskipTests pre-integration-test once"
              .formatted(version, kafkaFolder));
    }
    return new KafkaDistribution(libs.toAbsolutePath(), version);
  }

  List<Path> classpath() {
    try (Stream<Path> files = Files.list(libs)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + libs, e);
    }
  }
}
