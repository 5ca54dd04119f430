package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.DLP;
import static io.github.auditstream.connect.office365.model.ContentType.GENERAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A feed with a long backlog and a quiet one share a tenant's quota and a task's bytes. */
class FeedFairnessTest {
  private static final int BACKLOG_BLOBS = 150;
  private static final int QUIET_BLOBS = 10;

  /** A quiet feed that had to wait for the backlog would come behind all of it. */
  private static void assertQuietOneDoesNotWait(FeedRig rig) throws InterruptedException {
    rig.runUntil("the quiet feed", r -> receipts(r, DLP) == QUIET_BLOBS);

    assertThat(receipts(rig, GENERAL)).isLessThan(BACKLOG_BLOBS / 2);
    rig.runUntilComplete();
    assertThat(rig.arrived()).isEqualTo(rig.expected());
  }

  private static long receipts(FeedRig rig, ContentType contentType) {
    return rig.receipts().stream()
        .filter(receipt -> receipt.getString("ContentType").equals(contentType.apiName()))
        .count();
  }

  @Test
  void aBacklogDoesNotTakeTheWholeQuota() throws Exception {
    try (Simulator simulator = simulator(2);
        FeedRig rig =
            new FeedRig(simulator, Clock.systemUTC(), GENERAL, DLP).quota(1_200).start()) {
      assertQuietOneDoesNotWait(rig);

      assertThat(simulator.breaches()).isEmpty();
    }
  }

  @Test
  void aBacklogDoesNotTakeTheWholeBuffer() throws Exception {
    try (Simulator simulator = simulator(50);
        FeedRig rig =
            new FeedRig(simulator, Clock.systemUTC(), GENERAL, DLP).fetching(8, 60_000).start()) {
      assertQuietOneDoesNotWait(rig);
    }
  }

  private static Simulator simulator(int eventsPerBlob) throws Exception {
    Simulator simulator =
        Simulator.builder().tenant(t -> t.subscribedToAll().requestsPerMinute(1_000_000)).start();
    simulator.tenant().history(GENERAL, Duration.ofHours(20), BACKLOG_BLOBS, eventsPerBlob);
    simulator.tenant().history(DLP, Duration.ofHours(20), QUIET_BLOBS, eventsPerBlob);
    return simulator;
  }
}
