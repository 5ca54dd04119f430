package io.github.auditstream.connect.office365.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.KafkaDistribution;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the connector's programs as users do: in a JVM of their own, with Kafka's jars, the plugin's
 * and the converter's.
 *
 * @param status the exit status
 * @param out what it printed
 * @param messages what it printed to the other stream
 */
record ToolRun(int status, String out, String messages) {
  private static final String PACKAGE = "io.github.auditstream.connect.office365.tools.";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 300;

  /** Runs {@code Reconcile} and the like with the worker's own properties file. */
  static ToolRun of(
      ConnectStack stack, WorkerProcess worker, Path folder, String program, String... arguments)
      throws IOException, InterruptedException {
    return of(classPath(stack.folders()), properties(worker), folder, program, arguments);
  }

  /** The same with another properties file. */
  static ToolRun of(
      String classPath, Path properties, Path folder, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath, PACKAGE + program));
    command.addAll(List.of("--worker", properties.toString()));
    command.addAll(List.of(arguments));
    File out = Files.createTempFile(folder, program, ".out").toFile();
    File messages = Files.createTempFile(folder, program, ".err").toFile();
    Process process =
        new ProcessBuilder(command).redirectOutput(out).redirectError(messages).start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(program + " does not end");
      }
      return new ToolRun(
          process.exitValue(), Files.readString(out.toPath()), Files.readString(messages.toPath()));
    } finally {
      process.destroyForcibly();
    }
  }

  static String classPath(ConnectStack stack) {
    return classPath(stack.folders());
  }

  static String classPath(StackFolders folders) {
    return classPath(folders, KafkaDistribution.NEWEST);
  }

  /**
   * @param version of Kafka, whose jars go first
   */
  static String classPath(StackFolders folders, String version) {
    return String.join(
        File.pathSeparator,
        folders.kafka(version).libs() + "/*",
        folders.plugin() + "/lib/*",
        folders.plugin() + "/tools/*",
        folders.converter() + "/*");
  }

  static Path properties(WorkerProcess worker) {
    return worker.log().resolveSibling("worker.properties");
  }

  /** A connector's configuration as a file. */
  static String file(Path folder, Map<String, String> config) throws IOException {
    Path file = Files.createTempFile(folder, "connector", ".json");
    return Files.writeString(file, JSON.writeValueAsString(config)).toString();
  }
}
