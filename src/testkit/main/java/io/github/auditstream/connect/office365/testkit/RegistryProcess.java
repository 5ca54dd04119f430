package io.github.auditstream.connect.office365.testkit;

import io.github.auditstream.connect.office365.testkit.JvmProcess.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Apicurio's registry, in memory, spoken to as Confluent's. A new subject must stay readable for
 * older consumers' successors ({@code BACKWARD}), as it is in Confluent's own by default.
 */
public final class RegistryProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final String API = "/apis/ccompat/v7";

  private final JvmProcess process;
  private final RegistryRest rest;

  private RegistryProcess(JvmProcess process, RegistryRest rest) {
    this.process = process;
    this.rest = rest;
  }

  /**
   * Starts the registry and waits until it answers.
   *
   * @param registry the unpacked archive
   * @param folder takes its log
   */
  public static RegistryProcess start(Path registry, Path folder, List<String> jvmFlags) {
    return Ports.retryingTakenPorts(() -> startOnFreePort(registry, folder, jvmFlags));
  }

  private static RegistryProcess startOnFreePort(
      Path registry, Path folder, List<String> jvmFlags) {
    int port = Ports.free();
    Path runner = runner(registry);
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.add("-Dquarkus.http.host=localhost");
    flags.add("-Dquarkus.http.port=" + port);
    // Two tasks that register one new subject at once: Confluent's registry takes them one by one,
    // this one answers the second with 409, which fails a task.
    flags.add("-Dquarkus.thread-pool.core-threads=1");
    flags.add("-Dquarkus.thread-pool.max-threads=1");
    JvmProcess process =
        JvmProcess.start(
            new Program(
                "registry",
                flags,
                List.of(runner),
                mainClass(runner),
                List.of(),
                folder.toAbsolutePath(),
                Map.of()));
    RegistryRest rest = new RegistryRest(URI.create("http://localhost:" + port + API));
    RegistryProcess started = new RegistryProcess(process, rest);
    try {
      process.await(
          "answer on port " + port, START_LIMIT, () -> Ports.open(port) && rest.answers());
      rest.setCompatibility("BACKWARD");
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static Path runner(Path registry) {
    try (Stream<Path> files = Files.list(registry)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new StackException("There is no registry in " + registry))
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + registry, e);
    }
  }

  private static String mainClass(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
  }

  /** For {@code value.converter.schema.registry.url}. */
  public URI url() {
    return rest.url();
  }

  public RegistryRest rest() {
    return rest;
  }

  public Path log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }
}
