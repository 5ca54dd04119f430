package io.github.auditstream.connect.office365.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** What the operating system says of a process. */
record ProcessCost(long pid) {
  private static final long KIBIBYTE = 1024;

  /** The processor time that it has used since its start, in user and system mode. */
  Duration cpu() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new BenchmarkException("no processor time of process " + pid));
  }

  /** Forgets the peak of {@link #peakResidentBytes()}, where the system can (Linux). */
  void forgetPeak() {
    try {
      Files.writeString(file("clear_refs"), "5");
    } catch (IOException e) {
      // Then the peak is one since the process's start, and so still an upper bound.
      return;
    }
  }

  /** The most memory that it has held (VmHWM of Linux's {@code /proc}); empty elsewhere. */
  OptionalLong peakResidentBytes() {
    try {
      return Files.readAllLines(file("status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
