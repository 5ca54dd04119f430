package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.dedupe.EventIdSet;
import io.github.auditstream.connect.office365.status.HistoryStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the ledger of the history says, and what of it is in the topics. For one thread. */
final class HistoryAccount {
  /** Who has sent an event. */
  enum Origin {
    LIVE,
    HISTORY,
    IMPORT;

    /** As the records' header names it, which the live connector does not set. */
    String header() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Origin> find(String header) {
      return Stream.of(HISTORY, IMPORT).filter(one -> one.header().equals(header)).findFirst();
    }
  }

  /**
   * A tenant's day.
   *
   * @param tenant empty text where an event of an export file names none
   * @param day in UTC; {@link LocalDate#MAX} where it is unknown
   */
  record Day(String tenant, LocalDate day) implements Comparable<Day> {
    private static final Comparator<Day> ORDER =
        Comparator.comparing(Day::tenant).thenComparing(Day::day);

    static Day of(String tenant, long timestampMs) {
      return new Day(
          tenant, LocalDate.ofInstant(Instant.ofEpochMilli(timestampMs), ZoneOffset.UTC));
    }

    @Override
    public int compareTo(Day other) {
      return ORDER.compare(this, other);
    }
  }

  /** What is in the topics of a day. */
  static final class InTopics {
    private static final int NAMED = 3;

    private final Map<Origin, Long> events = new EnumMap<>(Origin.class);
    private final List<String> repeatedIds = new ArrayList<>();
    private long deadLetters;
    private long repeated;

    long events(Origin origin) {
      return events.getOrDefault(origin, 0L);
    }

    long allEvents() {
      return events.values().stream().mapToLong(Long::longValue).sum();
    }

    long deadLetters() {
      return deadLetters;
    }

    /** Events that are there once more. */
    long repeated() {
      return repeated;
    }

    /** The first Ids of those. */
    List<String> repeatedIds() {
      return repeatedIds;
    }

    private void repeat(String id) {
      repeated++;
      if (repeatedIds.size() < NAMED) {
        repeatedIds.add(id);
      }
    }
  }

  private final SortedMap<String, LedgerEntry> entries = new TreeMap<>();
  private final SortedMap<Day, InTopics> days = new TreeMap<>();
  private final EventIdSet ids = new EventIdSet();

  /** The ledger's latest word of something. */
  void entry(String key, LedgerEntry entry) {
    entries.put(key, entry);
  }

  /** Somebody has removed an entry. */
  void forget(String key) {
    entries.remove(key);
  }

  /**
   * An event of the history or of an export file.
   *
   * @param id empty where its key cannot be read
   */
  void event(Origin origin, Day day, Optional<String> id) {
    count(origin, day);
    id.filter(one -> !ids.add(one)).ifPresent(one -> inTopics(day).repeat(one));
  }

  /** An event of the live connector. */
  void live(Day day) {
    count(Origin.LIVE, day);
  }

  private void count(Origin origin, Day day) {
    inTopics(day).events.merge(origin, 1L, Long::sum);
  }

  /** An event of the live connector, looked at once all others are known. */
  void compare(Day day, String id) {
    if (ids.contains(id)) {
      inTopics(day).repeat(id);
    }
  }

  /**
   * A dead letter, of the query's slice or of no known day.
   *
   * @param queryId the query's id, or a file's name
   */
  void letter(String tenant, String queryId) {
    LocalDate day =
        slices()
            .filter(slice -> slice.queryId().equals(queryId))
            .map(LedgerEntry::day)
            .findFirst()
            .orElse(LocalDate.MAX);
    inTopics(new Day(tenant, day)).deadLetters++;
  }

  private InTopics inTopics(Day day) {
    return days.computeIfAbsent(day, unused -> new InTopics());
  }

  InTopics of(Day day) {
    return days.getOrDefault(day, new InTopics());
  }

  /** Whether there is anything of the history, or of export files. */
  boolean isEmpty() {
    return entries.isEmpty() && !hasEvents();
  }

  /** Whether there are events that the live connector may have sent, too. */
  boolean hasEvents() {
    return ids.size() > 0 || days.values().stream().anyMatch(HistoryAccount::isOfHistory);
  }

  private static boolean isOfHistory(InTopics day) {
    return day.events(Origin.HISTORY) + day.events(Origin.IMPORT) + day.deadLetters() > 0;
  }

  Stream<LedgerEntry> slices() {
    return entries.values().stream().filter(LedgerEntry::isSlice);
  }

  Stream<LedgerEntry> entries(HistoryStatus.Kind kind) {
    return entries.values().stream().filter(entry -> entry.kind() == kind);
  }

  /** The days that the history has to do with. */
  List<Day> days() {
    return Stream.concat(
            days.entrySet().stream()
                .filter(day -> isOfHistory(day.getValue()))
                .map(Map.Entry::getKey),
            slices().map(slice -> new Day(slice.tenant(), slice.day())))
        .distinct()
        .sorted()
        .toList();
  }
}
