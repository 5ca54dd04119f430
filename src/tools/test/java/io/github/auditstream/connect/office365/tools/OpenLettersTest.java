package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.status.BlobFacts;
import io.github.auditstream.connect.office365.status.DeadLetter;
import io.github.auditstream.connect.office365.status.DeadLetter.Scope;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.Receipt;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which dead letters are open, after which replays. */
class OpenLettersTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final BlobFacts FACTS =
      new BlobFacts(
          TENANT,
          "Audit.Exchange",
          "blob",
          "https://manage.office.com/blob",
          NOON.minusSeconds(60).toString(),
          NOON.plusSeconds(60).toString());

  private final OpenLetters letters =
      new OpenLetters(new TopicSettings("o", "o.receipts", "o.status", "o.deadletter"));

  private void letter(Scope scope, long index, int minute, ReplayRequest of) {
    new DeadLetter(
            FACTS,
            scope,
            index,
            "REFUSED",
            "a reason",
            0,
            "",
            1,
            NOON.plusSeconds(60L * minute),
            ByteBuffer.allocate(0),
            0,
            Optional.ofNullable(of))
        .toStructs(10)
        .forEach(part -> letters.add("o.deadletter", Fields.of(part, "a dead letter")));
  }

  private ReplayRequest replayed(int minute, String elements) {
    ReplayRequest replay = replay(minute, elements);
    Receipt receipt =
        new Receipt(
            FACTS,
            Receipt.Outcome.REPLAYED,
            NOON.plusSeconds(60L * minute + 30),
            1,
            0,
            Optional.empty(),
            1,
            1,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.of(replay));
    letters.add("o.receipts", Fields.of(receipt.toStruct(), "a receipt"));
    return replay;
  }

  private static ReplayRequest replay(int minute, String elements) {
    return new ReplayRequest(NOON.plusSeconds(60L * minute), Elements.parse(elements));
  }

  private String open() {
    return letters.open().values().stream()
        .flatMap(list -> list.stream())
        .map(wanted -> wanted.elements().text())
        .findFirst()
        .orElse("");
  }

  @Test
  void elementsAndTheRestOfABlobAreWantedTogether() {
    letter(Scope.EVENT, 3, 0, null);
    letter(Scope.EVENT, 17, 0, null);
    letter(Scope.BLOB, 20, 1, null);

    assertThat(open()).isEqualTo("3,17,20-");
    assertThat(letters.latest()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void aReplaySettlesWhatItWasAskedForOnceItHasAReceipt() {
    letter(Scope.EVENT, 3, 0, null);
    letter(Scope.EVENT, 17, 0, null);
    letter(Scope.EVENT, 17, 5, replay(5, "17"));
    assertThat(open()).isEqualTo("3,17");

    replayed(6, "3,17");

    assertThat(open()).isEmpty();
  }

  @Test
  void whatAReplayCouldNotReadIsOpenAgain() {
    letter(Scope.EVENT, 3, 0, null);
    letter(Scope.EVENT, 7, 0, null);
    letter(Scope.EVENT, 17, 0, null);
    ReplayRequest replay = replayed(5, "3,7,17");
    letter(Scope.BLOB, 7, 6, replay);
    assertThat(open()).isEqualTo("7,17");

    replayed(9, "7");

    assertThat(open()).isEqualTo("17");
  }

  @Test
  void aDeadLetterAfterTheReplayIsNotSettledByIt() {
    letter(Scope.EVENT, 3, 0, null);
    replayed(5, "3");
    letter(Scope.EVENT, 3, 9, null);

    assertThat(open()).isEqualTo("3");
  }

  @Test
  void aLaterReadingOfTheWholeBlobSettlesWhatAnEarlierOneLeft() {
    letter(Scope.EVENT, 3, 0, null);
    letter(Scope.BLOB, 7, 1, null);
    read(Receipt.Outcome.LOST, 1);
    assertThat(open()).isEqualTo("3,7-");

    // The feed was rewound and reads the blob again; one element still is refused.
    letter(Scope.EVENT, 3, 10, null);
    read(Receipt.Outcome.PRODUCED, 10);
    assertThat(open()).isEqualTo("3");

    read(Receipt.Outcome.PRODUCED, 20);

    assertThat(open()).isEmpty();
  }

  @Test
  void anInterruptedReplayIsSettledByALaterReadingToo() {
    letter(Scope.EVENT, 3, 0, null);
    read(Receipt.Outcome.PRODUCED, 0);
    ReplayRequest replay = replayed(5, "3");
    letter(Scope.EVENT, 3, 6, replay);
    assertThat(open()).isEqualTo("3");

    read(Receipt.Outcome.PRODUCED, 20);

    assertThat(open()).isEmpty();
  }

  private void read(Receipt.Outcome outcome, int minute) {
    Receipt receipt =
        new Receipt(
            FACTS,
            outcome,
            NOON.plusSeconds(60L * minute),
            1,
            0,
            Optional.empty(),
            7,
            7,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    letters.add("o.receipts", Fields.of(receipt.toStruct(), "a receipt"));
  }

  @Test
  void entriesOfListingsAreSkippedWithAMessage() {
    FeedName feed = new FeedName(TENANT, "Audit.Exchange");
    Set<String> all = Set.of();
    assertThat(passedOver(all, all)).isEmpty();
    entry("", 0);
    // The same one in several parts, and another of the same page.
    entry("", 1);
    entry("named", 1);
    letter(Scope.EVENT, 3, 0, null);

    assertThat(passedOver(all, all))
        .contains(
            "Passed over: 3 dead letters of Scope ENTRY. They are entries of listings that name no"
                + " blob that could be read again; their Reason says why");
    assertThat(passedOver(Set.of(feed.tenant()), all).orElse("")).contains("3 dead letters");
    assertThat(passedOver(Set.of("another"), all)).isEmpty();
    assertThat(passedOver(all, Set.of("named")).orElse("")).contains("1 dead letters");
    assertThat(open()).isEqualTo("3");
  }

  @Test
  void anEntryWhoseBlobWasReadFromAValidListingIsNotSkipped() {
    entry("blob", 0);

    read(Receipt.Outcome.PRODUCED, 5);

    assertThat(passedOver(Set.of(), Set.of())).isEmpty();
  }

  private Optional<String> passedOver(Set<String> tenants, Set<String> contentIds) {
    return ReplayChoice.passedOver(
        letters.entries(), new ReplayChoice.Meant(tenants, Set.of(), contentIds));
  }

  private void entry(String contentId, long index) {
    new DeadLetter(
            new BlobFacts(TENANT, "Audit.Exchange", contentId, "", "", ""),
            Scope.ENTRY,
            index,
            "REFUSED",
            "a reason",
            200,
            "",
            3,
            NOON,
            ByteBuffer.wrap(new byte[10]),
            10,
            Optional.empty())
        .toStructs(4)
        .forEach(part -> letters.add("o.deadletter", Fields.of(part, "a dead letter")));
  }
}
