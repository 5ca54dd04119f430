package io.github.auditstream.connect.office365.tools;

import static java.util.function.Predicate.not;

import io.github.auditstream.connect.office365.status.HistoryStatus;
import io.github.auditstream.connect.office365.tools.HistoryAccount.Day;
import io.github.auditstream.connect.office365.tools.HistoryAccount.InTopics;
import io.github.auditstream.connect.office365.tools.HistoryAccount.Origin;
import io.github.auditstream.connect.office365.tools.HistoryReport.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Holds the ledger of the history against what is in the topics, and says what does not fit.
 *
 * @param now when the topics were looked at
 */
record HistoryJudgement(
    HistoryAccount history,
    Judgement.Scope scope,
    Judgement.CutOff cutOff,
    Instant now,
    Report report) {

  /** Three times as long as from one record of a tenant to the next. */
  private static final Duration SILENT_AFTER = Duration.ofMinutes(15);

  private static final String QUERY_AGAIN =
      ". A history connector of another name with this span in history.from and history.until"
          + " queries it anew, and sends only what is not in the topics";

  /** Adds what is to say of the history to a report. */
  void judge() {
    history.slices().filter(this::isWanted).forEach(this::judgeSlice);
    history.days().stream().filter(this::isWanted).forEach(this::judgeDay);
    history.entries(HistoryStatus.Kind.TENANT).filter(this::isWanted).forEach(this::judgeTenant);
    history.entries(HistoryStatus.Kind.FILE).forEach(this::judgeFile);
  }

  private boolean isWanted(LedgerEntry entry) {
    return scope.since().isEmpty()
        || entry.span().isEmpty()
        || entry.until().isAfter(scope.since().get());
  }

  private boolean isWanted(Day day) {
    return scope.since().isEmpty()
        || day.day().equals(LocalDate.MAX)
        || day.day()
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .isAfter(scope.since().get());
  }

  private static FeedName name(String tenant) {
    return new FeedName(tenant, Origin.HISTORY.header());
  }

  private void judgeSlice(LedgerEntry slice) {
    Day day = new Day(slice.tenant(), slice.day());
    report.history().add(day, Count.SLICES, 1);
    switch (slice.state()) {
      case "DONE" -> {
        report.history().add(day, Count.DONE, 1);
        report.history().add(day, Count.RECORDS, slice.records());
      }
      case "SPLIT" -> {
        report.history().add(day, Count.SPLIT, 1);
        if (!isCovered(slice)) {
          report.history().add(day, Count.NOT_DONE, 1);
        }
      }
      case "INCOMPLETE" -> {
        report.history().add(day, Count.INCOMPLETE, 1);
        report.wrong(
            name(slice.tenant()),
            Optional.empty(),
            Optional.empty(),
            slice.text()
                + " is incomplete, so that something may be missing"
                + slice.reason().map(why -> ": " + why).orElse("")
                + QUERY_AGAIN);
      }
      default -> report.history().add(day, Count.NOT_DONE, 1);
    }
  }

  /** Whether the parts of a slice that was split are there, all of them, and at their ends. */
  private boolean isCovered(LedgerEntry split) {
    List<LedgerEntry> parts =
        history
            .slices()
            .filter(part -> part.tenant().equals(split.tenant()) && split.holds(part))
            .filter(not(part -> part.is("SPLIT")))
            .sorted(Comparator.comparing(LedgerEntry::from))
            .toList();
    if (parts.isEmpty() || parts.stream().anyMatch(part -> !isOver(part))) {
      return false;
    }
    Instant reached = split.from();
    for (LedgerEntry part : parts) {
      if (part.from().isAfter(reached)) {
        return false;
      }
      reached = part.until().isAfter(reached) ? part.until() : reached;
    }
    // Halves of the record types come in twos.
    boolean half =
        parts.stream()
            .filter(not(part -> part.recordTypes().equals(split.recordTypes())))
            .anyMatch(
                part ->
                    parts.stream()
                        .noneMatch(
                            other ->
                                other.from().equals(part.from())
                                    && !other.recordTypes().equals(part.recordTypes())));
    return !half && reached.equals(split.until());
  }

  private static boolean isOver(LedgerEntry slice) {
    return slice.is("DONE") || slice.is("INCOMPLETE");
  }

  private void judgeDay(Day day) {
    InTopics there = history.of(day);
    report.history().add(day, Count.LIVE, there.events(Origin.LIVE));
    report.history().add(day, Count.HISTORY, there.events(Origin.HISTORY));
    report.history().add(day, Count.IMPORT, there.events(Origin.IMPORT));
    report.history().add(day, Count.DEAD_LETTERS, there.deadLetters());
    report.history().add(day, Count.TWICE, there.repeated());
    if (there.repeated() > 0 && !scope.repeatsAllowed()) {
      report.wrong(
          name(day.tenant()),
          Optional.empty(),
          Optional.empty(),
          ("twice: %s events of %s are in the topics more than once, by the live feed, queries or"
                  + " export files, such as %s. If delivery is at least once, or deduplicate=none"
                  + " was set: --allow-repeats")
              .formatted(there.repeated(), day.day(), String.join(", ", there.repeatedIds())));
    }
    judgeMissing(day, there);
  }

  /** What Microsoft has offered of a day is there, whoever has sent it. */
  private void judgeMissing(Day day, InTopics there) {
    List<LedgerEntry> done =
        history
            .slices()
            .filter(slice -> slice.is("DONE") && isWanted(slice))
            .filter(slice -> new Day(slice.tenant(), slice.day()).equals(day))
            .toList();
    long offered = done.stream().mapToLong(LedgerEntry::records).sum();
    // A dead letter that was written before a task was killed is not in the ledger's number.
    long letters =
        Math.max(
            done.stream().mapToLong(LedgerEntry::deadLetters).sum(),
            history.days().stream()
                .filter(other -> other.tenant().equals(day.tenant()))
                .mapToLong(other -> history.of(other).deadLetters())
                .sum());
    long missing = offered - letters - there.allEvents();
    if (missing <= 0 || haveOverlaps(done)) {
      return;
    }
    report.history().add(day, Count.MISSING, missing);
    report.wrong(
        name(day.tenant()),
        Optional.empty(),
        Optional.empty(),
        "%s events of %s are missing: by the ledger %s records were offered, the topics hold %s events of that day%s%s"
            .formatted(
                missing,
                day.day(),
                offered,
                there.allEvents(),
                cutOff.events().isEmpty()
                    ? ""
                    : ". The first records of %s are gone; if that was retention, give --since"
                        .formatted(String.join(", ", cutOff.events())),
                QUERY_AGAIN));
  }

  /** What two slices have both offered is there once. */
  private static boolean haveOverlaps(List<LedgerEntry> slices) {
    for (int i = 0; i < slices.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (slices.get(i).overlaps(slices.get(j))) {
          return true;
        }
      }
    }
    return false;
  }

  private void judgeTenant(LedgerEntry tenant) {
    report.history().left(tenant.left());
    if (tenant.is("TROUBLED")) {
      report.wrong(
          name(tenant.tenant()),
          Optional.empty(),
          Optional.empty(),
          "its history cannot be read since it has a problem: "
              + tenant.reason().orElse("the ledger does not say which"));
    }
    if (tenant.left() == 0) {
      return;
    }
    report.note(
        "%s: %s of %s slices are not yet done, as of %s"
            .formatted(name(tenant.tenant()), tenant.left(), tenant.slices(), tenant.time()));
    if (tenant.time().isBefore(now.minus(SILENT_AFTER))) {
      report.doubt(
          ("%s: its last record in the ledger is of %s, and one is due every five minutes; does the"
                  + " history connector run?")
              .formatted(name(tenant.tenant()), tenant.time()));
    }
  }

  private void judgeFile(LedgerEntry file) {
    FeedName name = new FeedName("", Origin.IMPORT.header());
    switch (file.state()) {
      case "DONE" ->
          file.reason()
              .ifPresent(
                  why -> report.note("%s: export file %s: %s".formatted(name, file.file(), why)));
      case "RUNNING" -> {
        report.history().left(1);
        report.note("%s: export file %s is not yet done".formatted(name, file.file()));
      }
      default ->
          report.wrong(
              name,
              Optional.empty(),
              Optional.empty(),
              "export file %s is not read%s. Put an export that can be read into the folder"
                  .formatted(file.file(), file.reason().map(why -> ": " + why).orElse("")));
    }
  }
}
