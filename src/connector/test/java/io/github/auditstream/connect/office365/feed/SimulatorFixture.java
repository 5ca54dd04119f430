package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.simulator.AdjustableClock;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of feeds that read one tenant of a simulator over TLS, by the same clock. */
abstract class SimulatorFixture {
  final AdjustableClock clock = AdjustableClock.running();
  Simulator simulator;
  SimulatedTenant tenant;

  /** The simulator to start. */
  Simulator.Builder simulator() {
    return Simulator.builder()
        .clock(clock)
        .tenant(t -> t.subscribedToAll().requestsPerMinute(1_000_000));
  }

  @BeforeEach
  void startSimulator() throws Exception {
    simulator = simulator().start();
    tenant = simulator.tenant();
  }

  @AfterEach
  void stopSimulator() {
    simulator.close();
  }
}
