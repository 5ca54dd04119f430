package io.github.auditstream.connect.office365.benchmark;

import io.github.auditstream.connect.office365.simulator.Simulator;
import java.io.IOException;

/** Starts simulators. */
final class Simulators {
  private Simulators() {}

  static Simulator started(Simulator.Builder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new BenchmarkException("The simulator did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted while starting the simulator", e);
    }
  }
}
