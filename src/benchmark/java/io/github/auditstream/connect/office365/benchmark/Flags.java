package io.github.auditstream.connect.office365.benchmark;

import java.util.List;

/** Flags of the virtual machines that are measured. */
final class Flags {
  /**
   * What Kafka's own start scripts give (bin/kafka-run-class.sh), with a quarter of the heap that
   * they give a worker.
   */
  static final List<String> STOCK =
      List.of(
          "-server",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent",
          "-Xmx512m");

  private Flags() {}
}
