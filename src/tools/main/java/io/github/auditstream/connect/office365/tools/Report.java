package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What adding up the receipts found. */
final class Report {
  /** What is counted for each hour. */
  enum Count {
    BLOBS("blobs", "blobs"),
    FOUND("events found", "eventsFound"),
    PRODUCED("produced", "produced"),
    DEAD_LETTERED("dead-lettered", "deadLettered"),
    LOST("lost", "lost"),
    MISSING("missing", "missing"),
    TWICE("twice", "twice"),
    /** Records that are in the topics indeed, which the receipts only speak of; no column. */
    RECORDS("", "");

    private static final List<Count> COLUMNS =
        Stream.of(values()).filter(count -> !count.column.isEmpty()).toList();

    private final String column;
    private final String property;

    Count(String column, String property) {
      this.column = column;
      this.property = property;
    }
  }

  /**
   * A row's place.
   *
   * @param hour of the blobs' contentCreated, UTC; {@link Instant#MAX} where it is unknown
   */
  record Place(FeedName feed, Instant hour) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::feed).thenComparing(Place::hour);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    private Optional<String> hourText() {
      return hour.equals(Instant.MAX) ? Optional.empty() : Optional.of(hour.toString());
    }
  }

  /** The sums of an hour. */
  static final class Sums {
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    void add(Count count, long number) {
      counts.merge(count, number, Long::sum);
    }

    long get(Count count) {
      return counts.getOrDefault(count, 0L);
    }

    /** The columns. */
    List<Long> all() {
      return Count.COLUMNS.stream().map(this::get).toList();
    }

    private List<String> cells(String... place) {
      return Stream.concat(Stream.of(place), all().stream().map(String::valueOf)).toList();
    }
  }

  /**
   * Something that is wrong.
   *
   * @param contentId empty where it is about the feed
   */
  record Wrong(FeedName feed, Optional<String> contentId, Optional<Instant> created, String what) {
    @Override
    public String toString() {
      return feed
          + contentId
              .map(id -> " blob " + id + created.map(at -> " of " + at).orElse(""))
              .orElse("")
          + ": "
          + what;
    }
  }

  private final SortedMap<Place, Sums> rows = new TreeMap<>();
  private final List<Wrong> wrong = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private final HistoryReport history = new HistoryReport();
  private boolean hasPassingDoubt;
  private long notRead;

  Sums row(FeedName feed, Instant hour) {
    return rows.computeIfAbsent(new Place(feed, hour), unused -> new Sums());
  }

  void wrong(FeedName feed, Optional<String> contentId, Optional<Instant> created, String what) {
    wrong.add(new Wrong(feed, contentId, created, what));
  }

  /** What a reader should know, and what changes nothing in the verdict. */
  void note(String text) {
    notes.add(text);
  }

  /** Why it is not known whether all is there. */
  void doubt(String text) {
    doubts.add(text);
  }

  /** The same of what a later look may settle. */
  void passingDoubt(String text) {
    hasPassingDoubt = true;
    doubt(text);
  }

  /**
   * Connect has dropped so many records of a feed. If they were all that a blob had, only the API
   * still knows of it.
   *
   * @param live whether what the API lists has been looked at
   */
  void dropped(FeedName feed, long records, boolean live) {
    if (records > 0) {
      String text =
          ("%s: Kafka Connect has dropped %s of its records, for a transform or"
                  + " errors.tolerance=all; see the status record")
              .formatted(feed, records);
      if (live) {
        note(text);
      } else {
        doubt(text + ". Which blobs have left nothing can be determined with --live only");
      }
    }
  }

  /** Of the history, by tenant and day. */
  HistoryReport history() {
    return history;
  }

  /** So many blobs that the API lists are still to be read. */
  void notRead(long blobs) {
    notRead += blobs;
  }

  /** Whether something may only be unfinished. */
  boolean mayPass() {
    return hasPassingDoubt || !wrong.isEmpty();
  }

  List<Wrong> wrong() {
    return wrong;
  }

  List<String> notes() {
    return Stream.concat(notes.stream(), doubts.stream()).toList();
  }

  Sums total() {
    Sums total = new Sums();
    rows.values().forEach(sums -> sums.counts.forEach(total::add));
    return total;
  }

  int status() {
    if (!wrong.isEmpty()) {
      return Program.WRONG;
    }
    return doubts.isEmpty() ? Program.OK : Program.FAILED;
  }

  /** Keeps what is in the topics apart from what the receipts say, unless both are the same. */
  String verdict() {
    Sums all = total();
    if (status() == Program.OK) {
      return "%s: %s blobs, %s events found = %s in their topics + %s in the dead letters%s.%s"
          .formatted(
              notRead == 0 && history.isAllDone()
                  ? "Everything adds up"
                  : "Everything that was read adds up",
              all.get(Count.BLOBS),
              all.get(Count.FOUND),
              all.get(Count.PRODUCED),
              all.get(Count.DEAD_LETTERED),
              notRead == 0 ? "" : "; " + notRead + " blobs that the API lists are not read yet",
              history.verdict());
    }
    return "%s: %s blobs; by their receipts %s events were found, %s produced and %s dead-lettered; %s records are in their topics."
        .formatted(
            status() == Program.WRONG
                ? "It does not add up, see the " + wrong.size() + " errors above"
                : "It could not be determined, see above",
            all.get(Count.BLOBS),
            all.get(Count.FOUND),
            all.get(Count.PRODUCED),
            all.get(Count.DEAD_LETTERED),
            all.get(Count.RECORDS));
  }

  Result result() {
    List<String> columns = new ArrayList<>(List.of("tenant", "content type", "hour (UTC)"));
    int firstNumber = columns.size();
    Count.COLUMNS.forEach(count -> columns.add(count.column));
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(
        (place, sums) ->
            cells.add(
                sums.cells(
                    place.feed().tenant(),
                    place.feed().contentType(),
                    place.hourText().orElse("unknown"))));
    List<String> lines = new ArrayList<>();
    wrong.forEach(one -> lines.add(one.toString()));
    lines.addAll(wrong.isEmpty() ? List.of() : List.of(""));
    lines.addAll(notes());
    lines.addAll(notes().isEmpty() ? List.of() : List.of(""));
    lines.add(verdict());
    return new Result(
        new Result.Table(columns, cells, total().cells("all", "", "")),
        firstNumber,
        history.table(),
        lines,
        json());
  }

  private ObjectNode json() {
    ObjectNode all = Json.MAPPER.createObjectNode();
    ArrayNode hours = all.putArray("rows");
    rows.forEach(
        (place, sums) -> {
          ObjectNode row = hours.addObject();
          put(row, place.feed());
          place.hourText().ifPresent(hour -> row.put("hour", hour));
          Count.COLUMNS.forEach(count -> row.put(count.property, sums.get(count)));
        });
    ArrayNode wrongs = all.putArray("wrong");
    for (Wrong one : wrong) {
      ObjectNode node = wrongs.addObject();
      put(node, one.feed());
      one.contentId().ifPresent(id -> node.put("contentId", id));
      one.created().ifPresent(at -> node.put("contentCreated", at.toString()));
      node.put("what", one.what());
    }
    history.putInto(all.putArray("history"));
    notes().forEach(all.putArray("notes")::add);
    return all.put("verdict", verdict()).put("status", status());
  }

  private static void put(ObjectNode node, FeedName feed) {
    node.put("tenant", feed.tenant()).put("contentType", feed.contentType());
  }
}
