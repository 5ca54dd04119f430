package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static io.github.auditstream.connect.office365.status.metrics.Metric.BLOBS_LATE_TOTAL;
import static io.github.auditstream.connect.office365.status.metrics.Metric.BLOBS_LISTED_TOTAL;
import static io.github.auditstream.connect.office365.status.metrics.Metric.BLOBS_PARKED;
import static io.github.auditstream.connect.office365.status.metrics.Metric.BLOBS_WAITING;
import static io.github.auditstream.connect.office365.status.metrics.Metric.BLOB_BYTES_TOTAL;
import static io.github.auditstream.connect.office365.status.metrics.Metric.DEAD_LETTERS_TOTAL;
import static io.github.auditstream.connect.office365.status.metrics.Metric.EVENTS_PRODUCED_TOTAL;
import static io.github.auditstream.connect.office365.status.metrics.Metric.GAP_SECONDS_TOTAL;
import static io.github.auditstream.connect.office365.status.metrics.Metric.HEARTBEAT_AGE_SECONDS;
import static io.github.auditstream.connect.office365.status.metrics.Metric.LAG_SECONDS;
import static io.github.auditstream.connect.office365.status.metrics.Metric.RECEIPTS_TOTAL;
import static io.github.auditstream.connect.office365.status.metrics.Metric.TROUBLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a feed counts, against the simulator. */
class FeedMetricsTest extends SimulatorFixture {
  private FeedRig rig() {
    return new FeedRig(simulator, clock, EXCHANGE);
  }

  @Test
  void countsWhatItListsAndHandsOver() throws Exception {
    List<PublishedBlob> blobs = tenant.history(EXCHANGE, Duration.ofHours(2), 6, 5);
    long bytes = 0;
    for (PublishedBlob blob : blobs) {
      bytes += blob.body().length;
    }
    try (FeedRig rig = rig()) {
      rig.start();
      assertThat(rig.metric(EVENTS_PRODUCED_TOTAL)).isZero();
      rig.runUntilComplete();

      assertThat(rig.metric(BLOBS_LISTED_TOTAL)).isEqualTo(6);
      assertThat(rig.metric(EVENTS_PRODUCED_TOTAL)).isEqualTo(30).isEqualTo(rig.events().size());
      assertThat(rig.metric(RECEIPTS_TOTAL)).isEqualTo(6);
      assertThat(rig.metric(BLOB_BYTES_TOTAL)).isEqualTo((double) bytes);
      assertThat(rig.metric(BLOBS_WAITING)).isZero();
      assertThat(rig.metric(DEAD_LETTERS_TOTAL)).isZero();
      assertThat(rig.metric(BLOBS_LATE_TOTAL)).isZero();
      assertThat(rig.metric(TROUBLED)).isZero();
      rig.runUntil("a listing up to now", r -> r.metric(LAG_SECONDS) < 600);
      assertThat(rig.metric(HEARTBEAT_AGE_SECONDS)).isNotNaN();
    }
  }

  @Test
  void countsOnlyWhatOneRunHandsOver() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 2, 5);
    try (FeedRig rig = rig().start()) {
      rig.runUntilComplete().stop();
      tenant.blob(EXCHANGE).created(clock.instant()).events(3).add();
      rig.start().runUntilComplete();

      assertThat(rig.metric(BLOBS_LISTED_TOTAL)).isEqualTo(1);
      assertThat(rig.metric(EVENTS_PRODUCED_TOTAL)).isEqualTo(3);
    }
  }

  @Test
  void distinguishesLateBlobsFromNewOnes() throws Exception {
    Instant now = clock.instant();
    tenant.blob(EXCHANGE).created(now.minusSeconds(60)).events(1).add();
    try (FeedRig rig = rig().start()) {
      rig.runUntil("a listing up to now", r -> r.metric(LAG_SECONDS) < 30);
      tenant.blob(EXCHANGE).created(now.minusSeconds(90)).events(1).add();
      tenant.blob(EXCHANGE).created(clock.instant().plusSeconds(2)).events(1).add();
      rig.runUntilComplete();

      assertThat(rig.metric(BLOBS_LISTED_TOTAL)).isEqualTo(3);
      assertThat(rig.metric(BLOBS_LATE_TOTAL)).isEqualTo(1);
    }
  }

  @Test
  void countsElementsAndBlobsThatBecomeDeadLetters() throws Exception {
    Instant now = clock.instant();
    tenant
        .blob(EXCHANGE)
        .created(now.minusSeconds(7_200))
        .body("[{\"Id\":\"a\",\"RecordType\":1,\"Workload\":\"Exchange\"},17,18]")
        .add();
    try (FeedRig rig = rig().start()) {
      rig.runUntil("a receipt", r -> !r.receipts().isEmpty());

      assertThat(rig.metric(EVENTS_PRODUCED_TOTAL)).isEqualTo(1);
      assertThat(rig.metric(DEAD_LETTERS_TOTAL)).isEqualTo(2).isEqualTo(rig.deadLetters().size());
      assertThat(rig.metric(RECEIPTS_TOTAL)).isEqualTo(1);
    }
  }

  @Test
  void showsAParkedBlobUntilItIsReadAndALostOneAsADeadLetter() throws Exception {
    Instant now = clock.instant();
    PublishedBlob bad = tenant.blob(EXCHANGE).created(now.minusSeconds(7_200)).events(2).add();
    tenant.blob(EXCHANGE).created(now.minusSeconds(7_100)).events(1).add();
    simulator.on(bad).always().meets(Fault.emptyBody());
    try (FeedRig rig = rig().start()) {
      rig.runUntil("a parked blob", r -> r.metric(BLOBS_PARKED) == 1);
      clock.advance(Duration.ofDays(8));
      rig.runUntil("its dead letter", r -> !r.deadLetters().isEmpty());

      assertThat(rig.metric(BLOBS_PARKED)).isZero();
      assertThat(rig.metric(DEAD_LETTERS_TOTAL)).isEqualTo(1);
    }
  }

  @Test
  void reportsAProblemWhileItLasts() throws Exception {
    simulator.on(Operation.LIST_CONTENT).always().meets(Fault.afError(401, "AF10001"));
    try (FeedRig rig = rig().start()) {
      rig.runUntil("problem", r -> r.metric(TROUBLED) == 1);
      simulator.endFaults();
      rig.runUntil("its end", r -> r.metric(TROUBLED) == 0);
    }
  }

  @Test
  void addsUpWhatExpiredUnread() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 1, 1);
    try (FeedRig rig = rig().start()) {
      rig.runUntilComplete().stop();
      clock.advance(Duration.ofDays(9));
      rig.start()
          .runUntil(
              "word of the gap",
              r -> r.statuses().stream().anyMatch(s -> s.getString("State").equals("GAP")));

      assertThat(rig.metric(GAP_SECONDS_TOTAL))
          .isBetween(
              (double) Duration.ofDays(2).toSeconds(), (double) Duration.ofDays(3).toSeconds());
    }
  }
}
