package io.github.auditstream.connect.office365.it.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands as a page shows them, run in a folder. For one thread. */
public final class Shell {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  public Shell(Path folder) {
    this.folder = folder;
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What it prints to its standard output; fails where its status is not 0. */
  public String run(String command, String input) throws IOException, InterruptedException {
    Path in = Files.writeString(Files.createTempFile(folder, "in", ""), input);
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process bash = builder.start();
    try {
      assertThat(bash.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(command).isTrue();
      assertThat(bash.exitValue()).as("%s%n%s", command, Files.readString(err)).isZero();
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      bash.destroyForcibly();
    }
  }
}
