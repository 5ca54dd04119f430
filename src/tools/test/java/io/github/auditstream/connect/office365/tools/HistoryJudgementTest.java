package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.auditstream.connect.office365.config.TopicSettings;
import io.github.auditstream.connect.office365.status.BlobFacts;
import io.github.auditstream.connect.office365.status.DeadLetter;
import io.github.auditstream.connect.office365.status.HistoryStatus;
import io.github.auditstream.connect.office365.tools.HistoryAccount.Day;
import io.github.auditstream.connect.office365.tools.HistoryAccount.Origin;
import io.github.auditstream.connect.office365.tools.HistoryReport.Count;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is made of the ledger, and of events that are not the live connector's. */
class HistoryJudgementTest {
  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final Instant DAY = Instant.parse("2026-09-01T00:00:00Z");
  private static final Instant NEXT = DAY.plus(Duration.ofDays(1));
  private static final Instant NOON = DAY.plus(Duration.ofHours(12));
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Day PLACE = Day.of(TENANT, DAY.toEpochMilli());
  private static final Judgement.Scope ALL = new Judgement.Scope(Optional.empty(), false);
  private static final Judgement.CutOff WHOLE =
      new Judgement.CutOff(Instant.MIN, Instant.MIN, List.of());

  private final HistoryAccount history = new HistoryAccount();

  private void slice(Instant from, Instant until, String state, long records, String reason) {
    slice(from, until, List.of(), state, records, reason);
  }

  private void slice(
      Instant from, Instant until, List<String> types, String state, long records, String reason) {
    put(
        new HistoryStatus(
            HistoryStatus.Kind.SLICE,
            TENANT + "/" + from + "/" + until + types,
            Optional.of(TENANT),
            Optional.of(new HistoryStatus.Span(from, until)),
            types,
            Optional.empty(),
            state,
            NOW,
            Optional.of(new HistoryStatus.Query("query-" + from, 1)),
            new HistoryStatus.Counts(records, records, 0, 0),
            Optional.empty(),
            reason.isEmpty() ? Optional.empty() : Optional.of(reason)));
  }

  private void tenant(String state, int slices, int done, Instant time, String reason) {
    put(
        new HistoryStatus(
            HistoryStatus.Kind.TENANT,
            TENANT,
            Optional.of(TENANT),
            Optional.of(new HistoryStatus.Span(DAY, NEXT)),
            List.of(),
            Optional.empty(),
            state,
            time,
            Optional.empty(),
            new HistoryStatus.Counts(0, 0, 0, 0),
            Optional.of(new HistoryStatus.Progress(slices, done, 0, 1, OptionalLong.empty())),
            reason.isEmpty() ? Optional.empty() : Optional.of(reason)));
  }

  private void file(String name, String state, String reason) {
    put(
        new HistoryStatus(
            HistoryStatus.Kind.FILE,
            "import/" + name,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(name),
            state,
            NOW,
            Optional.empty(),
            new HistoryStatus.Counts(0, 0, 0, 0),
            Optional.empty(),
            reason.isEmpty() ? Optional.empty() : Optional.of(reason)));
  }

  private void put(HistoryStatus status) {
    history.entry(status.key(), LedgerEntry.of(Fields.of(status.toStruct(), "a ledger entry")));
  }

  private void events(Origin origin, int first, int number) {
    for (int i = first; i < first + number; i++) {
      history.event(origin, PLACE, Optional.of("event-" + i));
    }
  }

  private Report judge() {
    return judge(ALL, WHOLE);
  }

  private Report judge(Judgement.Scope scope, Judgement.CutOff cutOff) {
    Report report = new Report();
    new HistoryJudgement(history, scope, cutOff, NOW, report).judge();
    return report;
  }

  private static String onlyWrong(Report report) {
    assertThat(report.status()).isEqualTo(Program.WRONG);
    assertThat(report.wrong()).hasSize(1);
    return report.wrong().get(0).toString();
  }

  @Test
  void aDayAddsUpWhoeverHasSentItsEvents() {
    slice(DAY, NEXT, "DONE", 10, "");
    tenant("DONE", 1, 1, NOW, "");
    events(Origin.HISTORY, 0, 6);
    events(Origin.IMPORT, 6, 1);
    for (int i = 0; i < 3; i++) {
      history.live(PLACE);
    }

    Report report = judge();

    assertThat(report.status()).isEqualTo(Program.OK);
    assertThat(report.verdict())
        .startsWith("Everything adds up")
        .endsWith(
            "History: 1 of 1 slices done, 6 events of queries and 1 of export files in their"
                + " topics.");
    assertThat(report.history().total(Count.LIVE)).isEqualTo(3);
    assertThat(report.history().total(Count.RECORDS)).isEqualTo(10);
    assertThat(report.history().total(Count.MISSING)).isZero();
  }

  @Test
  void whatTheLedgerPromisesAndTheTopicsLackIsMissing() {
    slice(DAY, NEXT, "DONE", 10, "");
    events(Origin.HISTORY, 0, 8);

    assertThat(onlyWrong(judge()))
        .startsWith(TENANT + "/history: 2 events of 2026-09-01 are missing")
        .contains("10 records were offered, the topics hold 8");
    assertThat(
            onlyWrong(
                judge(ALL, new Judgement.CutOff(Instant.MIN, Instant.MIN, List.of("o.exchange")))))
        .contains("The first records of o.exchange are gone", "--since");
    assertThat(judge(new Judgement.Scope(Optional.of(NEXT), false), WHOLE).status())
        .isEqualTo(Program.OK);
  }

  @Test
  void aDeadLetterIsOfItsQuerysDayAndIsNotMissing() {
    slice(DAY, NEXT, "DONE", 10, "");
    events(Origin.HISTORY, 0, 9);
    history.letter(TENANT, "query-" + DAY);
    history.letter("", "export.csv");

    Report report = judge();

    assertThat(report.status()).isEqualTo(Program.OK);
    assertThat(report.result().second().orElseThrow().rows())
        .extracting(row -> row.get(0), row -> row.get(1), row -> row.get(11))
        .containsExactly(tuple("unknown", "unknown", "1"), tuple(TENANT, "2026-09-01", "1"));
  }

  @Test
  void whatOverlappingSlicesHaveBothOfferedIsThereOnce() {
    slice(DAY, NEXT, "DONE", 10, "");
    slice(DAY, NOON, "DONE", 10, "");
    events(Origin.HISTORY, 0, 10);

    assertThat(judge().status()).isEqualTo(Program.OK);
  }

  @Test
  void anIncompleteSliceIsNamedWithWhatToDo() {
    slice(DAY, NEXT, "INCOMPLETE", 0, "Microsoft reports the query as failed");

    assertThat(onlyWrong(judge()))
        .contains("the slice from 2026-09-01T00:00:00Z until 2026-09-02T00:00:00Z is incomplete")
        .contains("Microsoft reports the query as failed")
        .contains("history.from and history.until");
  }

  @Test
  void aTroubledTenantIsNamed() {
    tenant("TROUBLED", 5, 5, NOW, "the permission is missing");

    assertThat(onlyWrong(judge())).contains(TENANT, "the permission is missing");
  }

  @Test
  void anUnreadableFileIsNamed() {
    file("broken.csv", "INCOMPLETE", "it has no column AuditData");
    file("odd.csv", "DONE", "a spreadsheet has cut texts off");

    Report report = judge();

    assertThat(onlyWrong(report))
        .startsWith("import: export file broken.csv is not read: it has no column AuditData");
    assertThat(report.notes())
        .containsExactly("import: export file odd.csv: a spreadsheet has cut texts off");
  }

  @Test
  void whatIsStillToBeReadIsNoError() {
    slice(DAY, NEXT, "READING", 0, "");
    tenant("RUNNING", 30, 12, NOW, "");
    file("more.csv", "RUNNING", "");

    Report report = judge();

    assertThat(report.status()).isEqualTo(Program.OK);
    assertThat(report.notes())
        .anyMatch(note -> note.contains("18 of 30 slices are not yet done"))
        .anyMatch(note -> note.contains("export file more.csv is not yet done"));
    assertThat(report.verdict())
        .startsWith("Everything that was read adds up")
        .contains("19 slices or files are not yet done");
    assertThat(report.history().total(Count.NOT_DONE)).isEqualTo(1);
  }

  @Test
  void aHistoryThatHasStoppedBeforeItsEndIsADoubt() {
    tenant("RUNNING", 30, 12, NOW.minus(Duration.ofHours(1)), "");

    assertThat(judge().status()).isEqualTo(Program.FAILED);
    tenant("DONE", 30, 30, NOW.minus(Duration.ofHours(1)), "");
    assertThat(judge().status()).isEqualTo(Program.OK);
  }

  @Test
  void theDaysOfASplitSliceAreThoseOfItsParts() {
    slice(DAY, NEXT, "SPLIT", 0, "");
    slice(DAY, NOON, "DONE", 4, "");
    events(Origin.HISTORY, 0, 9);

    assertThat(judge().history().total(Count.NOT_DONE)).isEqualTo(1);
    slice(NOON, NEXT, "SPLIT", 0, "");
    Instant evening = NOON.plus(Duration.ofHours(6));
    slice(NOON, evening, "DONE", 3, "");
    slice(evening, NEXT, "DONE", 2, "");

    Report report = judge();
    assertThat(report.status()).isEqualTo(Program.OK);
    assertThat(report.history().total(Count.NOT_DONE)).isZero();
    assertThat(report.history().total(Count.SPLIT)).isEqualTo(2);
  }

  @Test
  void aSliceThatWasSplitByRecordTypesNeedsBothHalves() {
    Instant end = DAY.plus(Duration.ofMinutes(2));
    slice(DAY, end, "SPLIT", 0, "");
    slice(DAY, end, List.of("exchangeItem"), "DONE", 1, "");
    events(Origin.HISTORY, 0, 2);

    assertThat(judge().history().total(Count.NOT_DONE)).isEqualTo(1);
    slice(DAY, end, List.of("sharePoint", "azureActiveDirectory"), "DONE", 1, "");
    assertThat(judge().history().total(Count.NOT_DONE)).isZero();
  }

  @Test
  void whatTwoOriginsHaveSentIsThereTwice() {
    events(Origin.HISTORY, 0, 3);
    events(Origin.IMPORT, 2, 1);
    history.live(PLACE);
    history.live(PLACE);
    history.compare(PLACE, "event-0");
    history.compare(PLACE, "of the live connector alone");

    assertThat(onlyWrong(judge()))
        .contains("twice: 2 events of 2026-09-01", "event-2, event-0", "--allow-repeats");
    Report allowed = judge(new Judgement.Scope(Optional.empty(), true), WHOLE);
    assertThat(allowed.status()).isEqualTo(Program.OK);
    assertThat(allowed.history().total(Count.TWICE)).isEqualTo(2);
  }

  @Test
  void allFormsHaveTheDays() {
    slice(DAY, NEXT, "DONE", 1, "");
    events(Origin.HISTORY, 0, 1);
    Result result = judge().result();

    assertThat(result.second().orElseThrow().columns())
        .startsWith("tenant", "day (UTC)")
        .hasSize(2 + Count.values().length);
    assertThat(result.json().at("/history/0/day").asText()).isEqualTo("2026-09-01");
    assertThat(result.json().at("/history/0/history").asLong()).isEqualTo(1);
    assertThat(result.json().at("/history/0/done").asLong()).isEqualTo(1);
  }

  @Test
  void deadLettersOfTheHistoryAreNotReplayed() {
    OpenLetters letters =
        new OpenLetters(new TopicSettings("o", "o.receipts", "o.status", "o.deadletter"));
    new DeadLetter(
            new BlobFacts(TENANT, "history", "a-query", "", "", ""),
            DeadLetter.Scope.EVENT,
            0,
            "REFUSED",
            "a reason",
            0,
            "",
            1,
            NOW,
            ByteBuffer.wrap(new byte[3]),
            3,
            Optional.empty())
        .toStructs(10)
        .forEach(part -> letters.add("o.deadletter", Fields.of(part, "a dead letter")));

    assertThat(letters.open()).isEmpty();
    assertThat(letters.entries()).isEmpty();
  }
}
