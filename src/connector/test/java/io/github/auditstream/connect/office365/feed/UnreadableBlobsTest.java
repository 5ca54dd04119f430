package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Blobs that cannot be read, so many that they would fill the queue or the offset, over TLS. */
class UnreadableBlobsTest extends SimulatorFixture {
  @Test
  void permanentlyForbiddenBlobsDoNotHoldUpTheOthers() throws Exception {
    for (int i = 0; i < 30; i++) {
      PublishedBlob refused =
          tenant.blob(EXCHANGE).createdAgo(Duration.ofMinutes(200 - i)).events(1).add();
      simulator.on(refused).always().meets(Fault.answer(403, Map.of(), "{}"));
    }
    List<PublishedBlob> others = tenant.history(EXCHANGE, Duration.ofHours(1), 20, 2);
    try (FeedRig rig =
        new FeedRig(simulator, clock, EXCHANGE)
            .lookback(Duration.ofHours(5))
            .fetching(2, 256 * 1024)
            .start()) {
      rig.runUntil("the others", r -> r.events().size() == 2 * others.size());
    }
  }

  @Test
  void moreBlobsThanCanBeParkedDoNotHoldUpTheOthers() throws Exception {
    for (int i = 0; i < 150; i++) {
      PublishedBlob broken =
          tenant.blob(EXCHANGE).createdAgo(Duration.ofSeconds(9_000 - i)).events(1).add();
      simulator.on(broken).always().meets(Fault.status(404));
    }
    List<PublishedBlob> others = tenant.history(EXCHANGE, Duration.ofHours(1), 20, 2);
    try (FeedRig rig =
        new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(5)).start()) {
      rig.runUntil("the others", r -> r.events().size() == 2 * others.size());

      assertThat(rig.deadLetters()).isEmpty();
      assertThat(ModelLedger.watermarks(rig.offset(EXCHANGE)).parked()).isLessThanOrEqualTo(100);
    }
  }
}
