package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.feed.offset.FeedProgress;
import io.github.auditstream.connect.office365.status.BlobFacts;
import io.github.auditstream.connect.office365.status.DeadLetter;
import io.github.auditstream.connect.office365.status.Elements;
import io.github.auditstream.connect.office365.status.FeedStatus;
import io.github.auditstream.connect.office365.status.Receipt;
import io.github.auditstream.connect.office365.status.Receipt.Outcome;
import io.github.auditstream.connect.office365.status.ReplayRequest;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of receipts, dead letters, status records and events. */
class JudgementTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final FeedName FEED = new FeedName(TENANT, "Audit.Exchange");
  private static final Judgement.CutOff WHOLE =
      new Judgement.CutOff(Instant.MIN, Instant.MIN, List.of());
  private static final Judgement.Scope ALL = new Judgement.Scope(Optional.empty(), false);

  @TempDir private Path folder;
  private Accounts accounts;
  private Instant readAt = NOON;

  @BeforeEach
  void openAccounts() throws Exception {
    Path worker =
        Files.writeString(
            folder.resolve("worker.properties"),
            """
            bootstrap.servers=localhost:1
            key.converter=org.apache.kafka.connect.storage.StringConverter
            value.converter=org.apache.kafka.connect.storage.StringConverter
            """);
    accounts =
        new Accounts(
            new TopicSettings("o", "o.receipts", "o.status", "o.deadletter"),
            RecordDecoder.create(WorkerFile.read(worker), new ConnectorFile(Map.of())));
  }

  private static BlobFacts facts(String contentId) {
    return new BlobFacts(
        TENANT,
        "Audit.Exchange",
        contentId,
        "https://manage.office.com/" + contentId,
        NOON.minus(Duration.ofHours(2)).toString(),
        NOON.plus(Duration.ofDays(5)).toString());
  }

  private void receipt(String contentId, Outcome outcome, long found, long produced, long dead) {
    receipt(contentId, outcome, found, produced, dead, null);
  }

  private void receipt(
      String contentId, Outcome outcome, long found, long produced, long dead, ReplayRequest of) {
    Receipt receipt =
        new Receipt(
            facts(contentId),
            outcome,
            readAt,
            1,
            100,
            Optional.empty(),
            found,
            produced,
            dead,
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(of));
    accounts.receipt(ReadReceipt.of(Fields.of(receipt.toStruct(), "a receipt")));
  }

  private void letter(String contentId, DeadLetter.Scope scope, long index, ReplayRequest of) {
    DeadLetter letter =
        new DeadLetter(
            facts(contentId),
            scope,
            index,
            "REFUSED",
            "a reason",
            0,
            "",
            1,
            NOON,
            ByteBuffer.wrap(new byte[10]),
            10,
            Optional.ofNullable(of));
    // In several parts, as a long one is.
    letter
        .toStructs(4)
        .forEach(part -> accounts.letter(ReadLetter.of(Fields.of(part, "a dead letter"))));
  }

  private void events(String contentId, int number) {
    for (int i = 0; i < number; i++) {
      accounts.event(FEED, contentId, NOON.minus(Duration.ofHours(3)).toEpochMilli());
    }
  }

  private void status(Instant completeUntil, int waiting, int parked, FeedStatus.Gap gap) {
    status(completeUntil, completeUntil, waiting, parked, gap, Optional.empty());
  }

  private void status(
      Instant completeUntil,
      Instant listedUntil,
      int waiting,
      int parked,
      FeedStatus.Gap gap,
      Optional<Instant> readFrom) {
    FeedStatus status =
        new FeedStatus(
            TENANT,
            "Audit.Exchange",
            FeedStatus.State.RUNNING,
            FeedStatus.Subscription.ENABLED,
            NOON,
            listedUntil,
            completeUntil,
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            waiting,
            parked,
            Optional.ofNullable(gap),
            Optional.empty(),
            Optional.empty(),
            0,
            readFrom,
            FeedStatus.Notes.NONE);
    accounts.status(Fields.of(status.toStruct(), "a status record"));
  }

  private static ReplayRequest replay(int number, String elements) {
    return new ReplayRequest(NOON.plusSeconds(60L * number), Elements.parse(elements));
  }

  private Report judged() {
    return Judgement.of(accounts, ALL, WHOLE, Optional.empty());
  }

  private static List<String> wrongs(Report report) {
    return report.wrong().stream().map(Report.Wrong::what).toList();
  }

  private void assertWrong(String... words) {
    Report report = judged();
    assertThat(report.status()).isEqualTo(Program.WRONG);
    assertThat(wrongs(report)).hasSize(words.length);
    for (int i = 0; i < words.length; i++) {
      assertThat(wrongs(report).get(i)).contains(words[i]);
    }
  }

  @Test
  void deadLettersAreNotAnError() {
    receipt("a", Outcome.PRODUCED, 5, 3, 2);
    letter("a", DeadLetter.Scope.EVENT, 1, null);
    letter("a", DeadLetter.Scope.EVENT, 4, null);
    events("a", 3);

    Report report = judged();

    assertThat(wrongs(report)).isEmpty();
    assertThat(report.total().all()).containsExactly(1L, 5L, 3L, 2L, 0L, 0L, 0L);
    assertThat(report.verdict()).startsWith("Everything adds up: 1 blobs, 5 events found = 3");
  }

  @Test
  void missingEventsAndDeadLettersAreReported() {
    receipt("a", Outcome.PRODUCED, 5, 3, 2);
    letter("a", DeadLetter.Scope.EVENT, 1, null);
    events("a", 2);

    assertWrong("1 events are missing", "1 of its dead letters are missing");
    assertThat(judged().total().get(Report.Count.MISSING)).isEqualTo(1);
  }

  @Test
  void duplicatesAreAnErrorUnlessAllowed() {
    receipt("a", Outcome.PRODUCED, 2, 2, 0);
    receipt("a", Outcome.PRODUCED, 2, 2, 0);
    events("a", 4);
    receipt("b", Outcome.PRODUCED, 2, 2, 0);
    events("b", 3);

    assertThat(wrongs(judged()))
        .anyMatch(what -> what.contains("it has 2 receipts"))
        .anyMatch(what -> what.contains("1 events more than its receipts say"));
    Report allowed =
        Judgement.of(
            accounts, new Judgement.Scope(Optional.empty(), true), WHOLE, Optional.empty());
    assertThat(allowed.status()).isEqualTo(Program.OK);
    assertThat(allowed.total().all()).containsExactly(2L, 4L, 4L, 0L, 0L, 0L, 2L);
  }

  @Test
  void anInconsistentReceiptIsAnError() {
    receipt("a", Outcome.PRODUCED, 5, 3, 1);
    letter("a", DeadLetter.Scope.EVENT, 1, null);
    events("a", 3);

    assertWrong("does not add up in itself");
  }

  @Test
  void aLostBlobStaysLostUntilItsRestIsReplayed() {
    receipt("a", Outcome.LOST, 4, 3, 2);
    letter("a", DeadLetter.Scope.EVENT, 2, null);
    letter("a", DeadLetter.Scope.BLOB, 4, null);
    events("a", 3);
    assertWrong("lost: ");
    assertThat(judged().total().all()).containsExactly(1L, 4L, 3L, 1L, 1L, 0L, 0L);

    receipt("a", Outcome.REPLAYED, 7, 7, 0, replay(1, "2,4-"));
    events("a", 7);

    assertThat(judged().status()).isEqualTo(Program.OK);
    assertThat(judged().total().all()).containsExactly(1L, 10L, 10L, 0L, 0L, 0L, 0L);
  }

  @Test
  void anInterruptedReplayLeavesTheRestLost() {
    receipt("a", Outcome.PRODUCED, 9, 6, 3);
    List.of(1, 4, 7).forEach(index -> letter("a", DeadLetter.Scope.EVENT, index, null));
    events("a", 6);
    receipt("a", Outcome.LOST, 1, 1, 1, replay(1, "1,4,7"));
    letter("a", DeadLetter.Scope.BLOB, 4, replay(1, "1,4,7"));
    events("a", 1);
    assertWrong("lost: ");

    receipt("a", Outcome.REPLAYED, 2, 1, 1, replay(2, "4,7"));
    letter("a", DeadLetter.Scope.EVENT, 7, replay(2, "4,7"));
    events("a", 1);

    assertThat(wrongs(judged())).isEmpty();
    assertThat(judged().total().all()).containsExactly(1L, 9L, 8L, 1L, 0L, 0L, 0L);
  }

  @Test
  void aBlobWithoutAReceiptIsMissingUnlessItMayBeParked() {
    receipt("done", Outcome.PRODUCED, 1, 1, 0);
    events("done", 1);
    events("half", 2);
    assertWrong("no receipt: 2 of its events");
    assertThat(judged().result().table().rows()).anyMatch(row -> row.contains("unknown"));

    status(NOON, 0, 1, null);
    assertThat(judged().status()).isEqualTo(Program.OK);
    assertThat(judged().notes()).anyMatch(note -> note.contains("1 blobs are not finished yet"));

    events("another", 1);
    assertWrong("no receipt", "no receipt");
    FeedProgress half =
        new FeedProgress(Set.of("half"), (contentId, created) -> true, Optional.empty());
    Report asked = Judgement.of(accounts, ALL, WHOLE, Optional.of(Map.of(FEED, half)));
    assertThat(asked.wrong())
        .extracting(wrong -> wrong.contentId().orElse(""))
        .containsOnly("another");
  }

  @Test
  void aListedBlobIsMissingOnlyWhereTheFeedTakesItForDone() {
    status(NOON.minus(Duration.ofDays(1)), 0, 0, null);
    status(NOON.minus(Duration.ofHours(1)), 0, 0, null);
    accounts.addListed(FEED, "before the feed began", NOON.minus(Duration.ofDays(2)));
    accounts.addListed(FEED, "not due yet", NOON);
    assertThat(judged().wrong()).isEmpty();

    accounts.addListed(FEED, "forgotten", NOON.minus(Duration.ofHours(3)));

    assertWrong("missing: the API lists it");
  }

  @Test
  void receiptsDeletedByRetentionAreNotMissing() {
    events("old", 2);
    receipt("new", Outcome.PRODUCED, 1, 1, 0);
    events("new", 1);
    Judgement.CutOff cutOff = new Judgement.CutOff(NOON, NOON, List.of());

    Report report = Judgement.of(accounts, ALL, cutOff, Optional.empty());

    assertThat(report.status()).isEqualTo(Program.OK);
    assertThat(report.notes()).anyMatch(note -> note.contains("older than the receipts"));
  }

  @Test
  void withoutReceiptsMissingBlobsAreUnknown() {
    receipt("new", Outcome.PRODUCED, 1, 1, 0);
    events("new", 1);
    Judgement.CutOff cutOff = new Judgement.CutOff(Instant.MAX, Instant.MIN, List.of());
    assertThat(Judgement.of(accounts, ALL, cutOff, Optional.empty()).status())
        .isEqualTo(Program.OK);

    events("without a receipt", 2);

    Report report = Judgement.of(accounts, ALL, cutOff, Optional.empty());
    assertThat(report.status()).isEqualTo(Program.FAILED);
    assertThat(report.notes()).anyMatch(note -> note.contains("1 blobs"));
  }

  @Test
  void eventsDeletedByRetentionAreReportedWithAHint() {
    receipt("a", Outcome.PRODUCED, 2, 2, 0);
    events("a", 1);
    Judgement.CutOff cutOff = new Judgement.CutOff(Instant.MIN, Instant.MIN, List.of("o.exchange"));

    assertThat(wrongs(Judgement.of(accounts, ALL, cutOff, Optional.empty())))
        .anyMatch(what -> what.contains("o.exchange are gone"));
    Judgement.Scope since = new Judgement.Scope(Optional.of(NOON), false);
    assertThat(Judgement.of(accounts, since, cutOff, Optional.empty()).wrong()).isEmpty();
  }

  @Test
  void aGapIsReported() {
    status(NOON, 0, 0, new FeedStatus.Gap(NOON.minusSeconds(3600), NOON.minusSeconds(1800)));

    assertWrong("content created from 2026-11-21T11:00:00Z until 2026-11-21T11:30:00Z expired");
  }

  @Test
  void contentCreatedLaterIsNotChecked() {
    events("half", 1);
    accounts.readBeyondEnd();
    events("later", 3);
    receipt("half", Outcome.PRODUCED, 2, 2, 0);
    events("half", 1);

    assertThat(judged().status()).isEqualTo(Program.OK);
    assertThat(judged().total().get(Report.Count.BLOBS)).isEqualTo(1);
  }

  @Test
  void aRemovedReceiptIsReportedAsMissing() {
    receipt("a", Outcome.PRODUCED, 2, 2, 0);
    events("a", 2);
    accounts.feed(FEED).blob("a").forgetReceipts();

    assertWrong("no receipt");
  }

  @Test
  void theVerdictOfAFailureDistinguishesReceiptsFromRecords() {
    receipt("a", Outcome.PRODUCED, 100, 100, 0);
    events("a", 60);

    assertThat(judged().status()).isEqualTo(Program.WRONG);
    assertThat(judged().verdict()).doesNotContain("= 100 in their topics").contains("60");
  }

  @Test
  void numbersAreWrittenInAsciiDigitsUnderEveryLocale() {
    receipt("a", Outcome.PRODUCED, 5, 5, 0);
    events("a", 3);
    receipt("b", Outcome.PRODUCED, 1, 1, 0);
    events("b", 2);
    events("c", 7);
    receipt("d", Outcome.PRODUCED, 1, 1, 0);
    receipt("d", Outcome.PRODUCED, 1, 1, 0);
    letter("d", DeadLetter.Scope.EVENT, 1, null);
    status(NOON, 4, 0, new FeedStatus.Gap(NOON.minusSeconds(3600), NOON.minusSeconds(1800)));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Report report = judged();
      List<String> texts = new ArrayList<>(wrongs(report));
      texts.addAll(report.notes());
      texts.add(report.verdict());

      assertThat(texts)
          .allSatisfy(text -> assertThat(text).matches("\\p{ASCII}+"))
          .anyMatch(text -> text.contains("the topics hold 3"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void listedBlobsBeforeTheFirstReceiptAreNotExcused() {
    status(NOON.minus(Duration.ofHours(1)), 0, 0, null);
    receipt("late", Outcome.PRODUCED, 1, 1, 0);
    events("late", 1);
    accounts.addListed(FEED, "late", NOON.minus(Duration.ofHours(2)));
    accounts.addListed(FEED, "early", NOON.minus(Duration.ofHours(30)));

    assertThat(judged().status()).isNotEqualTo(Program.OK);
    assertThat(judged().verdict()).doesNotContain("Everything adds up");
  }

  @Test
  void theBeginningThatTheFeedSaysIsNotMovedByLostRecords() {
    Instant began = NOON.minus(Duration.ofDays(3));
    status(NOON.minus(Duration.ofHours(1)), NOON, 0, 0, null, Optional.of(began));
    receipt("late", Outcome.PRODUCED, 1, 1, 0);
    events("late", 1);
    accounts.addListed(FEED, "not the feed's", began.minusSeconds(1));
    assertThat(judged().status()).isEqualTo(Program.OK);
    assertThat(judged().notes())
        .anyMatch(note -> note.contains("1 blobs from before the feed's beginning"))
        .anyMatch(note -> note.contains("If topic.prefix was changed"));

    accounts.addListed(FEED, "early", began);

    assertWrong("missing: the API lists it");
  }

  @Test
  void listedBlobsOfASilentFeedAreNotExcused() {
    accounts.addListed(FEED, "a", NOON.minus(Duration.ofHours(2)));

    assertThat(judged().status()).isEqualTo(Program.FAILED);
    assertThat(judged().notes()).anyMatch(note -> note.contains("no status record says"));
  }

  @Test
  void listedBlobsOlderThanTheRemainingReceiptsAreNotExcused() {
    status(NOON, NOON, 0, 0, null, Optional.of(NOON.minus(Duration.ofDays(3))));
    accounts.addListed(FEED, "a", NOON.minus(Duration.ofDays(2)));
    Judgement.CutOff cutOff =
        new Judgement.CutOff(NOON.minus(Duration.ofDays(1)), Instant.MIN, List.of());

    Report report = Judgement.of(accounts, ALL, cutOff, Optional.empty());

    assertThat(report.status()).isEqualTo(Program.FAILED);
    Judgement.Scope since = new Judgement.Scope(Optional.of(NOON.minus(Duration.ofDays(1))), false);
    assertThat(Judgement.of(accounts, since, cutOff, Optional.empty()).status())
        .isEqualTo(Program.OK);
  }

  @Test
  void blobsListedInsideTheOverlapAreDecidedByTheOffset() {
    Instant began = NOON.minus(Duration.ofDays(3));
    status(NOON.minus(Duration.ofHours(6)), NOON, 1, 0, null, Optional.of(began));
    accounts.addListed(FEED, "waiting", NOON.minus(Duration.ofHours(2)));
    assertThat(judged().status()).isEqualTo(Program.OK);
    assertThat(judged().verdict()).contains("1 blobs that the API lists are not read yet");

    accounts.addListed(FEED, "settled", NOON.minus(Duration.ofHours(3)));
    assertThat(judged().status()).isEqualTo(Program.FAILED);
    assertThat(judged().mayPass()).isTrue();

    FeedProgress offset =
        new FeedProgress(
            Set.of(), (contentId, created) -> contentId.equals("settled"), Optional.of(began));
    Report asked = Judgement.of(accounts, ALL, WHOLE, Optional.of(Map.of(FEED, offset)));
    assertThat(asked.wrong())
        .extracting(wrong -> wrong.contentId().orElse(""))
        .containsExactly("settled");
  }

  @Test
  void aBlobThatWasLostIsNotLostOnceItHasBeenReadAgain() {
    receipt("a", Outcome.LOST, 2, 2, 1);
    letter("a", DeadLetter.Scope.BLOB, 2, null);
    events("a", 2);
    assertWrong("lost: ");
    readAt = NOON.plusSeconds(60);
    receipt("a", Outcome.PRODUCED, 3, 3, 0);
    events("a", 3);

    Report allowed =
        Judgement.of(
            accounts, new Judgement.Scope(Optional.empty(), true), WHOLE, Optional.empty());

    assertThat(wrongs(allowed)).isEmpty();
  }

  private void dropped(long records) {
    Map<String, Object> status =
        Map.of(
            "Tenant",
            TENANT,
            "ContentType",
            "Audit.Exchange",
            "State",
            "RUNNING",
            "Time",
            NOON.toString(),
            "ListedUntil",
            NOON.toString(),
            "CompleteUntil",
            NOON.toString(),
            "WaitingBlobs",
            0,
            "ParkedBlobs",
            0,
            "DroppedRecords",
            records);
    accounts.status(Fields.of(status, "a status record"));
  }

  @Test
  void nothingAddsUpWithoutTheApiWhereConnectHasDroppedRecords() {
    dropped(7);
    Report asked = judged();
    Report unasked = judged();

    asked.dropped(FEED, accounts.feed(FEED).dropped(), true);
    unasked.dropped(FEED, accounts.feed(FEED).dropped(), false);

    assertThat(asked.status()).isEqualTo(Program.OK);
    assertThat(asked.notes()).anyMatch(note -> note.contains("dropped 7 of its records"));
    assertThat(unasked.status()).isEqualTo(Program.FAILED);
  }

  @Test
  void filteredEventsAreReportedWithDroppedRecords() {
    receipt("a", Outcome.PRODUCED, 3, 3, 0);
    events("a", 1);
    assertThat(wrongs(judged())).noneMatch(what -> what.contains("dropped"));

    dropped(2);

    assertThat(wrongs(judged()))
        .singleElement()
        .asString()
        .startsWith("2 events are missing")
        .contains("Kafka Connect has dropped 2 records of this feed", "a transform that filters");
  }

  @Test
  void aDeadFeedIsNotTakenForOneThatIsBehind() {
    Instant dead = NOON.minus(Duration.ofDays(3));
    Optional<Instant> began = Optional.of(NOON.minus(Duration.ofDays(9)));
    FeedName other = new FeedName(TENANT, "Audit.General");
    status(dead, dead, 0, 0, null, began);
    for (int i = 0; i < 1_000; i++) {
      accounts.addListed(FEED, "blob " + i, NOON.minus(Duration.ofHours(60)));
    }
    Report behind = judged();
    Report silent = judged();
    Report notRead = judged();

    SilentFeeds.report(accounts, Set.of(FEED, other), NOON.plus(Duration.ofMinutes(15)), behind);
    SilentFeeds.report(accounts, Set.of(FEED, other), NOON.plus(Duration.ofMinutes(16)), silent);
    // A feed that the connector has no longer leaves its last status record behind.
    SilentFeeds.report(accounts, Set.of(other), NOON.plus(Duration.ofDays(30)), notRead);

    assertThat(behind.status()).isEqualTo(Program.OK);
    assertThat(behind.verdict())
        .startsWith("Everything that was read adds up: ")
        .contains("1000 blobs that the API lists are not read yet");
    assertThat(silent.status()).isEqualTo(Program.FAILED);
    assertThat(silent.notes())
        .anyMatch(
            note ->
                note.equals(
                    FEED
                        + ": its last status record is of 2026-11-21T12:00:00Z, and one is due"
                        + " every five minutes; does the connector run?"));
    assertThat(notRead.status()).isEqualTo(Program.OK);
  }

  @Test
  void anOffsetAloneDoesNotSayThatAFeedRuns() {
    accounts.addListed(FEED, "not read", NOON.minus(Duration.ofHours(2)));
    FeedProgress offset =
        new FeedProgress(
            Set.of(), (contentId, created) -> false, Optional.of(NOON.minus(Duration.ofDays(3))));
    accounts.feed(FEED).readFrom(NOON.minus(Duration.ofDays(3)));

    Report asked = Judgement.of(accounts, ALL, WHOLE, Optional.of(Map.of(FEED, offset)));

    assertThat(asked.status()).isEqualTo(Program.FAILED);
    assertThat(asked.notes()).anyMatch(note -> note.contains("no status record says that"));
  }

  @Test
  void aParkedBlobExcusesOneListedBlobOnly() {
    Optional<Instant> began = Optional.of(NOON.minus(Duration.ofDays(3)));
    status(NOON.minus(Duration.ofHours(6)), NOON, 0, 2, null, began);
    accounts.addListed(FEED, "due", NOON.minus(Duration.ofHours(8)));
    accounts.addListed(FEED, "in the overlap", NOON.minus(Duration.ofHours(2)));
    assertThat(judged().status()).isEqualTo(Program.OK);

    accounts.addListed(FEED, "due too", NOON.minus(Duration.ofHours(7)));

    Report report = judged();
    assertThat(report.status()).isEqualTo(Program.FAILED);
    assertThat(report.notes())
        .anyMatch(note -> note.contains("2 blobs are not finished yet"))
        .anyMatch(note -> note.contains("1 blobs that the API lists have no receipt"));
  }

  @Test
  void aGapBeforeTheOldestRemainingReceiptIsNoLongerAnError() {
    status(NOON, 0, 0, new FeedStatus.Gap(NOON.minusSeconds(3600), NOON.minusSeconds(1800)));
    receipt("new", Outcome.PRODUCED, 1, 1, 0);
    events("new", 1);
    assertThat(judgedWithReceiptsFrom(NOON.minusSeconds(1800)).status()).isEqualTo(Program.WRONG);
    assertThat(judgedWithReceiptsFrom(Instant.MAX).status()).isEqualTo(Program.WRONG);

    Report report = judgedWithReceiptsFrom(NOON.minusSeconds(1799));

    assertThat(report.status()).isEqualTo(Program.OK);
    assertThat(report.notes())
        .anyMatch(
            note -> note.contains("until 2026-11-21T11:30:00Z expired before it could be listed"));
  }

  private Report judgedWithReceiptsFrom(Instant time) {
    return Judgement.of(
        accounts, ALL, new Judgement.CutOff(time, Instant.MIN, List.of()), Optional.empty());
  }

  @Test
  void aRefusedEntryIsOneErrorEvenIfTheApiListsABlobOfItsName() {
    status(NOON, NOON, 0, 0, null, Optional.of(NOON.minus(Duration.ofDays(3))));
    new DeadLetter(
            facts("far off"),
            DeadLetter.Scope.ENTRY,
            3,
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
        .forEach(part -> accounts.letter(ReadLetter.of(Fields.of(part, "a dead letter"))));
    accounts.addListed(FEED, "far off", NOON.minus(Duration.ofHours(2)));

    assertWrong("1 entries of listings describe no content blob");
  }
}
