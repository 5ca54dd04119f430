package io.github.auditstream.connect.office365.it.sinks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the operating system that a test needs. */
public final class Needed {
  private static final String WHERE_ROOT_HAS_ITS_OWN = "/usr/sbin";

  private Needed() {}

  /**
   * Where a program is. Without it a test is skipped on a developer's machine, and fails in CI,
   * which has it installed.
   */
  public static Path program(String name, String debianPackage) {
    Optional<Path> found = find(name);
    String missing =
        "There is no program %s on this machine; Debian's package is %s"
            .formatted(name, debianPackage);
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(missing);
    }
    assumeTrue(found.isPresent(), missing);
    return found.orElseThrow();
  }

  private static Optional<Path> find(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)),
            Stream.of(WHERE_ROOT_HAS_ITS_OWN))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
