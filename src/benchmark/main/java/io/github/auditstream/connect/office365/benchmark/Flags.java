package io.github.auditstream.connect.office365.benchmark;

import java.util.List;

/** Flags of the virtual machines that are measured. */
final class Flags {
  /** What Kafka's own start scripts give a broker (bin/kafka-run-class.sh). */
  static final List<String> BROKER =
      List.of(
          "-server",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent",
          "-Xmx1g");

  /**
   * What docs/performance.md recommends for a worker: half of the heap that Kafka's scripts give
   * it, and the collector that is made for throughput.
   */
  static final List<String> WORKER = List.of("-server", "-XX:+UseParallelGC", "-Xmx1g");

  private Flags() {}
}
