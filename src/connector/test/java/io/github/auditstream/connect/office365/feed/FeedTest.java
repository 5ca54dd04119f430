package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.feed.retrieval.WaitingBlobs;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.AdjustableClock;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.LiveFeed;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Rule;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Feeds against the simulator over TLS: what arrives, with which offsets, and what a restart makes
 * of them.
 */
class FeedTest extends SimulatorFixture {
  @Override
  Simulator.Builder simulator() {
    return super.simulator().pageSize(7);
  }

  private FeedRig rig(ContentType... contentTypes) {
    return new FeedRig(simulator, clock, contentTypes);
  }

  private static void assertExactlyOnce(FeedRig rig) {
    assertThat(rig.arrived()).isEqualTo(rig.expected());
  }

  private void assertCleanClient() {
    assertThat(simulator.breaches()).isEmpty();
    assertThat(simulator.faultsNotMet()).isEmpty();
  }

  @Test
  void historyOfAllContentTypesArrivesOnce() throws Exception {
    for (ContentType contentType : ContentType.values()) {
      tenant.history(contentType, Duration.ofDays(2), 40, 4);
    }
    try (FeedRig rig = rig(ContentType.values()).start()) {
      rig.runUntilComplete();

      assertExactlyOnce(rig);
      assertThat(rig.receipts()).hasSize(200);
      assertThat(rig.receipts().stream().mapToLong(r -> r.getInt64("EventsFound")).sum())
          .isEqualTo(rig.events().size());
      assertThat(rig.deadLetters()).isEmpty();
    }
    assertCleanClient();
  }

  @Test
  void aFirstStartFromNowOnLeavesHistoryAlone() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(3), 5, 2);
    try (FeedRig rig = rig(EXCHANGE).lookback(Duration.ZERO).start()) {
      rig.runUntil("a first status", r -> !r.statuses().isEmpty());
      PublishedBlob fresh =
          tenant.blob(EXCHANGE).created(clock.instant().plusMillis(10)).events(3).add();
      rig.runUntil("the fresh blob", r -> r.events().size() >= 3);

      assertThat(rig.events()).hasSize(3);
      assertThat(rig.events().get(0).sourceOffset())
          .isNotNull()
          .extracting(offset -> ((Map<?, ?>) offset).get("contentId"))
          .isEqualTo(fresh.contentId());
    }
    assertCleanClient();
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void aFirstStartGoesByTheServersClock(int minutes) throws Exception {
    Clock own = Clock.offset(clock, Duration.ofMinutes(minutes));
    try (FeedRig rig = new FeedRig(simulator, own, EXCHANGE).lookback(Duration.ofDays(7))) {
      rig.start().runUntil("a running feed", FeedTest::runs);

      assertThat(rig.statuses()).noneMatch(status -> status.getString("GapFrom") != null);
    }
    try (FeedRig rig = new FeedRig(simulator, own, EXCHANGE).lookback(Duration.ZERO)) {
      rig.start().runUntil("a first status", r -> !r.statuses().isEmpty());
      tenant.blob(EXCHANGE).created(clock.instant().plusMillis(10)).events(3).add();
      rig.runUntil("what is created from now on", r -> r.events().size() >= 3);
    }
    assertCleanClient();
  }

  /** What is said to be listed while it is yet to come is lost, unless a long look comes by. */
  @Test
  void aLeapOfTheWorkersClockListsNothingOfTheFuture() throws Exception {
    AdjustableClock own = AdjustableClock.running();
    try (FeedRig rig =
        new FeedRig(simulator, own, EXCHANGE).withTicksOfItsOwn().lookback(Duration.ZERO)) {
      rig.start().runUntil("a running feed", FeedTest::runs);

      own.advance(Duration.ofHours(10));
      long listings = listings();
      rig.runUntil("listings after the leap", r -> listings() > listings + 3);
      tenant.blob(EXCHANGE).created(clock.instant().plusMillis(10)).events(3).add();

      rig.runUntilComplete();
      assertExactlyOnce(rig);
      assertThat(Instant.parse((String) rig.offset(EXCHANGE).get("listedUntil")))
          .isBefore(clock.instant().plusSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, 3})
  void aClockThatIsDaysWrongListsNothingOfTheFutureAndMakesNoGap(int days) throws Exception {
    AdjustableClock own = AdjustableClock.running();
    own.advance(Duration.ofDays(days));
    tenant.history(EXCHANGE, Duration.ofDays(6), 6, 2);
    try (FeedRig rig = new FeedRig(simulator, own, EXCHANGE)) {
      Instant start = clock.instant().minus(Duration.ofDays(6)).minusSeconds(60);
      rig.putOffset(EXCHANGE, Map.of("contentCreated", start.toString()));

      rig.start().runUntilComplete();

      assertExactlyOnce(rig);
      assertThat(rig.statuses()).noneMatch(status -> status.getString("GapFrom") != null);
      assertThat(Instant.parse((String) rig.offset(EXCHANGE).get("listedUntil")))
          .isBefore(clock.instant().plusSeconds(2));
    }
  }

  @Test
  void aLeapOfTheWorkersClockMakesNoGap() throws Exception {
    Duration nearlyAWeek = Duration.ofDays(7).minusHours(4);
    tenant.history(EXCHANGE, nearlyAWeek, 40, 4);
    AdjustableClock own = AdjustableClock.running();
    try (FeedRig rig =
        new FeedRig(simulator, own, EXCHANGE).withTicksOfItsOwn().lookback(nearlyAWeek).quota(60)) {
      rig.start().runUntil("a first receipt", r -> !r.receipts().isEmpty());

      own.advance(Duration.ofHours(23));

      rig.runUntil("a status after the leap", r -> r.receipts().size() > 3);
      assertThat(rig.statuses()).noneMatch(status -> status.getString("GapFrom") != null);
    }
  }

  private long listings() {
    return simulator.requests().count(Operation.LIST_CONTENT);
  }

  private static boolean runs(FeedRig rig) {
    return rig.statuses().stream().anyMatch(status -> status.getString("State").equals("RUNNING"));
  }

  @Test
  void contentCreatedWhileAnIdleFeedIsDownIsRead() throws Exception {
    try (FeedRig rig = rig(EXCHANGE).lookback(Duration.ZERO).start()) {
      rig.runUntil("a first status", r -> !r.statuses().isEmpty()).stop();
      tenant.blob(EXCHANGE).created(clock.instant().plusSeconds(1)).events(2).add();
      clock.advance(Duration.ofHours(20));

      rig.start().runUntilComplete();

      assertExactlyOnce(rig);
    }
    // Tokens are dated by the real clock, so that after the leap each looks old at once.
    assertThat(simulator.breachesExcept(Rule.TOO_MANY_TOKEN_REQUESTS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aCrashAtAnyRecordLosesNothingAndRepeatsNothing(long seed) throws Exception {
    Random random = new Random(seed);
    for (ContentType contentType : ContentType.values()) {
      tenant.history(contentType, Duration.ofDays(1), 12, 9);
    }
    try (FeedRig rig = rig(ContentType.values())) {
      for (int crash = 0; crash < 12; crash++) {
        rig.start();
        int steps = random.nextInt(4);
        for (int step = 0; step < steps; step++) {
          rig.commit(rig.poll());
        }
        List<SourceRecord> torn = rig.poll();
        rig.commit(torn.subList(0, torn.isEmpty() ? 0 : random.nextInt(torn.size())));
        rig.stop();
      }
      rig.start().runUntilComplete();

      assertExactlyOnce(rig);
      assertThat(rig.receipts()).hasSize(60);
    }
    // Each of the many starts takes a token of its own.
    assertThat(simulator.breachesExcept(Rule.TOO_MANY_TOKEN_REQUESTS)).isEmpty();
  }

  @Test
  void lateAndTwinBlobsAreFound() throws Exception {
    Instant now = clock.instant();
    try (FeedRig rig = rig(EXCHANGE).lookback(Duration.ofHours(2)).start()) {
      for (int twin = 0; twin < 20; twin++) {
        tenant.blob(EXCHANGE).created(now.minusSeconds(600)).events(2).add();
      }
      tenant
          .blob(EXCHANGE)
          .created(now.minusSeconds(3_600))
          .visibleFrom(now.plusMillis(1_500))
          .events(3)
          .add();
      try (LiveFeed live = tenant.live(EXCHANGE, 20, 2)) {
        rig.runUntil("a live edge", r -> live.published() > 60);
      }
      rig.runUntilComplete();

      assertExactlyOnce(rig);
    }
    assertCleanClient();
  }

  @Test
  void anUnreadableBlobNeitherBlocksTheFeedNorIsLost() throws Exception {
    PublishedBlob poison =
        tenant
            .blob(EXCHANGE)
            .createdAgo(Duration.ofHours(2))
            .expires(clock.instant().plusSeconds(3_000))
            .body("[{\"Id\": \"one\", \"Workload\": \"Exchange\"}, {\"Id\": ")
            .add();
    tenant.history(EXCHANGE, Duration.ofHours(1), 10, 3);
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntil("the others, past the poison", r -> r.missing().isEmpty());
      assertThat(rig.deadLetters()).isEmpty();
      assertThat(rig.statuses()).isNotEmpty();
      rig.runUntil(
          "the poison parked",
          r -> r.offset(EXCHANGE).containsKey("parked") || !nudge(r).isEmpty());

      // A restart still knows it, and its end comes with the blob's expiration.
      rig.stop().start();
      clock.advance(Duration.ofHours(1));
      rig.runUntil("its dead letter", r -> !r.deadLetters().isEmpty());

      Struct letter = rig.deadLetters().get(0);
      assertThat(letter.getString("ContentId")).isEqualTo(poison.contentId());
      assertThat(letter.getString("Scope")).isEqualTo("BLOB");
      assertThat(letter.getInt64("Index")).isEqualTo(1);
      assertThat(rig.events()).filteredOn(record -> "one".equals(record.key())).hasSize(1);
      rig.runUntil(
          "a receipt for it",
          r ->
              r.receipts().stream()
                  .anyMatch(receipt -> receipt.getString("Outcome").equals("LOST")));
      assertThat(rig.offset(EXCHANGE)).doesNotContainKey("parked");
    }
    assertThat(simulator.breachesExcept(Rule.OVER_QUOTA)).isEmpty();
  }

  /** Brings one more blob, so that a record carries the newest state. */
  private Map<String, Object> nudge(FeedRig rig) {
    tenant.blob(EXCHANGE).created(clock.instant()).events(1).add();
    return rig.offset(EXCHANGE).containsKey("parked") ? rig.offset(EXCHANGE) : Map.of();
  }

  @Test
  void aBrokenElementCostsOnlyItself() throws Exception {
    PublishedBlob blob = tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(1)).events(5).add();
    simulator.on(blob).always().meets(Fault.brokenElement(2));
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntil("its receipt", r -> !r.receipts().isEmpty());

      assertThat(rig.events()).hasSize(4);
      assertThat(rig.deadLetters()).hasSize(1);
      assertThat(rig.deadLetters().get(0).getInt64("Index")).isEqualTo(2);
      assertThat(rig.deadLetters().get(0).get("Bytes")).isNotNull();
      Struct receipt = rig.receipts().get(0);
      assertThat(receipt.getInt64("EventsFound")).isEqualTo(5);
      assertThat(receipt.getInt64("RecordsProduced")).isEqualTo(4);
      assertThat(receipt.getInt64("DeadLettered")).isEqualTo(1);
    }
    assertCleanClient();
  }

  @Test
  void aSingleForbiddenBlobDoesNotHoldUpTheOthers() throws Exception {
    PublishedBlob refused = tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(2)).events(1).add();
    simulator.on(refused).always().meets(Fault.answer(403, Map.of(), "{}"));
    List<PublishedBlob> others = tenant.history(EXCHANGE, Duration.ofHours(1), 30, 2);
    try (FeedRig rig = rig(EXCHANGE).fetching(2, 256 * 1024).start()) {
      rig.runUntil("the others", r -> r.events().size() == 2 * others.size());

      assertThat(rig.missing()).hasSize(1);
    }
    assertCleanClient();
  }

  @Test
  void aSubscriptionThatIsDisabledWithABacklogIsStartedAgain() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(20), WaitingBlobs.most(1) + 300, 1);
    simulator.pageSize(500);
    try (FeedRig rig = rig(EXCHANGE).fetching(1, 256 * 1024).start()) {
      rig.runUntil("a beginning", r -> r.events().size() > 20);
      tenant.subscriptions().disable(EXCHANGE);

      rig.runUntilComplete();

      assertExactlyOnce(rig);
    }
    assertThat(simulator.requests().count(Operation.START_SUBSCRIPTION)).isPositive();
    assertCleanClient();
  }

  @Test
  void aProxysWrongDateIsNotBelieved() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(3), 5, 2);
    simulator
        .on(Operation.LIST_CONTENT)
        .call(1)
        .meets(
            Fault.answer(
                503, Map.of("Date", "Sat, 01 Jan 2050 00:00:00 GMT"), "<html>busy</html>"));
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntilComplete();

      assertExactlyOnce(rig);
      assertThat(rig.deadLetters()).isEmpty();
    }
    assertCleanClient();
  }

  @Test
  void bodiesCutShortInManyWaysAreReadToTheirEndInTheEnd() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(5), 30, 6);
    simulator
        .on(Operation.RETRIEVE_BLOB)
        .call(1)
        .meets(Fault.cutAfter(300))
        .call(3)
        .meets(Fault.cutAfter(2_000, Fault.Framing.CHUNKED))
        .call(5)
        .meets(Fault.cutAfter(700, Fault.Framing.COMPLETE))
        .call(7)
        .meets(Fault.emptyBody())
        .call(8)
        .meets(Fault.html())
        .call(9)
        .meets(Fault.objectForArray())
        .call(10)
        .meets(Fault.byteOrderMark())
        .call(11)
        .meets(Fault.reset())
        .call(12)
        .meets(Fault.closed())
        .call(13)
        .meets(Fault.afError(500, "AF50000"))
        .call(14)
        .meets(Fault.status(503))
        .call(15)
        .meets(Fault.afError(403, "AF429"))
        .call(16)
        .meets(Fault.bare429(429))
        .call(17)
        .meets(Fault.status(401))
        .call(18)
        .meets(Fault.afError(404, "AF20050"))
        .call(19)
        .meets(Fault.notGzip());
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntilComplete();

      assertExactlyOnce(rig);
      assertThat(rig.deadLetters()).isEmpty();
    }
    assertThat(simulator.breachesExcept(Rule.OVER_QUOTA)).isEmpty();
    assertThat(simulator.faultsNotMet()).isEmpty();
  }

  @Test
  void listingsThatFailAreMadeAgainFromTheirFirstPage() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(20), 60, 2);
    simulator.on(Operation.LIST_CONTENT).call(1).meets(Fault.status(503));
    simulator
        .on(Operation.NEXT_PAGE)
        .call(2)
        .meets(Fault.pageTokenExpired())
        .call(4)
        .meets(Fault.closed())
        .call(6)
        .meets(Fault.pageRepeated())
        .call(8)
        .meets(Fault.nextPageHeaderNamed("nextpageuri"))
        .call(9)
        .meets(Fault.nextPageElsewhere());
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntilComplete();

      assertExactlyOnce(rig);
    }
    assertCleanClient();
  }

  @Test
  void aMissingSubscriptionIsStartedAndADisabledOneStartedAgain() throws Exception {
    tenant.subscriptions().remove(EXCHANGE);
    try (FeedRig rig = rig(EXCHANGE).lookback(Duration.ZERO).start()) {
      rig.runUntil(
          "a subscription",
          r ->
              r.statuses().stream()
                  .anyMatch(status -> status.getString("Subscription").equals("ENABLED")));
      clock.advance(Duration.ofMinutes(30));
      tenant.subscriptions().disable(EXCHANGE);
      rig.runUntil(
          "the subscription again",
          r -> simulator.requests().count(Operation.START_SUBSCRIPTION) > 1);
      tenant.blob(EXCHANGE).created(clock.instant()).events(2).add();
      rig.runUntilComplete();
    }
    assertThat(simulator.breachesExcept(Rule.OVER_QUOTA)).isEmpty();
  }

  @Test
  void aSubscriptionThatComesBackDisabledIsNotStartedAgainButNoticedWhenAnotherEnablesIt()
      throws Exception {
    tenant.subscriptions().remove(EXCHANGE);
    tenant.subscriptions().startsComeBackDisabled();
    tenant.history(EXCHANGE, Duration.ofHours(3), 5, 2);
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntil(
          "a second look", r -> simulator.requests().count(Operation.LIST_SUBSCRIPTIONS) > 2);
      tenant.subscriptions().enable(EXCHANGE);
      rig.runUntilComplete();
    }
    assertThat(simulator.requests().count(Operation.START_SUBSCRIPTION)).isEqualTo(1);
    assertCleanClient();
  }

  @Test
  void aStartRefusedForLackOfPermissionDoesNotDelayTheNextOne() throws Exception {
    tenant.subscriptions().remove(EXCHANGE);
    tenant.history(EXCHANGE, Duration.ofHours(3), 5, 2);
    simulator.on(Operation.START_SUBSCRIPTION).first(2).meets(Fault.afError(401, "AF10001"));
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntilComplete();
    }
    assertThat(simulator.requests().count(Operation.START_SUBSCRIPTION, "200")).isEqualTo(1);
    assertCleanClient();
  }

  @Test
  void anOffsetOfContentCreatedRewindsAFeed() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(30), 10, 2);
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntilComplete().stop();
      int before = rig.events().size();
      Instant from = clock.instant().minus(Duration.ofHours(15));
      rig.putOffset(EXCHANGE, Map.of("contentCreated", from.toString()));
      long again =
          tenant.blobs(EXCHANGE).stream()
              .filter(blob -> !blob.contentCreated().isBefore(from))
              .mapToLong(blob -> blob.eventIds().size())
              .sum();
      rig.start().runUntil("them again", r -> r.events().size() >= before + again);
      rig.runUntilComplete();

      assertThat(rig.events()).hasSize((int) (before + again));
    }
    assertCleanClient();
  }

  @Test
  void memoryIsBoundedByTheBufferNotByTheBlobs() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(10), 12, 300);
    try (FeedRig rig = rig(EXCHANGE).fetching(8, 20_000).start()) {
      rig.runUntilComplete();

      assertExactlyOnce(rig);
    }
    assertCleanClient();
  }

  @Test
  void anEventTooLargeForTheProducerGoesToTheDeadLettersWhole() throws Exception {
    String large = "{\"Id\":\"large\",\"ObjectId\":\"" + "x".repeat(1_300_000) + "\"}";
    tenant
        .blob(EXCHANGE)
        .createdAgo(Duration.ofHours(1))
        .events("{\"Id\":\"before\"}", large, "{\"Id\":\"after\"}")
        .add();
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntil("its receipt", r -> !r.receipts().isEmpty());

      assertThat(rig.events()).extracting(SourceRecord::key).containsExactly("before", "after");
      assertThat(rig.deadLetters()).hasSize(3);
      StringBuilder whole = new StringBuilder();
      for (Struct part : rig.deadLetters()) {
        assertThat(part.getInt64("BytesOffset")).isEqualTo(whole.length());
        whole.append(StandardCharsets.UTF_8.decode((ByteBuffer) part.get("Bytes")));
      }
      assertThat(whole.toString()).isEqualTo(large);
      assertThat(rig.receipts().get(0).getInt64("DeadLettered")).isEqualTo(1);
    }
    assertCleanClient();
  }

  @Test
  void unusualEventsArriveWithAValidTimestampTopicAndKey() throws Exception {
    Instant created = clock.instant().minus(Duration.ofHours(1));
    tenant
        .blob(EXCHANGE)
        .created(created)
        .events(
            "{\"Id\":\"a\",\"Workload\":\"Exchange\",\"CreationTime\":\"0001-01-01T00:00:00\"}",
            "{\"Id\":\"b\",\"Workload\":\"Exchange\",\"CreationTime\":\"2099-01-01T00:00:00\"}",
            "{\"Workload\":\"Exchange\",\"CreationTime\":\"2026-11-21T10:00:00\"}",
            "{\"Id\":\"d\"}",
            "{\"Id\":\"e\",\"Workload\":\"../receipts\"}",
            "{\"Id\":\"f\\ud800\",\"Workload\":\"receipts\"}",
            "{}")
        .add();
    try (FeedRig rig = rig(EXCHANGE).start()) {
      rig.runUntil("its receipt", r -> !r.receipts().isEmpty());

      assertThat(rig.deadLetters()).isEmpty();
      List<SourceRecord> events = rig.events();
      assertThat(events).hasSize(7);
      assertThat(events)
          .extracting(SourceRecord::topic)
          .containsExactly(
              "o365.exchange",
              "o365.exchange",
              "o365.exchange",
              "o365.general",
              "o365.general",
              "o365.general",
              "o365.general");
      assertThat(events.get(0).timestamp()).isEqualTo(created.toEpochMilli());
      assertThat(events.get(1).timestamp()).isEqualTo(created.toEpochMilli());
      assertThat(events.get(2).key()).isNull();
      assertThat(events.get(5).key()).isNull();
    }
    assertCleanClient();
  }
}
