package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.github.auditstream.connect.office365.it.matrix.Arrivals.BlobEvent;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Simulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.assertj.core.api.SoftAssertions;

/** Compares what arrived with the simulator's ledger. */
final class OutcomeCheck {
  private static final int SHOWN = 10;

  private final Scene scene;
  private final Simulator simulator;
  private final Arrivals arrivals;
  private final List<PublishedBlob> blobs;

  private OutcomeCheck(Scene scene) {
    this.scene = scene;
    this.simulator = scene.simulator();
    this.arrivals = scene.arrivals();
    this.blobs = simulator.ledger().blobs();
  }

  /**
   * Waits until all is done and well and nothing new comes any more, then compares.
   *
   * @throws AssertionError if anything is missing, twice, unexplained or if a problem goes on
   */
  static void check(Scene scene) {
    scene.awaitReceipts(scene.simulator().ledger().blobs());
    for (ContentType type : scene.feeds()) {
      scene.await(
          "end of the problem of " + type,
          () ->
              scene
                  .arrivals()
                  .lastStatus(type.apiName())
                  .filter(OutcomeCheck::isHealthy)
                  .isPresent());
    }
    long listings = scene.simulator().requests().count(Operation.LIST_CONTENT, "200");
    long further = (long) scene.looks() * scene.feeds().size();
    scene.await(
        further + " further listings",
        () ->
            scene.simulator().requests().count(Operation.LIST_CONTENT, "200")
                >= listings + further);
    scene.arrivals().read();
    OutcomeCheck check = new OutcomeCheck(scene);
    assertSoftly(check::compare);
  }

  private static boolean isHealthy(Struct status) {
    return status.getString("State").equals("RUNNING") && status.getStruct("Problem") == null;
  }

  private void compare(SoftAssertions softly) {
    Map<BlobEvent, Long> expected = expectedEvents();
    Map<BlobEvent, Long> arrived = arrivals.events();
    softly.assertThat(beyond(expected, arrived)).as("events missing").isEmpty();
    softly.assertThat(beyond(arrived, expected)).as("events too many").isEmpty();
    Set<String> published =
        blobs.stream().map(PublishedBlob::contentId).collect(Collectors.toSet());
    softly.assertThat(arrivals.receipts().keySet()).as("receipts' blobs").isEqualTo(published);
    Map<String, Long> produced =
        arrived.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.getKey().contentId(),
                    Collectors.summingLong(Map.Entry::getValue)));
    for (PublishedBlob blob : blobs) {
      receipt(softly, blob, produced.getOrDefault(blob.contentId(), 0L));
      deadLetters(softly, blob);
    }
    softly.assertThat(published).as("dead letters").containsAll(arrivals.deadLetters().keySet());
    softly
        .assertThat(arrivals.refusedEntries())
        .as("dead letters for entries of listings")
        .hasSize(scene.expectations().refusedEntries());
    for (ContentType type : scene.feeds()) {
      softly
          .assertThat(arrivals.statuses(type.apiName()))
          .as("gaps of %s", type)
          .noneMatch(status -> status.getString("GapFrom") != null);
    }
    softly
        .assertThat(simulator.breachesExcept(scene.expectations().rules()))
        .as("breaches of the API's rules")
        .isEmpty();
    softly.assertThat(simulator.faultsNotMet()).as("faults that nothing met").isEmpty();
    softly
        .assertThat(scene.rest().status(scene.name()).running(1))
        .as("connector and task run")
        .isTrue();
  }

  private void receipt(SoftAssertions softly, PublishedBlob blob, long produced) {
    String id = blob.contentId();
    List<Struct> receipts = arrivals.receipts().getOrDefault(id, List.of());
    softly.assertThat(receipts).as("receipts of %s", id).hasSize(1);
    for (Struct receipt : receipts) {
      boolean lost = scene.expectations().lossOf(id).isPresent();
      softly.assertThat(receipt.getString("Outcome")).as(id).isEqualTo(lost ? "LOST" : "PRODUCED");
      softly
          .assertThat(receipt.getInt64("RecordsProduced"))
          .as("produced %s", id)
          .isEqualTo(produced);
      softly
          .assertThat(receipt.getInt64("DeadLettered"))
          .as("dead-lettered %s", id)
          .isEqualTo(wholeDeadLetters(id));
      if (!lost) {
        softly
            .assertThat(receipt.getInt64("EventsFound"))
            .as("found in %s", id)
            .isEqualTo(produced + wholeDeadLetters(id));
      }
    }
  }

  private void deadLetters(SoftAssertions softly, PublishedBlob blob) {
    String id = blob.contentId();
    List<Struct> letters = arrivals.deadLetters().getOrDefault(id, List.of());
    Set<Long> refused =
        letters.stream()
            .filter(letter -> letter.getString("Scope").equals("EVENT"))
            .map(letter -> letter.getInt64("Index"))
            .collect(Collectors.toSet());
    softly
        .assertThat(refused)
        .as("refused elements of %s", id)
        .isEqualTo(
            scene.expectations().refusedOf(id).stream()
                .map(Integer::longValue)
                .collect(Collectors.toSet()));
    List<Struct> whole =
        letters.stream().filter(letter -> letter.getString("Scope").equals("BLOB")).toList();
    softly
        .assertThat(whole.stream().map(OutcomeCheck::loss).toList())
        .as("dead letter of blob %s", id)
        .isEqualTo(scene.expectations().lossOf(id).stream().toList());
  }

  private static Expectations.Loss loss(Struct letter) {
    return new Expectations.Loss(letter.getString("Cause"), letter.getString("Code"));
  }

  /** A long element is spread over several dead letters: only the first one of each counts. */
  private long wholeDeadLetters(String contentId) {
    return arrivals.deadLetters().getOrDefault(contentId, List.of()).stream()
        .filter(letter -> letter.getInt64("BytesOffset") == 0)
        .count();
  }

  private Map<BlobEvent, Long> expectedEvents() {
    Map<BlobEvent, Long> events = new HashMap<>();
    for (PublishedBlob blob : blobs) {
      if (scene.expectations().lossOf(blob.contentId()).isPresent()) {
        continue;
      }
      Set<Integer> refused = scene.expectations().refusedOf(blob.contentId());
      List<String> ids = blob.eventIds();
      for (int index = 0; index < ids.size(); index++) {
        if (!refused.contains(index)) {
          events.merge(new BlobEvent(blob.contentId(), ids.get(index)), 1L, Long::sum);
        }
      }
    }
    return events;
  }

  /** What is more often in the one than in the other, some of it. */
  private static List<String> beyond(Map<BlobEvent, Long> one, Map<BlobEvent, Long> other) {
    return one.entrySet().stream()
        .filter(event -> event.getValue() > other.getOrDefault(event.getKey(), 0L))
        .map(event -> event.getKey() + " " + event.getValue() + " times")
        .limit(SHOWN)
        .toList();
  }
}
