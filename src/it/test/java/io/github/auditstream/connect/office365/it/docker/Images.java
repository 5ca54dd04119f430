package io.github.auditstream.connect.office365.it.docker;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The images that the tests use, named as {@code docker compose} finds their names. */
final class Images {
  /** What {@code docs/docker.md} calls the connector's own. */
  static final String CONNECT = "kafka-connect-office365";

  private static final Path FILE = Repository.file("docker", ".env");

  private Images() {}

  /** From the environment, or else from {@code docker/.env}. */
  static String named(String variable) {
    String set = System.getenv(variable);
    return set == null ? shipped(variable) : set;
  }

  /**
   * Whether the images are those that {@code docker/.env} names, so that all of them can be had.
   */
  static boolean official() {
    return named("KAFKA_IMAGE").equals(shipped("KAFKA_IMAGE"));
  }

  private static String shipped(String variable) {
    Properties names = new Properties();
    try (Reader file = Files.newBufferedReader(FILE)) {
      names.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = names.getProperty(variable);
    if (name == null) {
      throw new IllegalArgumentException(FILE + " does not name " + variable);
    }
    return name;
  }
}
