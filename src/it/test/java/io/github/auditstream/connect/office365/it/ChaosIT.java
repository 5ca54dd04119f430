package io.github.auditstream.connect.office365.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.quickstart.chaos.ChaosOptions;
import io.github.auditstream.connect.office365.quickstart.chaos.ChaosReport;
import io.github.auditstream.connect.office365.quickstart.chaos.ChaosRun;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The short form of {@code mvn -Pchaos}. Takes {@code -Dchaos.seed} and {@code -Dchaos.length} too;
 * without a seed it draws one, and prints it.
 */
class ChaosIT {
  private static final Duration LENGTH = Duration.ofSeconds(75);

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void aClusterInChaosLosesAndRepeatsNothingAndHasAReceiptForEveryBlob() {
    ChaosOptions options = ChaosOptions.fromSystemProperties(LENGTH);
    ChaosRun run = new ChaosRun(options, StackFolders.ofBuild(), System.out::println);

    ChaosReport report = run.run();

    report.lines().forEach(System.out::println);
    assertThat(report.errors()).isEmpty();
    assertThat(report.lost()).isZero();
    assertThat(report.twice()).isZero();
    assertThat(report.completeReceipts()).isEqualTo(report.blobs());
  }
}
