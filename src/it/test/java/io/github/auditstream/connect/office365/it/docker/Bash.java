package io.github.auditstream.connect.office365.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as they are written in the documentation, from the repository's folder. */
final class Bash {
  /** Debian 12 has compose as a program of its own, not yet as Docker's sub-command. */
  private static final String COMPOSE =
      """
      docker() {
        if [ "${1-}" = compose ] && ! command docker compose version >/dev/null 2>&1; then
          shift
          command docker-compose "$@"
        else
          command docker "$@"
        fi
      }
      """;

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param folder takes what the commands print
   */
  Bash(Path folder) {
    this.folder = folder;
  }

  /** The same commands with one more variable. */
  Bash with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs it to its end, which must be a good one, and answers what it printed. */
  String run(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "command", ".out");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", COMPOSE + command)
            .redirectErrorStream(true)
            .redirectInput(Files.createTempFile(folder, "command", ".in").toFile())
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      String printed = Files.readString(output);
      assertThat(ended).as("no end after %s: %s%n%s", LIMIT, command, printed).isTrue();
      assertThat(process.exitValue()).as("%s%n%s", command, printed).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }
}
