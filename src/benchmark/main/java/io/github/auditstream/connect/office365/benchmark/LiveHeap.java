package io.github.auditstream.connect.office365.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a virtual machine's heap holds that is still needed. */
final class LiveHeap {
  private LiveHeap() {}

  /**
   * Collects all garbage of another virtual machine and says how many bytes are left ({@code jcmd
   * GC.class_histogram}). It is paused meanwhile.
   */
  static long bytes(long pid) {
    String command = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process jcmd =
          new ProcessBuilder(command, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.startsWith("Total"))
          .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
          .findFirst()
          .orElseThrow(() -> new BenchmarkException("jcmd says nothing of the heap of " + pid));
    } catch (IOException e) {
      throw new BenchmarkException("jcmd could not be run", e);
    }
  }
}
