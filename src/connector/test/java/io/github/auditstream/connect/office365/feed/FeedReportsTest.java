package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Permission;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What the status records say of a feed, against the simulator. */
class FeedReportsTest extends SimulatorFixture {
  private FeedRig rig() {
    return new FeedRig(simulator, clock, EXCHANGE);
  }

  private static boolean says(FeedRig rig, String state) {
    List<Struct> statuses = rig.statuses();
    return !statuses.isEmpty()
        && statuses.get(statuses.size() - 1).getString("State").equals(state);
  }

  private static List<SourceRecord> gaps(FeedRig rig) {
    return rig.records("o365.status").stream()
        .filter(record -> ((Struct) record.value()).getString("State").equals("GAP"))
        .toList();
  }

  private static Map<String, Object> headers(SourceRecord record) {
    Map<String, Object> headers = new HashMap<>();
    record
        .headers()
        .forEach(
            header -> {
              assertThat(header.schema()).isEqualTo(Schema.STRING_SCHEMA);
              headers.put(header.key(), header.value());
            });
    return headers;
  }

  private static Instant time(Struct value, String field) {
    return Instant.parse(value.getString(field));
  }

  @Test
  void anOutageOfMoreThanSevenDaysIsReportedExactlyOnce() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 3, 1);
    try (FeedRig rig = rig().start()) {
      rig.runUntilComplete().stop();
      Instant listedUntil = Instant.parse((String) rig.offset(EXCHANGE).get("listedUntil"));
      clock.advance(Duration.ofDays(9));
      // What was reported and not committed is reported again.
      rig.start().poll();
      rig.stop().start();
      rig.runUntil("word of the gap", r -> !gaps(r).isEmpty());

      Struct gap = (Struct) gaps(rig).get(0).value();
      assertThat(time(gap, "GapFrom")).isEqualTo(listedUntil);
      assertThat(time(gap, "GapUntil"))
          .isBetween(
              clock.instant().minus(Duration.ofDays(7)), clock.instant().minus(Duration.ofDays(6)));
      assertThat((String) gaps(rig).get(0).key()).endsWith("/gap/" + listedUntil);
      assertThat(headers(gaps(rig).get(0)))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "tenant", gap.getString("Tenant"),
                  "contentType", EXCHANGE.apiName(),
                  "gapFrom", gap.getString("GapFrom"),
                  "gapUntil", gap.getString("GapUntil")));
      rig.stop().start();
      tenant.blob(EXCHANGE).created(clock.instant()).events(2).add();
      rig.runUntil("what is new", r -> r.missing().isEmpty() && says(r, "RUNNING"));
      assertThat(gaps(rig)).hasSize(1);
      Struct last = rig.statuses().get(rig.statuses().size() - 1);
      assertThat(time(last, "GapFrom")).isEqualTo(listedUntil);
      assertThat(rig.records("o365.status"))
          .filteredOn(record -> !gaps(rig).contains(record))
          .allSatisfy(
              record ->
                  assertThat(headers(record))
                      .containsKeys("tenant", "contentType", "completeUntil", "parkedBlobs")
                      .doesNotContainKeys("gapFrom", "gapUntil"));
    }
    // Tokens are dated by the real clock, so that after the leap each looks old at once.
    assertThat(simulator.breachesExcept(Rule.TOO_MANY_TOKEN_REQUESTS)).isEmpty();
  }

  @Test
  void aGapBeginsWhereListedContentWasNotReadYet() throws Exception {
    Instant now = clock.instant();
    PublishedBlob read = tenant.blob(EXCHANGE).created(now.minusSeconds(7_200)).events(1).add();
    PublishedBlob unread = tenant.blob(EXCHANGE).created(now.minusSeconds(3_600)).events(1).add();
    simulator.on(unread).always().meets(Fault.afError(403, "AF429", Duration.ofSeconds(2)));
    try (FeedRig rig = rig().start()) {
      rig.runUntil("the first blob", r -> !r.receipts().isEmpty());
      assertThat(rig.events()).hasSameSizeAs(read.eventIds());
      rig.stop();
      clock.advance(Duration.ofDays(9));
      simulator.endFaults();
      rig.start().runUntil("word of the gap", r -> !gaps(r).isEmpty());

      assertThat(time((Struct) gaps(rig).get(0).value(), "GapFrom"))
          .isEqualTo(unread.contentCreated());
    }
  }

  @Test
  void everyStatusRecordHasTheFeedsBeginning() throws Exception {
    try (FeedRig rig = rig().start()) {
      rig.runUntil("a first listing", r -> says(r, "RUNNING"));
      String beginning = rig.statuses().get(0).getString("ReadFrom");
      assertThat(beginning).isEqualTo(rig.statuses().get(0).getString("CompleteUntil"));

      clock.advance(Duration.ofHours(12));
      rig.stop().start();
      rig.runUntil(
          "a listing after the restart",
          r -> time(last(r), "CompleteUntil").isAfter(Instant.parse(beginning)));

      assertThat(time(last(rig), "ReadFrom").truncatedTo(ChronoUnit.MILLIS))
          .isEqualTo(Instant.parse(beginning).truncatedTo(ChronoUnit.MILLIS));
    }
  }

  private static Struct last(FeedRig rig) {
    return rig.statuses().get(rig.statuses().size() - 1);
  }

  @Test
  void aRefusalIsPendingInTheFirstHourAndAProblemLater() throws Exception {
    tenant.consentTo();
    tenant.blob(EXCHANGE).createdAgo(Duration.ofHours(1)).events(1).add();
    try (FeedRig rig = rig().start()) {
      rig.runUntil("a first refusal", r -> says(r, "PENDING"));
      Struct pending = rig.statuses().get(rig.statuses().size() - 1);
      assertThat(pending.getStruct("Problem").getInt32("HttpStatus")).isIn(401, 403);
      assertThat(pending.getStruct("Problem").getString("Reason")).contains("ActivityFeed.Read");

      clock.advance(Duration.ofMinutes(40));
      // The hour is the feed's, not the task's.
      rig.stop().start();
      rig.runUntil("the first refusal of the second run", r -> says(r, "PENDING"));
      clock.advance(Duration.ofMinutes(21));
      rig.runUntil("the end of its first hour", r -> says(r, "TROUBLED"));

      tenant.consentTo(Permission.READ, Permission.READ_DLP);
      rig.runUntil("consent", r -> says(r, "RUNNING") && r.missing().isEmpty());
      assertThat(rig.statuses().get(rig.statuses().size() - 1).getStruct("Problem")).isNull();
      assertThat(rig.offset(EXCHANGE)).doesNotContainKey("waitingSince");
    }
  }

  @Test
  void aRefusalOfAFeedThatHasWorkedIsAProblem() throws Exception {
    try (FeedRig rig = rig().start()) {
      rig.runUntil("a first listing", r -> says(r, "RUNNING"));
      simulator.on(Operation.LIST_CONTENT).always().meets(Fault.afError(401, "AF10001"));

      rig.runUntil("the refusal", r -> says(r, "TROUBLED"));
      simulator.endFaults();
      rig.runUntil("the end of it", r -> says(r, "RUNNING"));
    }
  }

  @Test
  void throttlingInTheFirstHourIsNotTakenForMissingConsent() throws Exception {
    simulator
        .on(Operation.LIST_SUBSCRIPTIONS)
        .call(1)
        .meets(Fault.afError(403, "AF429", Duration.ofSeconds(1)));
    try (FeedRig rig = rig().start()) {
      rig.runUntil("a first listing", r -> says(r, "RUNNING"));

      assertThat(rig.statuses()).extracting(s -> s.getString("State")).contains("TROUBLED");
      assertThat(rig.statuses()).extracting(s -> s.getString("State")).doesNotContain("PENDING");
    }
  }

  @Test
  void throttledRetrievalsAreReportedEvenWhileOthersSucceed() throws Exception {
    Instant now = clock.instant();
    for (int blob = 0; blob < 4; blob++) {
      tenant.blob(EXCHANGE).created(now.minusSeconds(600 - blob)).events(1).add();
    }
    simulator
        .on(tenant.blobs(EXCHANGE).get(3))
        .call(1)
        .meets(Fault.afError(429, "AF429", Duration.ofSeconds(1)));
    try (FeedRig rig = rig().fetching(1, 1 << 20).start()) {
      rig.runUntil("all blobs", r -> r.missing().isEmpty() && says(r, "RUNNING"));

      assertThat(rig.statuses())
          .extracting(status -> status.getStruct("Problem"))
          .filteredOn(Objects::nonNull)
          .extracting(problem -> problem.getString("Kind"))
          .contains("THROTTLED");
    }
  }

  @Test
  void aProblemEndsWithTheLastUnreadableBlob() throws Exception {
    Instant now = clock.instant();
    PublishedBlob blob =
        tenant
            .blob(EXCHANGE)
            .created(now.minusSeconds(600))
            .expires(now.plus(Duration.ofHours(1)))
            .events(1)
            .add();
    simulator.on(blob).always().meets(Fault.afError(403, "AF429", Duration.ofSeconds(1)));
    try (FeedRig rig = rig().start()) {
      rig.runUntil("the problem", r -> says(r, "TROUBLED"));
      clock.advance(Duration.ofHours(2));
      rig.runUntil("the blob's end", r -> !r.receipts().isEmpty());
      rig.runUntil("the end of the problem", r -> says(r, "RUNNING"));

      assertThat(rig.receipts().get(0).getString("Outcome")).isEqualTo("LOST");
    }
  }

  @Test
  void theLagIsThatOfTheListingWhereListingFails() throws Exception {
    try (FeedRig rig = rig().lookback(Duration.ZERO).start()) {
      rig.runUntil("a first listing", r -> says(r, "RUNNING"));
      simulator.on(Operation.LIST_CONTENT).always().meets(Fault.status(503));
      rig.runUntil("the problem", r -> says(r, "TROUBLED"));
      clock.advance(Duration.ofHours(3));
      int before = rig.statuses().size();
      rig.runUntil("a heartbeat", r -> r.statuses().size() > before);

      assertThat(rig.statuses().get(before).getInt64("LagMs"))
          .isGreaterThanOrEqualTo(Duration.ofHours(3).toMillis());
    }
  }

  @Test
  void aDisabledSubscriptionIsDistinguishedFromAMissingOne() throws Exception {
    tenant.subscriptions().disable(EXCHANGE);
    tenant.subscriptions().startsComeBackDisabled();
    try (FeedRig rig = rig().start()) {
      rig.runUntil(
          "the subscription's state",
          r ->
              r.statuses().stream()
                  .anyMatch(status -> status.getString("Subscription").equals("DISABLED")));
    }
  }
}
