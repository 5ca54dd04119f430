package io.github.auditstream.connect.office365.feed;

import static io.github.auditstream.connect.office365.model.ContentType.EXCHANGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.feed.listing.SuspectEntries;
import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.status.metrics.Metric;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Entries of listings that describe no content blob, over TLS. */
class RefusedEntriesTest extends SimulatorFixture {
  /** An entry as the API writes it, twenty minutes old, at a host of its own. */
  private String entry(String id, String root) {
    Instant created = clock.instant().minus(Duration.ofMinutes(20));
    return """
        {"contentUri":"%s/%s","contentId":"%s","contentType":"Audit.Exchange",\
        "contentCreated":"%s","contentExpiration":"%s"}"""
        .formatted(root, id, id, created, created.plus(Duration.ofDays(7)));
  }

  private static List<String> reasons(FeedRig rig) {
    return rig.deadLetters().stream().map(letter -> letter.getString("Reason")).toList();
  }

  private void listAlwaysWith(String... further) {
    simulator
        .on(Operation.LIST_CONTENT)
        .always()
        .meets(Fault.furtherElement(String.join(",", further)));
  }

  @Test
  void badEntriesBlockNothingAndBecomeOneDeadLetterEach() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(20), 23, 2);
    String foreign = entry("foreign", "https://evil.test");
    listAlwaysWith(
        foreign,
        "42",
        "{\"contentId\":oops}",
        "{}",
        entry("x".repeat(1_001), simulator.baseUri().toString()),
        entry("future", simulator.baseUri().toString())
            .replaceAll("(contentCreated\":\")20", "$199"));
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).start()) {
      rig.runUntilComplete();
      tenant.blob(EXCHANGE).created(clock.instant()).events(2).add();
      rig.runUntilComplete();
      long listings = simulator.requests().count(Operation.LIST_CONTENT);
      rig.stop().start();
      rig.runUntil(
          "more listings, with long looks",
          r -> simulator.requests().count(Operation.LIST_CONTENT) > listings + 40);

      assertThat(rig.arrived()).isEqualTo(rig.expected());
      assertThat(reasons(rig))
          .satisfiesExactlyInAnyOrder(
              reason -> assertThat(reason).contains("https://evil.test", "no token went there"),
              reason -> assertThat(reason).contains("not an object"),
              reason -> assertThat(reason).contains("not JSON"),
              reason -> assertThat(reason).contains("no contentId"),
              reason -> assertThat(reason).contains("an invalid contentId"),
              reason -> assertThat(reason).contains("contentCreated", "far outside"));
      assertThat(rig.deadLetters())
          .allSatisfy(
              letter -> assertThat(letter.getString("Scope")).as("scope").isEqualTo("ENTRY"));
      assertThat(rig.deadLetters().stream().map(RefusedEntriesTest::text))
          .contains(foreign, "42", "{\"contentId\":oops}", "{}");
      assertThat(rig.receipts()).hasSize(24);
      assertThat(rig.offset(EXCHANGE).toString()).hasSizeLessThan(2_000);
    }
    assertThat(simulator.breaches()).isEmpty();
  }

  private static String text(Struct letter) {
    return UTF_8.decode((ByteBuffer) letter.get("Bytes")).toString();
  }

  @Test
  void aBadEntryIsCountedAndReportedInTheStatusRecord() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 3, 1);
    listAlwaysWith(entry("foreign", "https://evil.test"));
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).start()) {
      rig.runUntil(
          "a status record that reports it",
          r -> r.statuses().stream().anyMatch(status -> status.getString("Notice") != null));
      rig.runUntil(
          "a healthy status",
          r -> {
            Struct status = r.statuses().get(r.statuses().size() - 1);
            return status.getString("State").equals("RUNNING") && status.get("Problem") == null;
          });

      Struct status = rig.statuses().get(rig.statuses().size() - 1);
      assertThat(status.getString("Notice")).contains("https://evil.test", "the feed continues");
      assertThat(status.getInt64("RefusedEntries")).isEqualTo(1);
      assertThat(rig.statuses().get(0).getInt64("RefusedEntries")).isZero();
      assertThat(status.getInt64("DroppedRecords")).isZero();
      assertThat(rig.metric(Metric.ENTRIES_REFUSED_TOTAL)).isEqualTo(1);
      assertThat(rig.metric(Metric.DEAD_LETTERS_TOTAL)).isEqualTo(1);
    }
  }

  @Test
  void aTransientBadEntryMakesNoDeadLetter() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 10, 1);
    simulator.on(Operation.LIST_CONTENT).first(2).meets(Fault.element(0, "{}"));
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(2))) {
      rig.start().runUntilComplete();

      assertThat(rig.deadLetters()).isEmpty();
      assertThat(rig.arrived()).isEqualTo(rig.expected());
    }
  }

  @Test
  void anEntryThatIsFixedLaterIsRead() throws Exception {
    // Within one window: where the oldest is in the one before, another entry is the fifth.
    tenant.history(EXCHANGE, Duration.ofMinutes(50), 10, 1);
    PublishedBlob blob = tenant.blobs(EXCHANGE).get(4);
    simulator
        .on(Operation.LIST_CONTENT)
        .always()
        .meets(
            Fault.element(
                4,
                "{\"contentId\":\""
                    + blob.contentId()
                    + "\",\"contentUri\":\"http://evil.test\"}"));
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(2))) {
      rig.start().runUntil("its dead letter", r -> !r.deadLetters().isEmpty());
      rig.runUntil("the others", r -> r.receipts().size() == 9);
      simulator.endFaults();
      rig.runUntilComplete();

      assertThat(rig.deadLetters()).hasSize(1);
      assertThat(rig.deadLetters().get(0).getString("ContentId")).isEqualTo(blob.contentId());
      assertThat(rig.receipts()).hasSize(10);
      assertThat(rig.arrived()).isEqualTo(rig.expected());
    }
  }

  @Test
  void anUncommittedDeadLetterIsWrittenAgain() throws Exception {
    tenant.history(EXCHANGE, Duration.ofHours(1), 3, 1);
    listAlwaysWith(entry("one", "https://evil.test"), entry("two", "https://evil.test"));
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(2))) {
      rig.start();
      List<SourceRecord> polled = rig.poll();
      while (polled.stream().noneMatch(record -> record.topic().endsWith("deadletter"))) {
        rig.commit(polled);
        polled = rig.poll();
      }
      // Torn between the two: the second is in no offset.
      int first = 0;
      while (!polled.get(first).topic().endsWith("deadletter")) {
        first++;
      }
      rig.commit(polled.subList(0, first + 1));
      rig.stop().start();
      rig.runUntil("both", r -> r.deadLetters().size() >= 2);
      rig.runUntilComplete();

      assertThat(rig.deadLetters().stream().map(letter -> letter.getString("ContentId")))
          .containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void aListingOfOnlyBadEntriesWaitsForAnHour() throws Exception {
    // Within one window: fewer of them at its edge would be no bad listing.
    tenant.history(EXCHANGE, Duration.ofMinutes(50), 30, 1);
    simulator.on(Operation.LIST_CONTENT).always().meets(Fault.blobsElsewhere());
    try (FeedRig rig = new FeedRig(simulator, clock, EXCHANGE).lookback(Duration.ofHours(2))) {
      rig.start();
      rig.runUntil(
          "problem",
          r ->
              r.statuses().stream()
                  .map(status -> status.getStruct("Problem"))
                  .anyMatch(problem -> problem != null && problem.getInt64("Times") >= 1));
      rig.runUntil(
          "more listings than a bad entry needs",
          r -> simulator.requests().count(Operation.LIST_CONTENT) > SuspectEntries.LISTINGS + 1);
      assertThat(rig.deadLetters()).isEmpty();

      clock.advance(SuspectEntries.PATIENCE);
      rig.runUntil("their dead letters", r -> r.deadLetters().size() == 30);
    }
  }
}
