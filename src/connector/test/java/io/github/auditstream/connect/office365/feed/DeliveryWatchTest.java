package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.feed.records.Deliveries;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.metrics.FeedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeliveryWatchTest {
  private static final String TENANT = "11111111-2222-3333-4444-555555555555";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final Told exchange = new Told(ContentType.EXCHANGE);
  private final Told sharePoint = new Told(ContentType.SHAREPOINT);
  private final DeliveryWatch watch = new DeliveryWatch(List.of(exchange, sharePoint), nanos::get);

  /** A feed that keeps what is reported to it. */
  private static final class Told implements DeliveryWatch.Watched {
    final Deliveries deliveries;
    final List<String> reasons = new ArrayList<>();
    int delivered;

    Told(ContentType type) {
      deliveries =
          new Deliveries(
              new FeedId(TENANT, type), new FeedMetrics(TENANT, "x", () -> Instant.EPOCH));
    }

    @Override
    public Deliveries deliveries() {
      return deliveries;
    }

    @Override
    public void undelivered(String reason) {
      reasons.add(reason);
    }

    @Override
    public void delivered() {
      delivered++;
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void namesTheTopicsOfWhatIsNotConfirmedWhileNobodyPolls() {
    Deliveries.ToTopic written = exchange.deliveries.to("p.status");
    written.handed();
    exchange.deliveries.to("p.exchange").handed();
    exchange.deliveries.to("p.exchange").handed();
    written.confirmed(true);
    pass(DeliveryWatch.PATIENCE.minusNanos(1));
    watch.look();
    assertThat(exchange.reasons).isEmpty();

    pass(Duration.ofNanos(1));
    watch.look();

    assertThat(exchange.reasons).singleElement().asString().contains("p.exchange", " 2 ", "30 s");
    assertThat(exchange.reasons.get(0)).doesNotContain("p.status");
    assertThat(sharePoint.reasons).isEmpty();
    assertThat(watch.blockedSeconds(exchange)).isEqualTo(30);
    assertThat(watch.blockedSeconds(sharePoint)).isZero();
  }

  @Test
  void reportsOnceThatItIsOver() {
    exchange.deliveries.to("p.exchange").handed();
    pass(DeliveryWatch.PATIENCE);
    watch.look();

    watch.polled();
    watch.look();
    watch.look();

    assertThat(exchange.reasons).hasSize(1);
    assertThat(exchange.delivered).isEqualTo(1);
    assertThat(watch.blockedSeconds(exchange)).isZero();
  }

  @Test
  void treatsDroppedRecordsAsDone() {
    exchange.deliveries.to("p.exchange").handed();
    exchange.deliveries.to("p.exchange").confirmed(false);
    pass(Duration.ofHours(1));
    watch.look();

    assertThat(exchange.reasons).as("a paused connector is not blocked").isEmpty();
    assertThat(exchange.deliveries.dropped()).isEqualTo(1);
  }

  @Test
  void isSilentWhilePollsGoOn() {
    for (int i = 0; i < 100; i++) {
      exchange.deliveries.to("p.exchange").handed();
      pass(Duration.ofSeconds(29));
      watch.look();
      watch.polled();
    }
    assertThat(exchange.reasons).as("a transaction may last longer than a poll").isEmpty();
  }

  @Test
  void asksForAStatusRecordAtThe1st2nd4thAnd8thDrop() {
    Deliveries deliveries = exchange.deliveries;
    List<Integer> reported = new ArrayList<>();
    for (int drop = 1; drop <= 10; drop++) {
      deliveries.to("p.receipts").confirmed(false);
      if (deliveries.takeChanged()) {
        reported.add(drop);
      }
    }
    assertThat(reported).containsExactly(1, 2, 4, 8);
    assertThat(deliveries.takeChanged()).isFalse();
  }
}
