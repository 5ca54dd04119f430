package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.auditstream.connect.office365.feed.offset.OffsetFormat;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rewinding a feed of which blobs are parked, over TLS. */
class RewindTest extends SimulatorFixture {
  private PublishedBlob older;
  private PublishedBlob newer;

  @BeforeEach
  void publish() {
    older = tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(20)).events(2).add();
    newer = tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(2)).events(2).add();
    simulator.on(older).always().meets(Fault.status(404));
    simulator.on(newer).always().meets(Fault.status(404));
  }

  private FeedRig withBothParked() throws Exception {
    FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(30)).start();
    rig.runUntil(
        "both parked",
        r -> {
          // One more blob, so that a record carries the newest state.
          tenant.blob(EXCHANGE).created(clock.instant()).events(1).add();
          Object parked = r.offset(EXCHANGE).get("parked");
          return parked != null
              && parked.toString().contains(older.contentId())
              && parked.toString().contains(newer.contentId());
        });
    return rig.stop();
  }

  @Test
  void keepsTheOlderParkedBlobsThatAreWrittenWithIt() throws Exception {
    try (FeedRig rig = withBothParked()) {
      Instant to = clock.instant().minus(Duration.ofHours(10));
      Object parked = rig.offset(EXCHANGE).get("parked");
      rig.putOffset(EXCHANGE, Map.of("contentCreated", to.toString(), "parked", parked));
      simulator.endFaults();
      clock.advance(Duration.ofMinutes(10));

      rig.start().runUntilComplete();

      assertThat(
              rig.receipts().stream()
                  .map(receipt -> receipt.getString("ContentId"))
                  .filter(id -> id.equals(older.contentId()) || id.equals(newer.contentId())))
          .containsExactlyInAnyOrder(older.contentId(), newer.contentId());
    }
  }

  @Test
  void reportsForgottenParkedBlobs() throws Exception {
    try (FeedRig rig = withBothParked()) {
      Instant to = clock.instant().minus(Duration.ofHours(10));
      rig.putOffset(EXCHANGE, Map.of("contentCreated", to.toString()));

      rig.start()
          .runUntil(
              "a notice",
              r ->
                  r.statuses().stream()
                      .map(status -> status.getString("Notice"))
                      .anyMatch(
                          notice ->
                              notice != null
                                  && notice.contains("tries no older blob further")
                                  && notice.contains("'parked'")));
    }
  }

  @Test
  void refusesParkedBlobsThatCannotBeRead() {
    FeedId feed = new FeedId("c0470505-0000-4000-8000-000000000001", EXCHANGE);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                OffsetFormat.check(
                    feed,
                    Map.of("contentCreated", "2026-11-20T00:00:00.000Z", "parked", "[{}]"),
                    clock.instant()))
        .withMessageContaining("'parked'");
  }
}
