package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.feed.offset.FeedState;
import io.github.auditstream.connect.office365.feed.offset.OffsetFormat;
import io.github.auditstream.connect.office365.feed.offset.ParkedBlob;
import io.github.auditstream.connect.office365.feed.offset.ReplayOffset;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.status.Elements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Dead letters that are replayed, and blobs that break off, through restarts. */
class ReplayTest extends SimulatorFixture {
  private static final String LARGE =
      "{\"Id\":\"large\",\"ObjectId\":\"" + "x".repeat(1_300_000) + "\"}";

  private FeedRig rig() {
    return new FeedRig(simulator, clock, EXCHANGE);
  }

  private static ContentBlob listed(PublishedBlob blob) {
    return new ContentBlob(
        EXCHANGE,
        blob.contentId(),
        blob.contentUri(),
        blob.contentCreated(),
        blob.contentExpiration());
  }

  private ReplayOffset.Edited replay(FeedRig rig, PublishedBlob blob, String elements) {
    ReplayOffset.Edited edited =
        ReplayOffset.add(
            rig.feed(EXCHANGE),
            rig.offset(EXCHANGE),
            List.of(new ReplayOffset.Wanted(listed(blob), Elements.parse(elements))),
            clock.instant());
    rig.putOffset(EXCHANGE, edited.offset());
    return edited;
  }

  private static List<Object> keys(FeedRig rig) {
    return rig.events().stream().map(SourceRecord::key).toList();
  }

  @Test
  void anOversizeEventArrivesOnceTheProducerTakesIt() throws Exception {
    PublishedBlob blob =
        tenant
            .blob(EXCHANGE)
            .createdAgo(Duration.ofHours(1))
            .events("{\"Id\":\"before\"}", LARGE, "{\"Id\":\"after\"}")
            .add();
    try (FeedRig rig = rig().start()) {
      rig.runUntil("its receipt", r -> !r.receipts().isEmpty()).stop();
      assertThat(replay(rig, blob, "1").taken()).hasSize(1);
      rig.maxRequestBytes(20_000_000).start();
      rig.runUntil("the replay's receipt", r -> r.receipts().size() == 2);

      assertThat(keys(rig)).containsExactly("before", "after", "large");
      Struct receipt = rig.receipts().get(1);
      assertThat(receipt.getString("Outcome")).isEqualTo("REPLAYED");
      assertThat(receipt.getString("Elements")).isEqualTo("1");
      assertThat(receipt.getInt64("EventsFound")).isEqualTo(1);
      assertThat(receipt.getInt64("RecordsProduced")).isEqualTo(1);
      assertThat(receipt.getInt64("DeadLettered")).isZero();
      assertThat(rig.offset(EXCHANGE)).doesNotContainKey("parked");
    }
    assertThat(simulator.breaches()).isEmpty();
  }

  @Test
  void elementsStillRefusedAreDeadLettersOfTheReplay() throws Exception {
    PublishedBlob blob =
        tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(1)).events(LARGE, "{}", LARGE).add();
    try (FeedRig rig = rig().start()) {
      rig.runUntil("its receipt", r -> !r.receipts().isEmpty()).stop();
      int letters = rig.deadLetters().size();
      replay(rig, blob, "0,2");
      rig.start().runUntil("the replay's receipt", r -> r.receipts().size() == 2);

      Struct receipt = rig.receipts().get(1);
      assertThat(receipt.getInt64("EventsFound")).isEqualTo(2);
      assertThat(receipt.getInt64("DeadLettered")).isEqualTo(2);
      assertThat(rig.deadLetters().subList(letters, 2 * letters))
          .allMatch(letter -> letter.getString("Elements").equals("0,2"))
          .allMatch(letter -> letter.getString("Replay").equals(receipt.getString("Replay")));
    }
  }

  @Test
  void anInterruptedReplayContinuesWhereItWas() throws Exception {
    PublishedBlob blob = tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(1)).events(9).add();
    simulator.on(blob).always().meets(Fault.element(1, "1"), Fault.element(4, "2"));
    try (FeedRig rig = rig().start()) {
      rig.runUntil("its receipt", r -> !r.receipts().isEmpty()).stop();
      simulator.endFaults();
      replay(rig, blob, "1,4,6-");
      // As if 6 and what follows had never come.
      rig.start();
      List<SourceRecord> torn = eventsOfOnePoll(rig);
      rig.commit(torn.subList(0, 2));
      rig.stop().start().runUntil("the replay's receipt", r -> r.receipts().size() == 2);

      List<String> ids = blob.eventIds();
      assertThat(keys(rig).subList(7, 12))
          .containsExactly(ids.get(1), ids.get(4), ids.get(6), ids.get(7), ids.get(8));
      Struct receipt = rig.receipts().get(1);
      assertThat(receipt.getInt64("EventsFound")).isEqualTo(5);
      assertThat(receipt.getInt64("RecordsProduced")).isEqualTo(5);
      assertThat(receipt.getString("Sha256")).isNotNull();
    }
  }

  private List<SourceRecord> eventsOfOnePoll(FeedRig rig) throws InterruptedException {
    while (true) {
      List<SourceRecord> records = rig.poll();
      List<SourceRecord> events =
          records.stream()
              .filter(record -> record.valueSchema().field("ContentBlob") != null)
              .toList();
      if (events.size() > 2) {
        return events;
      }
      rig.commit(records);
    }
  }

  @Test
  void aBlobThatHasLostTheElementsEndsAsADeadLetterAgain() throws Exception {
    PublishedBlob blob =
        tenant
            .blob(EXCHANGE)
            .createdAgo(Duration.ofHours(2))
            .expires(clock.instant().plus(Duration.ofHours(2)))
            .events(3)
            .add();
    try (FeedRig rig = rig().start()) {
      rig.runUntilComplete().stop();
      replay(rig, blob, "1,7");
      simulator.on(blob).always().meets(Fault.body("[]"));
      rig.start();
      rig.runUntil("a failure", r -> simulator.requests().count(Operation.RETRIEVE_BLOB) >= 5);
      clock.advance(Duration.ofHours(3));
      rig.runUntil("a dead letter", r -> !r.deadLetters().isEmpty());
      rig.runUntil("the replay's receipt", r -> r.receipts().size() == 2);

      Struct letter = rig.deadLetters().get(0);
      assertThat(letter.getString("Scope")).isEqualTo("BLOB");
      assertThat(letter.getInt64("Index")).isEqualTo(1);
      assertThat(letter.getString("Elements")).isEqualTo("1,7");
      Struct receipt = rig.receipts().get(1);
      assertThat(receipt.getString("Outcome")).isEqualTo("LOST");
      assertThat(receipt.getInt64("EventsFound")).isZero();
      assertThat(receipt.getInt64("DeadLettered")).isEqualTo(1);
      assertThat(rig.events()).hasSize(3);
    }
  }

  @Test
  void elementsRefusedBeforeARestartAreNotTakenForEvents() throws Exception {
    PublishedBlob blob =
        tenant
            .blob(EXCHANGE)
            .createdAgo(Duration.ofHours(2))
            .expires(clock.instant().plusSeconds(3_000))
            .body("[1, {\"Id\": \"one\"}, 2, {\"Id\": \"two\"}, {\"Id\": ")
            .add();
    try (FeedRig rig = rig().start()) {
      rig.commit(firstThree(rig));
      assertThat(rig.offset(EXCHANGE)).containsEntry("deadLettered", 2L);
      rig.stop().start();
      rig.runUntil(
          "it parked",
          r -> {
            tenant.blob(EXCHANGE).created(clock.instant()).events(1).add();
            return r.offset(EXCHANGE).containsKey("parked");
          });
      assertThat(rig.offset(EXCHANGE).get("parked").toString()).contains("\"deadLettered\":2");
      rig.stop().start();
      clock.advance(Duration.ofHours(1));
      rig.runUntil("its receipt", r -> lost(r, blob) != null);

      Struct receipt = lost(rig, blob);
      assertThat(receipt.getInt64("EventsFound")).isEqualTo(4);
      assertThat(receipt.getInt64("RecordsProduced")).isEqualTo(2);
      assertThat(receipt.getInt64("DeadLettered")).isEqualTo(3);
    }
  }

  private static List<SourceRecord> firstThree(FeedRig rig) throws InterruptedException {
    List<SourceRecord> first = new ArrayList<>();
    while (first.size() < 3) {
      rig.poll().stream()
          .filter(record -> !record.topic().equals("o365.status"))
          .forEach(first::add);
    }
    return first.subList(0, 3);
  }

  private static Struct lost(FeedRig rig, PublishedBlob blob) {
    return rig.receipts().stream()
        .filter(receipt -> receipt.getString("ContentId").equals(blob.contentId()))
        .filter(receipt -> receipt.getString("Outcome").equals("LOST"))
        .findFirst()
        .orElse(null);
  }

  @Test
  void refusesAReplayThatWouldRepeatEvents() throws Exception {
    PublishedBlob blob = tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(1)).events(3).add();
    try (FeedRig rig = rig().start()) {
      rig.runUntilComplete().stop();

      assertThat(replay(rig, blob, "1").taken()).hasSize(1);
      assertThat(replay(rig, blob, "2").refused().get(blob.contentId())).contains("under way");
      assertThat(FeedProgress.read(rig.feed(EXCHANGE), rig.offset(EXCHANGE)).unfinished())
          .containsExactly(blob.contentId());
      rig.putOffset(
          EXCHANGE,
          Map.of("contentCreated", clock.instant().minus(Duration.ofHours(5)).toString()));
      assertThat(replay(rig, blob, "1").refused().get(blob.contentId())).contains("rewound");
    }
  }

  @Test
  void theOptionalPartsOfAnOffsetMayBeLeftOut() {
    Map<String, String> offset =
        Map.of(
            "completeUntil",
            "2026-11-21T10:00:00.000Z",
            "parked",
            """
            [{"contentId": "a", "contentUri": "https://manage.office.com/a",
              "contentCreated": "2026-11-21T09:00:00Z", "contentExpiration": "2026-11-28T09:00:00Z",
              "replay": "2026-11-21T11:00:00Z", "elements": "3,17"}]""");

    FeedState state = OffsetFormat.read(EXCHANGE, offset);

    ParkedBlob parkedBlob = state.parked().get("a");
    assertThat(parkedBlob.nextIndex()).isEqualTo(3);
    assertThat(parkedBlob.retryAt()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
    assertThat(parkedBlob.replay().orElseThrow().elements().text()).isEqualTo("3,17");
    assertThat(OffsetFormat.read(EXCHANGE, state.toSourceOffset())).isEqualTo(state);
  }
}
